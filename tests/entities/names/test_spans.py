"""Where names begin and end, and what is named and is no body, person or place of that name."""

import pytest

from alescrawl import find_mentions

KINDS = ("institution", "person", "place")


def named(text):
    return [(m.kind, m.surface) for m in find_mentions(text) if m.kind in KINDS]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("L'Université catholique de Lyon a fermé.", ["Université catholique de Lyon"]),
        ("Le CHRU de Tours et celui de Nancy.", ["CHRU de Tours"]),
        ("La Ligue libérale du Chili a gagné.", ["Ligue libérale du Chili"]),
        ("La Caisse des écoles d'Anduze vend son bus.", ["Caisse des écoles d'Anduze"]),
        ("La Maison de l'emploi d'Alès reçoit.", ["Maison de l'emploi d'Alès"]),
        (
            "L'Office central de lutte contre la fraude enquête.",
            ["Office central de lutte contre la fraude"],
        ),
        ("Selon un institut de la Commission européenne.", ["Commission européenne"]),
        ("L'Union européenne au sujet des droits a parlé.", ["Union européenne"]),
        ("Le musée de la romanité accueille le Forum des métiers.", []),
        ("Blessé dans un commissariat à Toulouse.", []),
        ("Elle est dans le groupe A, Suède en tête.", []),
        ("Le chef de l'État reçoit des chefs d'État.", []),
        ("La garde des Sceaux a répondu.", []),
        ("Sur la RN 106, la file avance.", []),
        ("Le japonais Nidaru rachète l'usine.", ["Nidaru"]),
        ("Le Japonais Hisayo Harawa a gagné.", []),
    ],
)
def test_bodies(text, names):
    assert [surface for kind, surface in named(text) if kind == "institution"] == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Le tribunal administratif de Châlons-en-Champagne a jugé.",
            ("institution", "tribunal administratif de Châlons-en-Champagne"),
        ),
        (
            "Le diocèse de Sault-Sainte-Marie est vacant.",
            ("institution", "diocèse de Sault-Sainte-Marie"),
        ),
    ],
)
def test_a_name_with_hyphens_is_whole(text, name):
    assert named(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Le maire de Sault-Sainte-Marie signe.",
        "L'équipe de Måns Zetterberg a gagné.",
        "Elle vise une place aux Jeux d'hiver.",
        "Le Cers et le Mistral ont soufflé.",
        "Les ministères de la Défense et de l'Intérieur ont signé.",
    ],
)
def test_a_part_of_another_name_is_no_place_that_is_known(text):
    assert not [m for m in find_mentions(text) if m.kind == "place" and m.method == "gazetteer"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("La Région Normandie finance le pont.", "Région Normandie"),
        ("Le Conseil régional Grand Est a voté.", "Conseil régional Grand Est"),
    ],
)
def test_a_region_named_is_that_region_and_not_that_of_the_gard(text, name):
    (body,) = [m for m in find_mentions(text) if m.kind == "institution"]
    assert (body.name, body.entity_id) == (name, None)


def test_a_line_between_two_towns_names_both():
    assert named("La ligne Nîmes-Alès rouvre.") == [("place", "Nîmes"), ("place", "Alès")]


def test_a_minister_has_the_whole_office():
    roles = [m.role for m in find_mentions("Le ministre de la Défense, Marc Sarrat, est venu.")]
    assert roles == ["ministre de la Défense"]


@pytest.mark.parametrize(
    "thing",
    ["Le télescope spatial Jean Perrot", "Le porte-avions Jean Perrot", "Le prix Jean Perrot"],
)
def test_a_thing_that_bears_a_persons_name_is_no_person(thing):
    assert named(f"{thing} a été présenté hier.") == []


def test_no_article_leads_from_a_town_into_a_name():
    assert ("person", "Paris le Prix Claude Sarrat") not in named(
        "Il a reçu à Paris le Prix Claude Sarrat vendredi."
    )


def test_a_natural_region_is_found_where_a_quarter_bears_its_name_too():
    assert named("Les Cévennes et les Causses ont soif.")[0] == ("place", "Cévennes")


def test_a_number_makes_a_university_another_one():
    text = "L'université Montpellier 3 et l'université Montpellier 7 signent."
    ids = [m.entity_id for m in find_mentions(text) if m.kind == "institution"]
    assert ids == ["universite-paul-valery-montpellier-3", None]


@pytest.mark.parametrize("town", ["Paris", "Marseille", "Lyon"])
def test_the_three_largest_towns_have_their_code(town):
    (place,) = [m for m in find_mentions(f"Elle s'installe à {town}.") if m.kind == "place"]
    assert place.insee in {"75056", "13055", "69123"}


def test_and_joins_no_two_bodies():
    names = [surface for kind, surface in named("La Ville et l'Urssaf emménagent.")]
    assert names[-1] == "Urssaf"


def test_a_conurbation_bears_the_name_of_its_town():
    assert named("Saint-Étienne Métropole paiera.") == [("institution", "Saint-Étienne Métropole")]


def test_what_may_be_elsewhere_is_not_called_like_the_town_of_the_gard():
    (castillon, _) = find_mentions("Castillon, en Gironde, accueille le rallye.")
    assert (castillon.name, castillon.insee) == ("Castillon", None)


def test_a_school_is_written_with_hyphens_and_a_person_is_not():
    assert named("L'IME Rosa-Berger et le collège accueillent Rosa Berger.") == [
        ("institution", "IME Rosa-Berger"),
        ("person", "Rosa Berger"),
    ]


def test_places_that_and_joins_are_two():
    assert ("place", "Arènes et la Maison") not in named("Les Arènes et la Maison carrée ferment.")


def test_a_regional_chamber_is_not_the_chamber_and_the_conurbation_no_country():
    text = "À Nîmes, la Chambre régionale d'agriculture achète ; dans la métropole, on bâtit."
    assert named(text) == [("place", "Nîmes")]
