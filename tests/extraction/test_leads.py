"""A lead that came cut is completed from the page, or ends where its last sentence ends."""

from __future__ import annotations

import pytest

from alescrawl.extraction.leads import complete_lead, index_of_lead, repeats

WHOLE = "Le viaduc de Sarvan rouvre lundi, cinq mois après la crue. Les commerçants respirent."


@pytest.mark.parametrize(
    "cut",
    [
        "Le viaduc de Sarvan rouvre lundi, cinq mois…",
        "Le viaduc de Sarvan rouvre lundi, cinq [...]",
        "Le viaduc de Sarvan rouvre lundi, c",
    ],
)
def test_cut_lead_is_completed_from_the_page(cut):
    assert complete_lead(cut, ["Accueil", WHOLE]) == WHOLE


def test_typography_of_the_page_may_differ():
    shown = "L’usine d’eau « rouvre » dès lundi après un an d’arrêt."
    assert complete_lead("L'usine d'eau \"rouvre\" dès lundi…", [shown]) == shown


def test_cut_lead_without_its_end_keeps_its_whole_sentences():
    assert complete_lead("Le pont rouvre. Les commerçants res…", []) == "Le pont rouvre."


def test_cut_lead_without_a_whole_sentence_is_dropped():
    assert complete_lead("Le pont rouvre lundi et les…", ["Autre chose"]) is None


@pytest.mark.parametrize("lead", ["Le pont rouvre lundi", "Le pont rouvre lundi."])
def test_whole_lead_stays_as_it_is(lead):
    assert complete_lead(lead, [WHOLE]) == lead


def test_empty_lead_is_none():
    assert complete_lead("", [WHOLE]) is None


def test_lead_is_found_among_the_paragraphs():
    assert index_of_lead("Le viaduc de Sarvan rouvre lundi…", ["Sarvan", WHOLE]) == 1
    assert index_of_lead("Le viaduc", ["Le viaduc"]) is None


def test_text_that_begins_as_another_repeats_it():
    assert repeats(WHOLE, WHOLE + " Suite.")
    assert not repeats(WHOLE, "Les commerçants respirent, cinq mois après la crue.")
