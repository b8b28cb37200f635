"""Folding: the form in which words are compared."""

from hypothesis import given
from hypothesis import strategies as st

from alescrawl.text.folding import fold


def test_case_accents_and_typographic_signs_fold():
    assert fold("L’Été – 1\u202f650\xa0ÉLÈVES") == "l'ete - 1 650 eleves"


@given(st.text())
def test_every_character_keeps_its_place(text):
    assert len(fold(text)) == len(text)
