"""A capitalised word that nothing explains is no company; what a text says makes it one."""

import pytest

from alescrawl import find_mentions


def institutions(text):
    return {m.surface for m in find_mentions(text) if m.kind == "institution"}


@pytest.mark.parametrize(
    "text",
    [
        "La tempête Brunhilde a balayé la côte.",
        "Elle lit la Bhagavad-Gita.",
        "LE POINT SUR la réforme.",
        "Le Monde paysan gronde.",
        "Les Échos de la fête montaient.",
        "À Raqqa, puis à Mossoul, on rebâtit.",
        "Les Sud-Africains ont gagné.",
        "Le Mistral souffle.",
        "La Chambre des communes a voté.",
    ],
)
def test_no_company_by_default(text):
    assert not institutions(text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Soldinor recrute quarante soudeurs.", {"Soldinor"}),
        ("Trois sous-traitants, Mecaplus, Toldec et Ravinox, suivent.", {"Mecaplus", "Toldec"}),
        ("Richard Ducros, Tamaris, Toldec : trois fermetures.", {"Richard Ducros", "Toldec"}),
        ("L'Observatoire des loyers a publié une note.", {"Observatoire des loyers"}),
        ("Le Musée de la mine et le Ccas d'Alès ouvrent.", {"Musée de la mine", "Ccas d'Alès"}),
        ("La fromagerie Lou Pelardou ferme.", {"fromagerie Lou Pelardou"}),
    ],
)
def test_what_a_text_says_makes_an_institution(text, names):
    assert names <= institutions(text)


@pytest.mark.parametrize(
    "text",
    [
        "L'usine de Mons-la-Trivalle est loin.",
        "Le château de Bellegarde est à vendre.",
        "Les 120 emplois de Sud Métal sont menacés.",
        "La directrice de l'école et Mado Fontaine sont là.",
    ],
)
def test_a_noun_before_a_place_or_a_person_leads_to_no_body(text):
    assert not institutions(text)


def test_unknown_names_in_a_row_are_companies_where_business_is_done():
    text = "Delmaric, Aubrelle et Sotrafil se partagent le chantier."
    found = {m.surface for m in find_mentions(text) if m.kind == "institution"}
    assert found == {"Delmaric", "Aubrelle", "Sotrafil"}


def test_unknown_names_in_a_row_may_be_players():
    text = "Delmaric, Aubrelle et Sotrafil ont marqué."
    assert not [m for m in find_mentions(text) if m.kind == "institution"]
