"""What is named like a body or a person and is none.

« Dans le département du Gard » is where something is, « la RN 106 » a road, « le télescope Jean
Perrot » a thing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from alescrawl.entities.gazetteer.word_lists import words_of
from alescrawl.entities.gazetteer.words import JOINED
from alescrawl.entities.names.institution_rules import is_adjective

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from alescrawl.entities.gazetteer.candidates import Candidate
    from alescrawl.entities.gazetteer.words import Words

_ROADS: Final = frozenset(["rn", "rd", "cd", "rc", "rt", "va"])
_NOUNS: Final = frozenset(["departement", "region"])


def without_areas(words: Words, found: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield *found* without bodies that are areas or roads, and persons that are things."""
    for candidate in found:
        if candidate.kind == "place" or not _is_other(words, candidate):
            yield candidate


def _is_other(words: Words, candidate: Candidate) -> bool:
    first, last = candidate.first, candidate.last
    if candidate.kind == "person":
        return _is_thing(words, first)
    word = words.folded[first]  # looked at before anything is called: there are many candidates
    return (word in _NOUNS and is_area(words, first, last)) or (
        word in _ROADS and _is_road(words, first, last)
    )


def _is_thing(words: Words, first: int) -> bool:
    """Whether the name at *first* is that of a thing: « le télescope spatial Jean Perrot »."""
    at = first - 1
    if at < 0 or words.gaps[at] != JOINED or words.shapes[at] not in "lT":
        return False
    things = words_of("person_words", "things", plain=True)
    if words.folded[at] in things:
        return True
    return at > 0 and words.folded[at - 1] in things and is_adjective(words, at)


def _is_road(words: Words, first: int, last: int) -> bool:
    """Whether the one word is the letters of a road with a number: « RN 106 », « RD 981 »."""
    is_numbered = last < len(words) and words.gaps[first] == JOINED and words.shapes[last] == "d"
    return last - first == 1 and is_numbered and words.folded[first] in _ROADS


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
