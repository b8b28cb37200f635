"""Companies that no list knows: they open a sentence and recruit, or go on after a listed name.

« Ravalou recrute »; « Ravalou Industries », where the list has Ravalou.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from alescrawl.entities.gazetteer import lists
from alescrawl.entities.gazetteer.candidates import Candidate
from alescrawl.entities.gazetteer.word_lists import words_of
from alescrawl.entities.gazetteer.words import COMMA, JOINED

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from alescrawl.entities.gazetteer.words import Words

_SCORE: Final = 0.55
_SHORTEST: Final = 3
_BEFORE_VERBS: Final = frozenset(
    ["y", "en", "se", "s", "a", "va", "vient", "ne", "n", "leur", "lui"]
)
_MOST_BEFORE: Final = 2
_OF_PEOPLES: Final = ("ain", "een", "eenne", "ais", "ois", "ien", "ienne")
"""Ends of what peoples are called."""


def is_rare(words: Words, index: int) -> bool:
    """Whether the word at *index* is none of French: only a name is written with a capital then."""
    folded = words.folded[index]
    common = lists.common_words()
    return not (
        folded in common
        or folded.removesuffix("s") in common
        or f"{folded}s" in common
        or folded.removesuffix("e") in common
    )


def is_plural(folded: str) -> bool:
    """Whether a name's first word, in plain form, is a noun in the plural: a company's, if any."""
    return folded.endswith("s") and folded not in lists.given_names()


def opening_companies(words: Words, kept: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the names that open a sentence and do what companies do.

    French prose hardly begins a sentence with a bare noun and its verb: such a word is a name, and
    no given name, surname or place where nothing in *kept* has it. One that is a noun in the plural
    may go on (« Laines Ravalou »).
    """
    taken = {i for c in kept for i in range(c.first, c.last)}
    surnames = {words.folded[c.last - 1] for c in kept if c.kind == "person"}
    lower = {w for w, s in zip(words.folded, words.shapes, strict=True) if s == "l"}
    for index in words.sentences:
        folded = words.folded[index]
        if index in taken or folded in surnames or folded in lower:
            continue
        last = _opening_end(words, index)
        if _is_name(words, index) and acts(words, last):
            yield Candidate(index, last, "institution", "rule", _SCORE, subtype="company")


def _opening_end(words: Words, index: int) -> int:
    """Return the word after the name that begins at *index*."""
    end = index + 1
    if is_plural(words.folded[index]):
        while end < len(words) and words.tied(end - 1) and words.shapes[end] in "TM":
            end += 1
    return end


def _is_name(words: Words, index: int) -> bool:
    folded = words.folded[index]
    return (
        words.shapes[index] in "TM"
        and len(folded) >= _SHORTEST
        and is_rare(words, index)
        and folded not in lists.given_names()
        and not folded.removesuffix("s").endswith(_OF_PEOPLES)
        and words.gap(index) != "-"
        and not lists.places().get(words.word(index))
    )


def listed_companies(words: Words, kept: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the names in a row after a noun for companies (« trois sous-traitants, X, Y et Z »)."""
    taken = {i for c in kept if c.kind != "institution" for i in range(c.first, c.last)}
    for index, folded in enumerate(words.folded):
        if folded in words_of("institution_words", "firms", plain=True):
            names = list(_row(words, index + 1, taken))
            if len(names) > 1:
                for first, last in names:
                    yield Candidate(first, last, "institution", "rule", 0.6, subtype="company")


def _row(words: Words, index: int, taken: Container[int]) -> Iterator[tuple[int, int]]:
    """Yield where each name begins and ends of those that follow from *index* on."""
    while index < len(words) and words.folded[index] in _LEADING_ON:
        index += 1
    while index < len(words) and words.shapes[index] in "TAM" and index not in taken:
        last = index + 1
        while last < len(words) and words.gap(last - 1) in {" ", "-"} and last not in taken:
            if words.shapes[last] not in "TAM":
                break
            last += 1
        if not (is_rare(words, index) or words.shapes[index] == "A"):
            return
        if last - index > 1 and not _is_of_firms(words, index, last):
            return  # « trois concurrents, Jean Ravalou, … »
        yield index, last
        if last >= len(words) or not words.gaps[last - 1]:
            return
        joined = words.gaps[last - 1] == COMMA or words.folded[last] in {"et", "ou"}
        index = last + (words.folded[last] in {"et", "ou"})
        if not joined:
            return


def _is_of_firms(words: Words, first: int, last: int) -> bool:
    """Whether several words in capitals are a firm's name rather than a person's."""
    endings = words_of("institution_words", "endings", plain=True)
    generic = words_of("institution_words", "generic", plain=True)
    inside = words.folded[first:last]
    return is_plural(inside[0]) or not (endings | generic).isdisjoint(inside)


_FEWEST_UNKNOWN: Final = 3


def unknown_rows(words: Words, kept: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield three or more unknown names in a row in a sentence about business.

    A row of surnames or of villages looks the same: where the sentence is about neither work nor
    trade, or any of them is a person's or a place's, they are left.
    """
    others = {i for c in kept if c.kind != "institution" for i in range(c.first, c.last)}
    surnames = {words.folded[c.last - 1] for c in kept if c.kind == "person"}
    business = words_of("institution_words", "business", plain=True)
    for first, last in pairwise([*words.sentences, len(words)]):
        if business.isdisjoint(words.folded[first:last]):
            continue
        row = list(_row(words, first, others))
        if len(row) >= _FEWEST_UNKNOWN and all(
            _is_name(words, at) and words.folded[at] not in surnames for at, _ in row
        ):
            for at, end in row:
                yield Candidate(at, end, "institution", "rule", _SCORE, subtype="company")


_LEADING_ON: Final = frozenset(["comme", "telles", "tels", "que", "dont", "ainsi", "notamment"])


def acts(words: Words, index: int) -> bool:
    """Whether what a company does is said from *index* on: « y produit », « , qui »."""
    if index >= len(words):
        return False
    if words.gaps[index - 1] == COMMA:
        return words.folded[index] == "qui" and acts(words, index + 1)
    verbs = words_of("institution_words", "verbs", plain=True)
    for at in range(index, min(index + _MOST_BEFORE + 1, len(words))):
        if words.gaps[at - 1] != JOINED or words.shapes[at] != "l":
            return False
        if words.folded[at] in verbs:
            return True
        if words.folded[at] not in _BEFORE_VERBS:
            return False
    return False


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
