"""Where a text is: the departments that it names, where in it, and so what its names mean.

Asked whenever a name is borne by several places, or a short form by a body of each department.
What stands near says more than what stands far, the title speaks for the whole text; only where a
text says nothing its source does.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache, lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final

from alescrawl.entities.gazetteer import lists
from alescrawl.entities.gazetteer.departments import CITY, MUCH_LARGER, TOWN, evidence_in
from alescrawl.entities.gazetteer.gazetteer import Match
from alescrawl.entities.gazetteer.lists import GARD
from alescrawl.entities.gazetteer.word_lists import table
from alescrawl.entities.gazetteer.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from alescrawl.entities.gazetteer.departments import Evidence
    from alescrawl.entities.gazetteer.gazetteer import Name

_WELL_KNOWN: Final = 50_000
_OF_YEARS: Final = frozenset(
    "en de annee des janvier fevrier mars avril mai juin"  # noqa: SIM905 - read as words
    " juillet aout septembre octobre novembre decembre".split()
)
"""Words before the year of which a sentence speaks."""
_REACH: Final = 120
_NEAR: Final = ((8, 1.0), (20, 0.8), (60, 0.55), (_REACH, 0.4))
_ANYWHERE: Final[frozenset[str]] = frozenset()
_IN_GARD: Final = frozenset([GARD])
_SAYS_WHERE: Final = 3.0
_ARTICLES: Final = frozenset(["le", "la", "l", "les"])
_AT_ALL: Final = 0.3
_OF_TITLE: Final = 0.9
_LEAST: Final = 0.3
_CLEARLY: Final = 1.3
_YEAR: Final = re.compile(r"(?:19|20)\d\d")


class Context:
    """The departments that a text names, and what follows for its other names."""

    def __init__(
        self,
        words: Words,
        places: Iterable[Match],
        *,
        title: str | None = None,
        scope: str | None = None,
    ) -> None:
        """Read *words*, in which the lists have *places*; *scope* is that of the source."""
        self._words = words
        self.is_of_gard_source = scope in {None, "gard"}
        self._evidence = list(evidence_in(words, places))
        self._evidence.sort(key=lambda e: e.at)
        self._in_title: list[Evidence] = []
        if title:
            head = Words(title)
            self._in_title = list(evidence_in(head, lists.places().matches(head)))
        self._totals: dict[tuple[frozenset[str], str], float] = {}

    def support(self, departments: frozenset[str], index: int, name: str = "") -> float:
        """Return how much the text says at *index* for being in one of *departments*.

        What is called *name* itself says nothing.
        """
        return self._said(index, name, departments)

    def against(self, departments: frozenset[str], index: int, name: str = "") -> float:
        """Return how much the text says at *index* for being in none of *departments*."""
        return self._said(index, name, _ANYWHERE) - self._said(index, name, departments)

    def _said(self, index: int, name: str, departments: frozenset[str]) -> float:
        """Return the weight of what speaks for *departments*: all of it, and more of what is near.

        A sum over what stands near and a total kept for the rest: a text of a megabyte names much.
        """
        total = self._total(departments, "") - (self._total(departments, name) if name else 0)
        first = bisect_left(self._evidence, index - _REACH, key=lambda e: e.at)
        for evidence in islice(self._evidence, first, None):
            if evidence.at > index + _REACH:
                break
            if evidence.name != name and _speaks(evidence, departments):
                total += evidence.weight * (_nearness(abs(evidence.at - index)) - _AT_ALL)
        return total

    def _total(self, departments: frozenset[str], name: str) -> float:
        """Return the weight of all that speaks for *departments*, or of what is called *name*."""
        found = self._totals.get((departments, name))
        if found is None:
            far = (e.weight * _AT_ALL for e in self._evidence if _counts(e, departments, name))
            near = (e.weight * _OF_TITLE for e in self._in_title if _counts(e, departments, name))
            found = self._totals[departments, name] = sum(far) + sum(near)
        return found

    def is_in(self, departments: frozenset[str], index: int) -> bool:
        """Whether a body of *departments* may be meant at *index* by a short form.

        Where the text says nothing of where it is, the source does.
        """
        here, elsewhere = self.support(departments, index), self.against(departments, index)
        if max(here, elsewhere) < _LEAST:
            return self.is_of_gard_source and GARD in departments
        return here * _CLEARLY >= elsewhere

    def in_gard(self, index: int) -> bool:
        """Whether a body of the Gard may be meant at *index* by a short form."""
        return self.is_in(_IN_GARD, index)

    def says_nothing_against_gard(self, match: Match) -> bool:
        """Whether the text names no place elsewhere but perhaps the one of *match*."""
        name = " ".join(self._words.folded[match.first : match.last])
        return self.against(_IN_GARD, match.first, name) < _LEAST

    def vouches(self, name: Name, match: Match) -> bool:
        """Whether the text says that it is in the department of a commune that *match* may name."""
        written = " ".join(self._words.folded[match.first : match.last])
        return self.support(_of(name), match.first, written) >= 1

    def commune_at(self, first: int, last: int) -> Name | None:
        """Return the commune that the words from *first* to before *last* name, if one is meant."""
        communes = self.communes_at(first, last)
        return self.chosen(Match(first, last, ()), communes) if communes else None

    def communes_at(self, first: int, last: int) -> list[Name]:
        """Return the communes that the words from *first* to before *last* may name."""
        found = lists.places().at(self._words, first)
        if found is None or found.last != last:
            return []
        return [n for n in found.names if n.entity.insee and n.entity.subtype == "commune"]

    def chosen(self, match: Match, communes: Sequence[Name]) -> Name | None:
        """Return which of *communes* of one name is meant, or none where that can't be known."""
        name = " ".join(self._words.folded[match.first : match.last])
        communes = self._not_placed_elsewhere(match, communes)
        if not communes:
            return None
        if len({n.entity.department for n in communes}) == 1:
            best = max(communes, key=lambda n: n.entity.population)
            return best if self._may_be(best, match.first, name) else None
        ranked = sorted(
            ((self.support(_of(n), match.first, name), n) for n in communes),
            key=lambda pair: -pair[0],
        )
        best_support, second = ranked[0][0], ranked[1][0]
        if best_support >= _LEAST:
            return ranked[0][1] if best_support > second * _CLEARLY else None
        return self._usual(communes, match.first, name)

    def _not_placed_elsewhere(self, match: Match, communes: Sequence[Name]) -> Sequence[Name]:
        """Return those of *communes* that are in the department said right behind the name.

        « Le Vigan, dans le Lot » is no commune of the Gard, whatever it is called in the lists.
        """
        first = bisect_left(self._evidence, match.last, key=lambda e: e.at)
        for evidence in self._evidence[first : first + 1]:
            between = self._words.folded[match.last : evidence.at]
            is_department = evidence.weight >= _SAYS_WHERE and len(evidence.departments) == 1
            if is_department and between[:1] in (["dans"], ["en"]) and {*between[1:]} <= _ARTICLES:
                return [n for n in communes if n.entity.department in evidence.departments]
        return communes

    def _may_be(self, only: Name, index: int, name: str) -> bool:
        """Whether the only commune of a name is meant: not a hamlet or an inn called like it."""
        entity = only.entity
        if entity.local or entity.population >= CITY:
            return True
        around = _around(entity.department)
        if self.support(around, index, name) >= _LEAST:
            return True
        is_unlike = " " in name and not set(name.split(" ")) <= lists.common_words()
        said = self.against(around, index, name) >= 1
        return not said and (is_unlike or entity.population >= TOWN)

    def _usual(self, communes: Sequence[Name], index: int, name: str) -> Name | None:
        """Return which of *communes* is meant where the text names none of their departments."""
        ranked = sorted(communes, key=lambda n: -n.entity.population)
        largest, second = ranked[0], ranked[1]
        is_known = largest.entity.population > max(
            _WELL_KNOWN, MUCH_LARGER * second.entity.population
        )
        local = next((n for n in communes if n.entity.local), None)
        if self.against(_IN_GARD, index, name) < _LEAST:
            is_far = largest.entity.population > _WELL_KNOWN
            if local and self.is_of_gard_source and not is_far:
                return local
            return largest if is_known or is_far else None
        if local and self.against(_around(GARD), index, name) < _LEAST:
            return local
        return largest if is_known else None

    def day_at(self, index: int, day: str) -> str:
        """Return the year that the sentence of *index* is about, where it is before *day*."""
        first, last = self._sentence(index)
        years = {
            self._words.word(i)
            for i in range(first, last)
            if self._words.shapes[i] == "d" and _YEAR.fullmatch(self._words.word(i))
            if i and self._words.folded[i - 1] in _OF_YEARS
        }
        past = [year for year in years if day and year < day[:4]]
        return past[0] if len(years) == len(past) == 1 else day

    def _sentence(self, index: int) -> tuple[int, int]:
        starts = self._words.sentences
        at = bisect_right(starts, index)
        last = starts[at] if at < len(starts) else len(self._words)
        return starts[at - 1], last


def _nearness(distance: int) -> float:
    """Return how much a name says for a word so many words away."""
    return next((share for most, share in _NEAR if distance <= most), _AT_ALL)


def _speaks(evidence: Evidence, departments: frozenset[str]) -> bool:
    return departments is _ANYWHERE or not evidence.departments.isdisjoint(departments)


def _counts(evidence: Evidence, departments: frozenset[str], name: str) -> bool:
    return _speaks(evidence, departments) and name in {"", evidence.name}


@lru_cache(maxsize=128)
def _one(department: str) -> frozenset[str]:
    return frozenset([department])


def _of(name: Name) -> frozenset[str]:
    return _one(name.entity.department)


@cache
def _around(department: str) -> frozenset[str]:
    """Return a department with those of its region, and of the Gard those around it."""
    found = {department}
    for cells in lists.rows("places.tsv"):
        inside = cells[4].split("|")
        if cells[1] == "region" and department in inside and len(inside) > 1:
            found.update(inside)
    if department == GARD:
        return frozenset([GARD, *table("gard_words")["neighbours"]["departments"].split()])
    if department in table("gard_words")["neighbours"]["departments"].split():
        found.add(GARD)
    return frozenset(found)


@cache
def occitanie() -> frozenset[str]:
    """Return the departments of the region of the Gard."""
    rows = (cells for cells in lists.rows("places.tsv") if cells[0] == "Occitanie")
    return frozenset(next(rows)[4].split("|"))
