"""An article is found for what it says, and not for what only looks alike."""

import pytest
from collected import COPY, FILATURE, MARCHE, RESERVED, article

from alescrawl.dataset.ledger.mentions import stored_mentions
from alescrawl.dataset.tables import article_row
from alescrawl.watch.document import Document
from alescrawl.watch.entries import Entry
from alescrawl.watch.matching import Matcher


def document(made):
    return Document(article_row(made), stored_mentions(made))


def reasons(made, kind, value, **conditions):
    return Matcher([Entry(kind, value, value, **conditions)]).reasons(document(made))


def marked(made, kind, value, **conditions):
    found = reasons(made, kind, value, **conditions)
    return [t for r in found for s in r.sentences for t, meant in s.pieces if meant]


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("name", "Laines Peyrolle", "Laines Peyrolle"),
        ("name", "LAINES PEYROLLE SAS", "Laines Peyrolle"),
        ("name", "laines peyrolle", "Laines Peyrolle"),
        ("commune", "30007", "Alès"),
        ("epci", "200066918", "Alès"),
        ("words", '"plan social"', "plan social"),
        ("words", "PLAN SOCIAL filature", "plan"),
        ("words", "embauch*", "embauches"),
        ("words", "football OU « tout plan »", "tout plan"),
    ],
)
def test_what_is_watched_is_found_and_marked_in_its_sentence(kind, value, words):
    assert words in marked(FILATURE, kind, value)
    assert reasons(MARCHE, kind, value) == []


def test_the_sentence_with_the_name_is_told_whole():
    (reason,) = reasons(FILATURE, "commune", "30007")
    assert reason.sentences[0].text == (
        "L'entreprise Laines Peyrolle, installée à Alès, reprend la filature."
    )


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("words", "écarte salariés -emplois"),
        ("words", '"filature elle"'),  # the end of one sentence and the beginning of another
        ("words", '"plan sociale"'),
        ("words", "embauch"),
        ("commune", "30334"),
        ("topic", "agriculture"),
        ("siren", "200066918"),
    ],
)
def test_what_is_not_there_is_not_found(kind, value):
    assert reasons(FILATURE, kind, value) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Durand", "Le maire a salué Paul Durand, champion de pétanque, mardi."),
        ("Durand", "M. Durand a quitté la salle avant la fin de la séance."),
        ("Mécalzen", "La société Mécalzen Immobilier construit douze logements à Nîmes."),
        ("Avenir SARL", "L'avenir du quartier se joue au printemps."),
    ],
)
def test_a_longer_name_or_a_person_is_somebody_else(name, text):
    assert reasons(article(7, "Séance au conseil", text), "name", name) == []


@pytest.mark.parametrize(
    "text",
    [
        "L'entreprise Mécalzen embauche.",
        "Le groupe Mécalzen embauche.",
        "« Mécalzen SAS embauche », dit-on.",
        "MÉCALZEN embauche.",
    ],
)
def test_a_company_is_found_as_papers_write_it(text):
    assert reasons(article(7, "Emploi", text), "name", "Mécalzen")


def test_a_known_institution_is_found_under_its_other_names():
    text = "La CCI du Gard et l'Agglo d'Alès signent une convention."
    assert marked(article(7, "Signature", text), "name", "Alès Agglomération") == ["Agglo d'Alès"]
    assert marked(article(7, "Signature", text), "siren", "200066918") == ["Agglo d'Alès"]


def test_a_siren_is_found_as_a_number_too():
    made = article(7, "Annonce", "La société (RCS 732 829 320 00074) dépose ses statuts.")
    assert marked(made, "siren", "732829320") == ["732 829 320"]


@pytest.mark.parametrize(
    ("conditions", "fulfilled"),
    [
        ({"topics": ("employment",)}, True),
        ({"topics": ("tourism",)}, False),
        ({"together": ("filature", "Alès")}, True),
        ({"together": ("filature", "Uzès")}, False),
        ({"without": ("plan social",)}, False),
        ({"without": ("grève",)}, True),
        ({"amount_above": 3e6}, True),
        ({"amount_above": 4e6}, False),
        ({"jobs_above": 45}, True),
        ({"jobs_above": 46}, False),
    ],
)
def test_conditions_must_hold_as_well(conditions, fulfilled):
    assert bool(reasons(FILATURE, "name", "Laines Peyrolle", **conditions)) == fulfilled


def test_what_fulfils_a_condition_is_marked_too():
    words = marked(FILATURE, "name", "Laines Peyrolle", amount_above=3e6, jobs_above=40)
    assert [w for w in words if "3,2 millions" in w] != []
    assert [w for w in words if w.startswith("45")] != []


def test_of_a_reserved_text_only_the_title_is_looked_at():
    made = article(8, "Une usine", "Mécalzen embauche.", tdm_reserved=True)
    assert reasons(made, "name", "Mécalzen") == []
    (reason,) = reasons(RESERVED, "name", "Mécalzen")
    assert [s.text for s in reason.sentences] == [RESERVED.title]


def test_a_topic_is_told_with_the_words_that_speak_of_it():
    assert reasons(COPY, "topic", "employment")[0].sentences
