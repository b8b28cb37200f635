"""What is found of institutions, persons and places, and how it is called."""

import pytest

from alescrawl import find_mentions
from alescrawl.entities.finder import Finder


def found(text, kind, published=None):
    return {m.surface: m for m in find_mentions(text, published) if m.kind == kind}


@pytest.mark.parametrize(
    ("text", "surface", "name"),
    [
        ("Réunion à la CCI d’Alès hier.", "CCI d’Alès", "CCI d'Alès"),
        ("Réunion à la CCI Alès hier.", "CCI Alès", "CCI d'Alès"),
        ("NÎMES METROPOLE vote son budget.", "NÎMES METROPOLE", "Nîmes Métropole"),
        ("Le CHU de Nimes embauche.", "CHU de Nimes", "CHU de Nîmes"),
        ("La mairie de Salindres proteste.", "mairie de Salindres", "Ville de Salindres"),
        ("Le tribunal de commerce de Nîmes a jugé.", "tribunal de commerce de Nîmes", None),
        ("Le groupe Ravalou recrute.", "Ravalou", "Ravalou"),
        ("Les salariés du lycée Marie-Blanc.", "lycée Marie-Blanc", "Lycée Marie-Blanc"),
        ("Il entre chez Ravalou Industries.", "Ravalou Industries", "Ravalou Industries"),
        ("Filiale du groupe Ravalou, elle ferme.", "Ravalou", "Ravalou"),
    ],
)
def test_an_institution(text, surface, name):
    institution = found(text, "institution")[surface]
    assert name in {None, institution.name}


@pytest.mark.parametrize(
    ("text", "published", "surface", "entity_id"),
    [
        ("À Alès, l'Agglo investit.", "2020-01-01", "Agglo", "epci-ales-agglomeration"),
        ("À Alès, l'Agglo investit.", "2014-01-01", "Agglo", "ales-agglomeration-2013"),
        ("À Nîmes, l'Agglo investit.", None, "Agglo", "epci-nimes-metropole"),
        ("L'Agglo nîmoise aide Alès.", None, "Agglo", "epci-nimes-metropole"),
        ("La Région paiera.", "2020-01-01", "Région", "region-occitanie"),
        ("La Région paiera.", "2012-01-01", "Région", "region-languedoc-roussillon"),
        ("La CCI d'Alès dit oui. La CCI vote.", "2012-05", "CCI", "cci-ales"),
        ("À Nîmes, la CCI vote.", "2020", "CCI", "cci-gard"),
    ],
)
def test_a_short_form_is_what_place_and_day_make_of_it(text, published, surface, entity_id):
    assert found(text, "institution", published)[surface].entity_id == entity_id


def test_an_acronym_is_bound_to_the_name_that_introduces_it():
    text = "L'Association des amis de Ravalou (AAR) agit. L'AAR a dix ans."
    names = {m.name for m in find_mentions(text) if m.surface == "AAR"}
    assert names == {"Association des amis de Ravalou"}


def test_a_name_found_once_is_found_again():
    text = "La société Ravalou s'agrandit. En mars, Ravalou recrutera."
    assert sum(m.surface == "Ravalou" for m in find_mentions(text)) == 2


@pytest.mark.parametrize("bare", ["la mairie", "l'entreprise", "le groupe", "la région"])
def test_a_common_noun_is_no_institution(bare):
    assert not found(f"Hier, {bare} a ouvert ses portes.", "institution")


@pytest.mark.parametrize(
    "label", ["France Relance", "Made in France", "Territoires d'industrie", "Tour de France"]
)
def test_programmes_labels_and_events_are_no_entities(label):
    assert not find_mentions(f"Il a gagné avec {label}, dit-on.")


def test_a_company_called_like_a_person_is_a_company():
    assert "Richard Ducros" in found("L'usine Richard Ducros ferme.", "institution")


@pytest.mark.parametrize(
    ("text", "role", "affiliation"),
    [
        ("Le maire d'Alès, Jean Ravalou, parle.", "maire", "Ville d'Alès"),
        ("Jean Ravalou, président de la CCI Gard, parle.", "président", "CCI Gard"),
        ("Le préfet du Gard, Jean Ravalou, parle.", "préfet du Gard", "État"),
        ("L'ancien président de Nîmes Métropole Jean Ravalou", "ancien président", None),
        ("Jean Ravalou, 51 ans, gérant de Malicourt, parle.", "gérant", "Malicourt"),
        ("Jean Ravalou a été élu président de la CCI Gard.", "président", "CCI Gard"),
        ("Le directeur du développement du CEA, Jean Ravalou", "directeur du développement", "CEA"),
        ("(Photo : Jean Ravalou)", "photographe", None),
        ("Jean Ravalou et Anne Duclos, cofondateurs de Malicourt.", "cofondateur", "Malicourt"),
    ],
)
def test_a_role_is_what_the_sentence_says(text, role, affiliation):
    person = found(text, "person")["Jean Ravalou"]
    assert person.role == role
    assert affiliation in {None, person.affiliation}


def test_nobody_is_linked_to_a_party_or_a_union_unless_asked_for():
    text = "Jean Ravalou, délégué CGT, et Anne Duclos, secrétaire du Parti socialiste, parlent."
    assert all("CGT" not in (m.role or "") for m in find_mentions(text))
    assert not {m.affiliation for m in find_mentions(text) if m.kind == "person"} - {None}
    linked = [m for m in Finder(party_links=True).find(text) if m.kind == "person"]
    assert linked[0].affiliation == "CGT"
    assert linked[0].role == "délégué CGT"


def test_a_surname_alone_is_the_person_named_before_in_full():
    text = "Éric GIRAUDOU parle. M. Giraudou dit oui, Giraudou rit."
    assert [m.name for m in find_mentions(text) if m.kind == "person"] == ["Éric Giraudou"] * 3


@pytest.mark.parametrize(
    ("text", "surface", "insee"),
    [
        ("Il vit à Bagnols/Cèze.", "Bagnols/Cèze", "30028"),
        ("Il vit au Vigan.", "Vigan", "30350"),
        ("Au Grau-du-Roi, il vit.", "Grau-du-Roi", "30133"),
        ("ALES Une usine ouvre.", "ALES", "30007"),
        ("Il vit à Valence.", "Valence", "26362"),
        ("Le site de L'Ardoise ferme.", "L'Ardoise", None),
        ("La rue de la République est fermée.", "rue de la République", None),
        ("Une zone de Malicourt neuve.", "Malicourt", None),
    ],
)
def test_a_place_is_linked_to_its_commune(text, surface, insee):
    place = found(text, "place")[surface]
    assert insee in {None, place.insee}


@pytest.mark.parametrize("text", ["Il sauve l'usine.", "Portes ouvertes samedi.", "Fons bene."])
def test_a_common_word_is_no_commune(text):
    assert not found(text, "place")


def test_a_surname_said_once_for_two_is_of_both():
    names = [m.name for m in find_mentions("Jean-Luc et Anne Ravalou arrivent.")]
    assert names == ["Jean-Luc Ravalou", "Anne Ravalou"]


def test_glued_words_are_cut_at_the_name():
    assert found("Alès AgglomérationÉconomieIndustrie", "institution").keys() == {
        "Alès Agglomération"
    }
    assert found("Photo DavidRavalou", "person")["DavidRavalou"].name == "David Ravalou"


def test_a_verb_says_a_role_in_the_gender_of_the_name():
    text = "L'association est présidée par Anne Ravalou, l'usine par Jean Duclos."
    assert found(text, "person")["Anne Ravalou"].role == "présidente"


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("La société Ravalou de Nîmes embauche.", "Ravalou"),
        ("Haribo Uzès embauche.", "Haribo"),
        ("Les salariés de Ravalou, hier.", "Ravalou"),
        ("Le PDG de Ravalou Jean Duclos parle.", "Ravalou"),
        ("L'ordre régional des géomètres vote.", "ordre régional des géomètres"),
        ("Le musée Haribo ouvre.", "musée Haribo"),
        ("La CGT de Perrier vote.", "CGT"),
        ("Le SDIS mais aussi Edeis.", "SDIS"),
    ],
)
def test_a_name_ends_where_the_next_thing_begins(text, surface):
    assert surface in found(text, "institution")


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("La Fédération des artisans cévenols (FAC) vote.", "Fédération des artisans cévenols"),
        ("L'ARX (Association des riverains de Xaintre) vote.", "ARX"),
        ("Anne Ravalou, présidente de l'ARX, vote.", "ARX"),
        ("Anne Ravalou, directrice générale ARX, vote.", "ARX"),
        ("Le cimentier Heidelberg Cement ferme.", "Heidelberg Cement"),
        ("Lu sur objectifgard.com hier.", "objectifgard.com"),
        ("La Chambre de commerce et d'industrie (CCI) du Gard vote.", None),
    ],
)
def test_full_names_acronyms_and_spellings(text, surface):
    names = found(text, "institution")
    expected = surface or "Chambre de commerce et d'industrie (CCI) du Gard"
    assert expected in names


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("L'atelier double. Ravalou recrute vingt soudeurs.", "Ravalou"),
        ("Ravalou, qui usine des carters, ouvre une ligne.", "Ravalou"),
        ("Ravalou y produit des vannes.", "Ravalou"),
        ("Ravalou va embaucher. Ravalou a investi deux millions.", "Ravalou"),
        ("Laines Ravalou rachète une filature.", "Laines Ravalou"),
    ],
)
def test_a_company_that_opens_a_sentence(text, surface):
    assert found(text, "institution")[surface].subtype == "company"
    assert found(text, "person") == {}


@pytest.mark.parametrize(
    "text",
    [
        "Certains annoncent un recul. Beaucoup reprend à la rentrée.",
        "Didier Lauga a signé. Lauga annonce trois visites.",
        "Alès recrute. Anduze investit.",
        "Ensemble, ils ouvrent une auberge.",
        "Exportatrice, elle recrute.",
    ],
)
def test_other_words_that_open_a_sentence_are_no_company(text):
    assert found(text, "institution") == {}


@pytest.mark.parametrize("published", ["2024-01-01", None])
def test_an_acronym_that_a_party_shares_links_nobody(published):
    text = "Le sénateur LR Paul Durand et Jean Petit, maire LR de Nîmes, protestent."
    bodies = {m.name: m.affiliation for m in find_mentions(text, published) if m.kind == "person"}
    assert bodies == {"Paul Durand": None, "Jean Petit": "Ville de Nîmes"}


def test_an_acronym_means_the_body_that_bore_it_on_that_day():
    assert found("Le LR vote.", "institution", "2024-01-01")["LR"].entity_id == "parti-lr"
    assert found("Le LR vote.", "institution")["LR"].entity_id is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("M. Vidal a répondu.", ["Vidal"]),
        ("Me Perrier défend le prévenu.", ["Perrier"]),
        ("Alain Castel, élu, s'oppose. M. Castel veut un vote.", ["Alain Castel", "Alain Castel"]),
        ("MM. Leroy, Blanc et Carrefour ont porté plainte.", ["Leroy", "Blanc", "Carrefour"]),
        ("M. Le Goff préside.", ["Le Goff"]),
        ("Mme Roux et M. Orange étaient là.", ["Roux", "Orange"]),
        (
            "Paul Durand et Jeanne Durand arrivent. Mme Durand parle.",
            ["Paul Durand", "Jeanne Durand", "Jeanne Durand"],
        ),
        ("Mme Durand est là. Paul Durand aussi.", ["Durand", "Paul Durand"]),
        ("Le docteur Castel consulte.", ["Castel"]),
        ("J.-P. Marty et L. Durand témoignent.", ["J.-P. Marty", "L. Durand"]),
    ],
)
def test_a_civility_makes_a_surname_a_person_and_no_company(text, names):
    found = find_mentions(text)
    assert [m.name for m in found if m.kind == "person"] == names
    assert not [m for m in found if m.kind == "institution"]


def test_a_letter_that_ends_a_sentence_is_no_civility():
    assert not found("Il a écrit à La Lettre M. Le président se tait.", "person")
