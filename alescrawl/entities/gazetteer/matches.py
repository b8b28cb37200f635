"""What the gazetteers know of a text, found once for all who ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from alescrawl.entities.gazetteer import lists
from alescrawl.entities.gazetteer.gazetteer import Match
from alescrawl.entities.gazetteer.spellings import respelt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from alescrawl.entities.gazetteer.candidates import Candidate
    from alescrawl.entities.gazetteer.gazetteer import Gazetteer
    from alescrawl.entities.gazetteer.words import Words


_TOWN: Final = 20_000


class Known(NamedTuple):
    """The matches of both gazetteers in a text."""

    institutions: list[Match]
    places: list[Match]


Mark = tuple[str, int, int]
"""A letter for a list or a rule, and the words from which to before which it has something."""


def marks(seen: Known, introduced: Iterable[Candidate]) -> Iterator[Mark]:
    """Yield what the tagger is told of the lists and of the institutions that are *introduced*.

    i institutions, a ambiguous ones, p places, v villages of other departments, r introduced.
    """
    for match in seen.institutions:
        yield "a" if match.names[0].ambiguous else "i", match.first, match.last
    for match in seen.places:
        yield _place_letter(match), match.first, match.last
    for candidate in introduced:
        yield "r", candidate.first, candidate.last


def _place_letter(match: Match) -> str:
    entity = match.names[0].entity
    is_village = entity.subtype == "commune" and not entity.local and entity.population < _TOWN
    return "v" if is_village else "p"


def known(words: Words, own_names: Gazetteer | None = None) -> Known:
    """Return what the gazetteers, and a user's *own_names*, match in *words*."""
    institutions: list[Match] = []
    places: list[Match] = []
    for match in own_names.matches(words) if own_names else ():  # first: they win over the lists
        is_place = match.names[0].entity.kind == "place"
        (places if is_place else institutions).append(match)
    institutions += lists.institutions().matches(words)
    institutions += _around_brackets(words)
    institutions += respelt(words)
    places += lists.places().matches(words)
    return Known(institutions, places)


def _around_brackets(words: Words) -> Iterator[Match]:
    """Yield the institutions in whose names an acronym stands in brackets."""
    dropped = _bracketed(words)
    if not dropped:
        return
    index = [i for i in range(len(words)) if i not in dropped]
    for match in lists.institutions().matches(words.without(dropped)):
        first, last = index[match.first], index[match.last - 1] + 1
        if last - first > match.last - match.first:
            yield Match(first, last, match.names)


def _bracketed(words: Words) -> frozenset[int]:
    """Return the acronyms in brackets that a name may go on after (« CCI » in « … (CCI) du … »)."""
    return frozenset(
        index
        for index, shape in enumerate(words.shapes)
        if index and shape == "A" and words.gap(index - 1) == " (" and words.gap(index) == ") "
    )
