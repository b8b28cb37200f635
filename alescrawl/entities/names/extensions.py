"""Names of companies that go on where the listed name ends: « Ravalou Industries »."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from alescrawl.entities.gazetteer import lists
from alescrawl.entities.gazetteer.word_lists import words_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from alescrawl.entities.gazetteer.candidates import Candidate
    from alescrawl.entities.gazetteer.words import Words

_BRANCHED: Final = frozenset(
    ["pole-emploi", "france-travail", "banque-de-france", "urssaf-lr", "caf-gard", "cpam-gard"]
)
_KINDS: Final = frozenset({"company", "cluster"})
_MOST_WORDS: Final = 3


def extended(
    words: Words, listed: Iterable[Candidate], starts: Container[int]
) -> Iterator[Candidate]:
    """Yield the listed companies that the text calls by a longer name, as what lists do not know.

    *starts* are the indexes of words that begin another listed name, which ends the name. An agency
    with the town of its branch (« Pôle emploi d'Alès ») stays what it is.
    """
    for candidate in listed:
        if candidate.subtype in _KINDS:
            last = _end(words, candidate.last, starts)
            if last > candidate.last:
                yield replace(candidate, last=last, name="", entity=None, method="rule", score=0.7)
        elif candidate.entity and candidate.entity.id in _BRANCHED:
            yield from _branch(words, candidate)


def _branch(words: Words, agency: Candidate) -> Iterator[Candidate]:
    at = agency.last
    while at < len(words) and words.tied(at - 1) and words.folded[at] in {"de", "d", "du"}:
        at += 1
    if at < len(words) and words.tied(at - 1) and words.shapes[at] != "l":
        place = lists.places().at(words, at)
        if place:
            yield replace(agency, last=place.last)


def _end(words: Words, index: int, starts: Container[int]) -> int:
    last = index
    while last < len(words) and last - index < _MOST_WORDS and last not in starts:
        if not _goes_on(words, last):
            break
        last += 1
    return last


def _goes_on(words: Words, index: int) -> bool:
    """Whether the word at *index* belongs to the company's name before it."""
    gap, folded = words.gap(index - 1), words.folded[index]
    if gap not in {" ", "-"} or words.shapes[index] not in "TAM":
        return False
    if folded in words_of("institution_words", "endings", plain=True):
        return True
    is_known = folded in lists.places() or folded in lists.given_names()
    return not is_known and words.shapes[index] == "T" == words.shapes[index - 1]
