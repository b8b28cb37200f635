"""Names of companies that go on where the listed name ends: « Ravalou Industries »."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from alescrawl.entities import lists
from alescrawl.entities.word_lists import words_of
from alescrawl.entities.words import JOINED

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from alescrawl.entities.candidates import Candidate
    from alescrawl.entities.words import Words

_KINDS: Final = frozenset({"company", "cluster"})
_MOST_WORDS: Final = 3


def extended(
    words: Words, listed: Iterable[Candidate], starts: Container[int]
) -> Iterator[Candidate]:
    """Yield the listed companies that the text calls by a longer name, as what lists do not know.

    *starts* are the indexes of words that begin another listed name, which ends the name.
    """
    for candidate in listed:
        if candidate.subtype in _KINDS:
            last = _end(words, candidate.last, starts)
            if last > candidate.last:
                yield replace(candidate, last=last, name="", entity=None, method="rule", score=0.7)


def _end(words: Words, index: int, starts: Container[int]) -> int:
    last = index
    while last < len(words) and last - index < _MOST_WORDS and last not in starts:
        if not _goes_on(words, last):
            break
        last += 1
    return last


def _goes_on(words: Words, index: int) -> bool:
    """Whether the word at *index* belongs to the company's name before it."""
    gap = words.gap(index - 1)
    if words.gaps[index - 1] != JOINED or words.shapes[index] not in "TAM":
        return False
    folded = words.folded[index]
    if gap == "-":
        return folded not in lists.places()
    return gap == " " and folded in words_of("institution_words", "endings", plain=True)
