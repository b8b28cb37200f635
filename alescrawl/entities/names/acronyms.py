"""Full names that only the acronym behind them gives away: « Direction des soins (DDS) »."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from alescrawl.entities.gazetteer.candidates import Candidate
from alescrawl.entities.gazetteer.words import JOINED, LINKS
from alescrawl.entities.names.institution_rules import kind_of_noun

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alescrawl.entities.gazetteer.words import Words


_OPENING: Final = re.compile(r"\s{0,2}[(\[]\s?[«\"]?")


_CLOSING: Final = re.compile(r"[»\"]?\s?[)\]].*", re.DOTALL)


_MOST_WORDS: Final = 2


_LONGEST: Final = 10


_EXPANSION_WORDS: Final = 14


def introduced_acronyms(words: Words, kept: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the acronyms in brackets after the institutions in *kept*, as names of these."""
    for candidate in kept:
        if candidate.kind == "institution":
            last = acronym_end(words, candidate.last)
            if last:
                yield replace(candidate, first=candidate.last, last=last, method="rule", score=0.8)


def acronym_end(words: Words, first: int) -> int:
    """Return the word after the acronym in brackets that begins at *first*, or 0."""
    if first >= len(words) or not _OPENING.fullmatch(words.gap(first - 1)):
        return 0
    for last in range(first + 1, min(first + _MOST_WORDS, len(words)) + 1):
        if _CLOSING.fullmatch(words.gap(last - 1)):
            is_acronym = words.shapes[first] in "AM" and len(words.word(first)) <= _LONGEST
            return last if is_acronym else 0
    return 0


def initialled(words: Words, kept: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the acronyms that nothing knows and that are the initials of a name in *kept*."""
    names: dict[str, Candidate] = {}
    for candidate in kept:
        if candidate.kind == "institution" and candidate.last - candidate.first > _MOST_WORDS:
            inside = [w for w in words.folded[candidate.first : candidate.last] if w not in LINKS]
            names.setdefault("".join(w[0] for w in inside), candidate)
    taken = {i for c in kept for i in range(c.first, c.last)}
    for index, shape in enumerate(words.shapes):
        full = names.get(words.folded[index]) if shape == "A" and index not in taken else None
        if full and len(words.folded[index]) > _MOST_WORDS:
            yield replace(full, first=index, last=index + 1, method="rule", score=0.7)


def expansions(words: Words, kept: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the full names in brackets after the acronyms in *kept* (« IFRAP (Fondation …) »)."""
    for candidate in kept:
        is_acronym = candidate.kind == "institution" and words.shapes[candidate.first] == "A"
        if is_acronym and candidate.last - candidate.first == 1:
            last = _bracket_end(words, candidate.last)
            if last and _abbreviates(words, candidate.first, candidate.last, last):
                yield replace(candidate, first=candidate.last, last=last, method="rule", score=0.8)


def _bracket_end(words: Words, first: int) -> int:
    """Return the word after the bracket that opens before the word *first*, or 0."""
    if first >= len(words) or not _OPENING.fullmatch(words.gap(first - 1)):
        return 0
    for last in range(first + 1, min(first + _EXPANSION_WORDS, len(words)) + 1):
        if ")" in words.gap(last - 1):
            return last
    return 0


def _abbreviates(words: Words, acronym: int, first: int, last: int) -> bool:
    """Whether the letters of the word *acronym*, all but one, begin words up to *last*."""
    letters, found = words.folded[acronym], 0
    rest = letters
    for word in words.folded[first:last]:
        _, met, after = rest.partition(word[0])
        if met:
            found, rest = found + 1, after
    return found >= len(letters) - 1 > 1


_FEWEST_LETTERS: Final = 3


_LONGEST_FULL_NAME: Final = 14


def abbreviated(words: Words) -> Iterator[Candidate]:
    """Yield the institutions whose words begin with the letters of the acronym in brackets."""
    for index, shape in enumerate(words.shapes):
        if shape != "A" or not index or len(words.folded[index]) < _FEWEST_LETTERS:
            continue
        if words.gap(index - 1) == " (" and words.gap(index).startswith(")"):
            first = _start(words, index)
            kind = kind_of_noun(words.folded[first]) if first is not None else ""
            if first is not None and kind:
                yield Candidate(first, index, "institution", "rule", 0.7, subtype=kind)


def _start(words: Words, acronym: int) -> int | None:
    """Return the word where the name that ends before *acronym* begins, if its letters say so."""
    letters = list(words.folded[acronym])
    for first in range(acronym - 1, max(-1, acronym - 1 - _LONGEST_FULL_NAME), -1):
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
