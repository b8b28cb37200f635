"""Departments and regions as areas, which are no bodies: « dans le département du Gard »."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from alescrawl.entities.gazetteer.word_lists import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from alescrawl.entities.gazetteer.candidates import Candidate
    from alescrawl.entities.gazetteer.words import Words

_NOUNS: Final = frozenset(["departement", "region"])


def without_areas(words: Words, found: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield *found* without the bodies whose words mean their area: the place in it stays."""
    for candidate in found:
        if candidate.kind == "place" or not is_area(words, candidate.first, candidate.last):
            yield candidate


def is_area(words: Words, first: int, last: int) -> bool:
    """Whether the words from *first* to before *last* are where something is."""
    if words.folded[first] not in _NOUNS:
        return False
    at = first - 1
    article = words.folded[at] if at >= 0 and words.gaps[at] else ""
    if article in {"le", "la", "ce", "cette", "tout", "toute"}:
        at -= 1
    before = words.folded[at] if at >= 0 and words.gaps[at] else ""
    if before in words_of("place_words", "within", plain=True):
        return True
    if (article == "du" or before == "de") and at > 0:
        return words.folded[at - 1] in words_of("place_words", "parts", plain=True)
    placed = words_of("place_words", "placed", plain=True)
    return words.shapes[first] == "l" and not placed.isdisjoint(words.folded[last : last + 2])
