"""Places that no list knows, by the noun that introduces them: streets, zones, sites."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from alescrawl.entities.gazetteer import lists
from alescrawl.entities.gazetteer.candidates import Candidate
from alescrawl.entities.gazetteer.gazetteer import Entity, Gazetteer, Name
from alescrawl.entities.gazetteer.word_lists import table, words_of
from alescrawl.entities.gazetteer.words import JOINED
from alescrawl.entities.names.institution_rules import (
    NO_STOPS,
    after_links,
    compound_end,
    proper_end,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alescrawl.entities.gazetteer.words import Words

_MOST_LINKS: Final = 3
_MOST_WORDS: Final = 10
_SAINTS: Final = frozenset(["saint", "sainte"])
_PARTICLES: Final = frozenset(
    ["en", "sur", "sous", "les", "le", "la", "de", "du", "des", "d", "et", "au", "aux", "a", "pres"]
)
_HYPHENS: Final = frozenset(["-", "'", "’"])


@cache
def _heads() -> Gazetteer:
    gazetteer = Gazetteer()
    for reach, nouns in table("place_words")["heads"].items():
        for noun in nouns.split(";"):
            entity = Entity(reach, noun.strip(), "head", "")
            gazetteer.add(Name(entity, noun.strip().lower(), ambiguous=False))
    return gazetteer


def compounds(words: Words) -> Iterator[Candidate]:
    """Yield the names that communes have: « Saint-Aubin-des-Prés », « Mons-la-Grande »."""
    for index in range(len(words) - 1):
        if words.shapes[index] not in "TA":
            continue
        is_saint = words.folded[index] in _SAINTS
        if not is_saint and words.text[words.ends[index]] != "-":
            continue
        if index and words.gap(index - 1) == "-":  # « Sault-Sainte-Marie »
            continue
        last = _saint_end(words, index) if is_saint else _compound_end(words, index)
        if last:
            yield Candidate(index, last, "place", "rule", 0.6, words.surface(index, last))


def _saint_end(words: Words, index: int) -> int:
    last = index + 1
    limit = min(index + _MOST_WORDS, len(words))
    while last < limit and words.gap(last - 1) in _HYPHENS:
        last += 1
    return last if last > index + 1 and words.shapes[index + 1] in "TAM" else 0


def _compound_end(words: Words, index: int) -> int:
    """Return the word after a name with a particle between its hyphens that begins at *index*."""
    last = compound_end(words, index + 1)
    within = [words.folded[i] for i in range(index + 1, last - 1) if words.shapes[i] == "l"]
    is_named = words.folded[index] in lists.given_names()
    return last if within and not is_named and _PARTICLES.issuperset(within) else 0


def introduced_places(words: Words) -> Iterator[Candidate]:
    """Yield the places that a noun introduces (« la rue Blanche », « la zone de Ravalou »)."""
    for match in _heads().matches(words):
        index = match.last
        if index >= len(words) or words.gaps[index - 1] != JOINED:
            continue
        if words.folded[index] == "et":  # « les Arènes et la Maison »
            continue
        if words.shapes[index] not in "TAM":
            index = after_links(words, index, _MOST_LINKS)
        if not index or words.shapes[index] == "A" or not _is_noun(words, match.first):
            continue
        last = proper_end(words, index, NO_STOPS)
        is_inside = match.names[0].entity.id == "from"
        first = match.first if is_inside else index
        name = words.surface(first, last).replace("’", "'")
        yield Candidate(first, last, "place", "rule", 0.65, name)


def _is_noun(words: Words, index: int) -> bool:
    """Whether a word that may be a verb (« place », « montée ») is a noun of place here."""
    if words.word(index) not in words_of("place_words", "nouns_or_verbs"):
        return True
    before = words.folded[index - 1] if index else ""
    return before in {"la", "les"} or words.gap(index - 1).endswith(("(", ", "))
