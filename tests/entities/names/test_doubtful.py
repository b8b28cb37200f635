"""A body's name that is also a word, a town's or a person's counts where the text says so."""

import pytest

from alescrawl import find_mentions
from alescrawl.entities.gazetteer import lists
from alescrawl.entities.gazetteer.words import key


def bodies(text):
    return {m.surface for m in find_mentions(text) if m.kind == "institution"}


def ids(text):
    return {m.surface: m.entity_id for m in find_mentions(text)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Le Total de la caisse tombe juste.", "Total"),
        ("Un Carrefour dangereux sera refait.", "Carrefour"),
        ("Boulanger à Anduze, il se lève à trois heures.", "Boulanger"),
        ("Mercure, planète proche du Soleil, sera visible.", "Mercure"),
        ("Hermès, dieu des marchands, a perdu un bras.", "Hermès"),
        ("Cette Renault date de 1965.", "Renault"),
        ("La sonde file vers Mercure.", "Mercure"),
        ("Casino et machines à sous : la fête a fini tard.", "Casino"),
        ("LE POINT SUR LES TRAVAUX DE L'ÉTÉ", "LE POINT"),
        ("Les Échos de la foire résonnent encore.", "Les Échos"),
        ("La Tribune officielle était comble.", "La Tribune"),
        ("Second souffle pour la filature.", "Second souffle"),
        ("Que choisir pour Noël ?", "Que choisir"),
        ("Jeanne Castel a gagné. Castel attend la suite.", "Castel"),
        ("Le Mistral a soufflé toute la nuit.", "Mistral"),
    ],
)
def test_a_word_is_no_body(text, name):
    assert name not in bodies(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Orange raccorde le village.", "Orange"),
        ("Le PDG d'Orange est venu.", "Orange"),
        ("Casino, le distributeur stéphanois, vend deux magasins.", "Casino"),
        ("Carrefour a ouvert un dépôt.", "Carrefour"),
        ("L'enseigne Boulanger s'installe à Nîmes.", "Boulanger"),
        ("Le groupe Total a foré en vain.", "Total"),
        ("Selon Le Monde, l'accord est proche.", "Le Monde"),
        ("Le quotidien La Croix en a parlé.", "La Croix"),
        ("Michelin a racheté la marque.", "Michelin"),
        ("Jeanne Castel a gagné. Le groupe Castel a perdu.", "Castel"),
    ],
)
def test_a_body_stays_one(text, name):
    assert name in bodies(text) or f"groupe {name}" in bodies(text)


@pytest.mark.parametrize(
    "text",
    ["Le maire d'Orange a voté.", "À Orange, il pleut.", "Entre Orange et Avignon, on roule mal."],
)
def test_the_town_is_no_company(text):
    assert [m.kind for m in find_mentions(text) if m.surface == "Orange"] == ["place"]


@pytest.mark.parametrize(
    ("text", "name", "entity"),
    [
        ("EDF recrute dans le Gard.", "EDF", "edf"),
        ("Amazon ferme un dépôt à Seattle.", "Amazon", "amazon"),
        ("Nestlé Waters a vendu une source.", "Nestlé Waters", "nestle-waters-france"),
        ("Le département du Gard aide les vignerons.", "département du Gard", "departement-gard"),
    ],
)
def test_a_name_means_its_own_body(text, name, entity):
    assert ids(text)[name] == entity


@pytest.mark.parametrize(
    "text",
    [
        "La grêle a frappé dans le département du Gard.",
        "Les routes du département du Gard sont coupées.",
        "Le département du Gard est placé en vigilance.",
    ],
)
def test_a_department_is_a_place_where_something_is_in_it(text):
    assert [(m.kind, m.surface) for m in find_mentions(text)] == [("place", "Gard")]


# Looked at one by one: acronyms, which common words written small do not fit, and names that hardly
# anything else bears in the papers of the Gard.
BELIEVED = """
Monsanto ADEME Ademe AGATE ANDRA Andra ANIA Ania ANTS ARS Aviva EMA ENA ESMA Elior
JOA Krys OMS Perrier RéAL Sephora SITA SUD Sénat Bastide
"""


def test_every_name_of_one_word_that_is_a_word_is_marked_or_was_looked_at():
    """A name that is a word of French, a given name or a town's ends in ~, or is listed above."""
    names = (n for n in lists.institution_names() if not (n.ambiguous or n.doubtful))
    loose = {n.written for n in names if _is_another_word(n.written)}
    assert loose <= set(BELIEVED.split())


def _is_another_word(written):
    plain = key(written)
    if " " in plain:
        return False
    towns = (n for n in lists.places().get(plain) if n.entity.subtype in {"commune", "city"})
    return lists.is_common_word(plain) or plain in lists.given_names() or any(towns)


# Of each name that several rows bear without a mark: bodies of one name that days, or nothing in
# print, tell apart.
SHARED = """
ales agglo|ales agglomeration|anpe|ccpc|cleantech booster|conseil general gard|crouzet automatismes
federation regionale travaux publics|fnaim gard|melox|pechiney|rhodia|ricqles zan|solvay
""".replace("\n", "|")


def test_no_name_is_two_bodies_that_nobody_looked_at():
    owners = {}
    for name in lists.institution_names():
        if not name.ambiguous:
            owners.setdefault(key(name.written), set()).add(name.entity.id)
    shared = {name for name, ids_ in owners.items() if len(ids_) > 1}
    assert shared <= set(SHARED.split("|"))
