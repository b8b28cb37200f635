"""The lead that metadata give, cut or not, is found on the page in full."""

from __future__ import annotations

import time

import pytest
from cpu import allowed

from alescrawl.extraction.body.leads import index_of_lead

WHOLE = "Le viaduc de Sarvan rouvre lundi, cinq mois après la crue. Les commerçants respirent."


@pytest.mark.parametrize(
    "lead",
    [
        WHOLE,
        "Le viaduc de Sarvan rouvre lundi, cinq mois…",
        "Le viaduc de Sarvan rouvre lundi, cinq [...]",
        "Le viaduc de Sarvan rouvre lundi, c",
    ],
)
def test_lead_is_found_whole_or_cut(lead):
    assert index_of_lead(lead, ["Accueil", WHOLE]) == 1


def test_typography_of_the_page_may_differ():
    shown = "L’usine d’eau « rouvre » dès lundi après un an d’arrêt."
    assert index_of_lead("L'usine d'eau \"rouvre\" dès lundi…", [shown]) == 0


def test_a_few_words_are_too_little_to_tell():
    assert index_of_lead("Le viaduc", ["Le viaduc"]) is None


def test_text_that_only_holds_the_lead_is_not_it():
    assert index_of_lead("Les commerçants respirent enfin", [WHOLE]) is None


@pytest.mark.parametrize("unit", ["\n", "…", "(", "a "])
def test_an_endless_lead_is_survived(unit):
    begun = time.process_time()
    index_of_lead(unit * 300_000, [WHOLE])
    assert time.process_time() - begun < allowed(0.5)
