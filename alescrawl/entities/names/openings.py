"""Companies that no list knows, whose name opens a sentence (« Ravalou recrute »)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from alescrawl.entities.gazetteer import lists
from alescrawl.entities.gazetteer.candidates import Candidate
from alescrawl.entities.gazetteer.word_lists import words_of
from alescrawl.entities.gazetteer.words import COMMA, JOINED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alescrawl.entities.gazetteer.words import Words

_SCORE: Final = 0.55
_SHORTEST: Final = 3
_BEFORE_VERBS: Final = frozenset(
    ["y", "en", "se", "s", "a", "va", "vient", "ne", "n", "leur", "lui"]
)
_MOST_BEFORE: Final = 2


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
        last = _end(words, index)
        if _is_name(words, index) and _acts(words, last):
            yield Candidate(index, last, "institution", "rule", _SCORE, subtype="company")


def _end(words: Words, index: int) -> int:
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
        and not lists.places().get(words.word(index))
    )


def _acts(words: Words, index: int) -> bool:
    """Whether what a company does is said from *index* on: « y produit », « , qui »."""
    if index >= len(words):
        return False
    if words.gaps[index - 1] == COMMA:
        return words.folded[index] == "qui"
    verbs = words_of("institution_words", "verbs", plain=True)
    for at in range(index, min(index + _MOST_BEFORE + 1, len(words))):
        if words.gaps[at - 1] != JOINED or words.shapes[at] != "l":
            return False
        if words.folded[at] in verbs:
            return True
        if words.folded[at] not in _BEFORE_VERBS:
            return False
    return False
