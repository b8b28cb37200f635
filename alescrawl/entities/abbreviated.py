"""Full names that only the acronym behind them gives away: « Direction des soins (DDS) »."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from alescrawl.entities.candidates import Candidate
from alescrawl.entities.institution_rules import kind_of_noun
from alescrawl.entities.words import JOINED, LINKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alescrawl.entities.words import Words

_FEWEST_LETTERS: Final = 3
_LONGEST: Final = 14


def abbreviated(words: Words) -> Iterator[Candidate]:
    """Yield the institutions whose words begin with the letters of the acronym in brackets."""
    for index, shape in enumerate(words.shapes):
        is_bracketed = index and words.gap(index - 1) == " (" and words.gap(index).startswith(")")
        if shape == "A" and is_bracketed and len(words.folded[index]) >= _FEWEST_LETTERS:
            first = _start(words, index)
            kind = kind_of_noun(words.folded[first]) if first is not None else ""
            if first is not None and kind:
                yield Candidate(first, index, "institution", "rule", 0.7, subtype=kind)


def _start(words: Words, acronym: int) -> int | None:
    """Return the word where the name that ends before *acronym* begins, if its letters say so."""
    letters = list(words.folded[acronym])
    for first in range(acronym - 1, max(-1, acronym - 1 - _LONGEST), -1):
        word = words.folded[first]
        if word not in LINKS and word[0] == letters[-1]:
            letters.pop()
            if not letters:
                return first if words.shapes[first] in "TA" else None
        elif word not in LINKS:
            return None
        if first and words.gaps[first - 1] != JOINED:
            return None
    return None
