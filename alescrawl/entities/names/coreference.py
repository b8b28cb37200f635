"""Names that a text has made known once, found again wherever it repeats them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from alescrawl.entities.gazetteer import lists
from alescrawl.entities.gazetteer.candidates import Candidate
from alescrawl.entities.gazetteer.gazetteer import Entity, Gazetteer, Name
from alescrawl.entities.gazetteer.word_lists import words_of
from alescrawl.entities.names.institutions import usual_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alescrawl.entities.gazetteer.matches import Known
    from alescrawl.entities.gazetteer.words import Words

_SHORTEST: Final = 3
_SCORE: Final = 0.6


def repeated(words: Words, kept: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield every other place where *words* have a name of the institutions in *kept*.

    A company may also be named again by its first word alone.
    """
    gazetteer = Gazetteer()
    first_seen: dict[str, Candidate] = {}
    for candidate in kept:
        if candidate.kind != "institution":
            continue
        for surface in _names(words, candidate):
            if surface not in first_seen:
                first_seen[surface] = candidate
                entity = Entity(surface, surface, "repeat", "")
                gazetteer.add(Name(entity, surface, ambiguous=False))
    for match in gazetteer.matches(words):
        origin = first_seen[match.names[0].entity.id]
        found = Candidate(
            match.first, match.last, "institution", origin.method, _SCORE, subtype=origin.subtype
        )
        yield (
            found.named(origin.name, origin.entity)
            if origin.entity
            else replace(found, name=origin.name)
        )


def _names(words: Words, candidate: Candidate) -> Iterator[str]:
    surface = words.surface(candidate.first, candidate.last)
    if words.shapes[candidate.first] != "l" or candidate.last - candidate.first > 1:
        yield surface
    is_long = candidate.last - candidate.first > 1
    if is_long and candidate.subtype == "company" and _stands_alone(words, candidate.first):
        yield words.word(candidate.first)


def _stands_alone(words: Words, index: int) -> bool:
    """Whether the word at *index* is rare enough to name a company by itself."""
    folded = words.folded[index]
    return (
        len(folded) > _SHORTEST
        and words.shapes[index] in "TAM"
        and folded not in words_of("institution_words", "generic", plain=True)
        and folded not in lists.given_names()
        and folded not in lists.places()
    )


def vouched(words: Words, known: Known, kept: Sequence[Candidate], day: str) -> Iterator[Candidate]:
    """Yield the ambiguous names of institutions that the text also names in full."""
    full: dict[str, set[str]] = {}
    for c in kept:
        if c.kind == "institution" and c.entity:
            full.setdefault(c.entity.id, set()).add(_plain(words, c.first, c.last))
    for match in known.institutions:
        written = _plain(words, match.first, match.last)
        for name in match.names:
            is_vouched = full.get(name.entity.id, set()) - {written}
            if name.ambiguous and is_vouched and name.entity.valid(day):
                found = Candidate(match.first, match.last, "institution", "gazetteer", 0.8)
                yield found.named(usual_name(name), name.entity)
                break


def _plain(words: Words, first: int, last: int) -> str:
    return " ".join(words.folded[first:last])
