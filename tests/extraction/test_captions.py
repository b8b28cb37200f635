"""What a picture shows and whom to credit are told apart."""

from __future__ import annotations

import time

import pytest

from alescrawl.extraction.captions import Caption, bare_credit, is_credit, split_caption


@pytest.mark.parametrize(
    ("printed", "text", "credit"),
    [
        ("Le pont (Photo : Jeanne Roux / Le Courrier)", "Le pont", "Jeanne Roux / Le Courrier"),
        ("Une salle comble. © Paul Marsan / Midi", "Une salle comble.", "Paul Marsan / Midi"),
        ("L’équipe [Crédit photo : L. Petit]", "L’équipe", "L. Petit"),
        ("L’usine en 2012. Photo d’archives : X. Blanc", "L’usine en 2012", "X. Blanc"),
        ("L’usine (photo Paul Marsan)", "L’usine", "Paul Marsan"),
        ("La mairie. DR", "La mairie", "DR"),
        ("Le chantier © D.R.", "Le chantier", "D.R."),
        ("Vue aérienne - AFP", "Vue aérienne", "AFP"),
    ],
)
def test_credit_is_cut_from_the_caption(printed, text, credit):
    assert split_caption(printed) == Caption(text, credit)


@pytest.mark.parametrize(
    ("printed", "credit"),
    [
        ("© DR", "DR"),
        ("(Crédits : DR)", "DR"),
        ("Crédit photo : Ville de Sarvan", "Ville de Sarvan"),
    ],
)
def test_line_that_is_only_a_credit(printed, credit):
    assert split_caption(printed) == Caption(None, credit)
    assert is_credit(printed)


@pytest.mark.parametrize(
    "printed", ["Le maire pose devant la photo de groupe.", "La photo : un art", "Le pont", ""]
)
def test_sentence_about_a_photograph_is_no_credit(printed):
    assert split_caption(printed) == Caption(printed or None)
    assert not is_credit(printed)


def test_caption_printed_twice_is_kept_once():
    assert split_caption("Le pont neuf. Le pont neuf.") == Caption("Le pont neuf")


def test_words_that_announce_a_credit_are_no_part_of_it():
    assert bare_credit("Crédits photos : © Agglo de Sarvan") == "Agglo de Sarvan"


@pytest.mark.parametrize("unit", ["( photo : ", "photo ", "©", " ", "crédit photo : ", "x. "])
def test_a_caption_of_hostile_repetitions_is_read_in_no_time(unit):
    began = time.process_time()
    split_caption((unit * 1000)[:990] + "!")
    assert time.process_time() - began < 0.1
