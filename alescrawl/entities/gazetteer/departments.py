"""What the names in a text tell of the department that it is about."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from alescrawl.entities.gazetteer import lists
from alescrawl.entities.gazetteer.lists import ABROAD
from alescrawl.entities.gazetteer.word_lists import table, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from alescrawl.entities.gazetteer.gazetteer import Match, Name
    from alescrawl.entities.gazetteer.words import Words

CITY: Final = 20_000
TOWN: Final = 2_000
MUCH_LARGER: Final = 8
_OF_AREAS: Final = {"department": 3.0, "region": 1.5, "area": 1.5}
_AREAS: Final = frozenset(["department", "region", "area", "country", "city", "continent", "river"])
_FAR: Final = 0.4
"""What a country or a town abroad says: many texts name some and are about none."""
_MOST_AREAS: Final = 8
_PLACING: Final = frozenset(["a", "en", "dans", "de", "du", "des", "d", "pres", "vers", "entre"])
_ARTICLES: Final = frozenset(["le", "la", "les", "l"])


class Evidence(NamedTuple):
    """A name that tells where a text is."""

    at: int
    """Its first word."""
    departments: frozenset[str]
    weight: float
    name: str
    """Its plain form: a name does not vouch for itself."""


def evidence_in(words: Words, places: Iterable[Match]) -> Iterator[Evidence]:
    """Yield the names in *words*, in which the lists have *places*, that tell where the text is."""
    ends: dict[int, Match] = {}
    for match in places:
        ends[match.last] = match
        found = _of_match(words, match)
        if found is not None:
            departments, weight = found
            name = " ".join(words.folded[match.first : match.last])
            yield Evidence(match.first, departments, weight, name)
    for index, word in enumerate(words.folded):
        if words.shapes[index] == "d":
            if index in ends and _is_code(words, index):
                yield Evidence(index, frozenset([word.upper()]), 3.0, word)
        elif len(word) > 5 and (department := _of_people(word)):  # noqa: PLR2004 - no demonym
            yield Evidence(index, frozenset([department]), 1.0, word)


def _is_code(words: Words, index: int) -> bool:
    """Whether the number at *index* is that of a department, in brackets after a place."""
    is_bracketed = words.gap(index - 1) == " (" and words.gap(index).startswith(")")
    return is_bracketed and len(words.folded[index]) in {2, 3}


def _of_match(words: Words, match: Match) -> tuple[frozenset[str], float] | None:
    """Return the departments that a place tells, and how surely; nothing where it tells none."""
    areas = [n for n in match.names if n.entity.departments and n.entity.subtype in _AREAS]
    if areas:
        return _of_area(words, match, areas)
    communes = sorted(
        (n.entity for n in match.names if n.entity.subtype == "commune"),
        key=lambda e: -e.population,
    )
    if not communes or not _stands_for_place(words, match):
        return None
    largest = communes[0]
    others = [e.population for e in communes if e.department != largest.department]
    least = 0 if largest.local else CITY
    if others and largest.population < max(least, MUCH_LARGER * max(others)):
        return None
    return frozenset([largest.department]), _of_size(largest.population, local=largest.local)


def _of_size(population: int, *, local: bool) -> float:
    if population >= CITY:
        return 2.0
    if local:
        return 1.5
    return 0.8 if population >= TOWN else 0.4


def _of_area(
    words: Words, match: Match, areas: Sequence[Name]
) -> tuple[frozenset[str], float] | None:
    best = max(areas, key=lambda n: (not n.ambiguous, _OF_AREAS.get(n.entity.subtype, 0)))
    departments = frozenset(best.entity.departments)
    if best.ambiguous and not _introduced(words, match.first):
        return None
    if ABROAD in departments:
        return departments, _FAR
    weight = _OF_AREAS.get(best.entity.subtype, 1.0)
    return departments, weight if len(departments) <= _MOST_AREAS else weight / 3


def _stands_for_place(words: Words, match: Match) -> bool:
    """Whether the words are a town rather than a common word or a person's name."""
    if match.last - match.first > 1:
        return True
    word = words.folded[match.first]
    if word in words_of("place_words", "not_alone", plain=True) or word in lists.given_names():
        is_at = bool(match.first) and words.folded[match.first - 1] == "a"
        return is_at or _is_dateline(words, match.first)
    if word in lists.common_words():
        return _introduced(words, match.first)
    return words.shapes[match.first] != "l"


def _is_dateline(words: Words, index: int) -> bool:
    """Whether a sentence begins with the one word at *index* and a colon: « Pau : … »."""
    return words.gap(index).strip() == ":" and (not index or not words.gaps[index - 1])


def _introduced(words: Words, index: int) -> bool:
    if _is_dateline(words, index):
        return True
    before = index - 1
    while before > 0 and words.folded[before] in _ARTICLES:
        before -= 1
    return before >= 0 and words.folded[before] in _PLACING


@cache
def _demonyms() -> tuple[tuple[str, str], ...]:
    rows: dict[str, str] = table("gard_words")["demonyms"]
    return tuple((stem, code) for code, stems in rows.items() for stem in stems.split())


@lru_cache(maxsize=1 << 14)
def _of_people(word: str) -> str:
    """Return the department whose people or things are called *word*, or nothing."""
    return next((code for stem, code in _demonyms() if word.startswith(stem)), "")
