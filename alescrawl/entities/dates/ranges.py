"""Dates that belong together: from one to another, or one year for both."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from alescrawl.entities.dates.days import Days
from alescrawl.entities.dates.years import resolve

if TYPE_CHECKING:
    from alescrawl.entities.dates.parts import Part
    from alescrawl.text.numbered import Folded

_TO: Final = re.compile(
    r" (?:au?|jusqu'(?:a|au|en))(?: (?:la|le)| l')? ?| ?(?P<sign>[-/]) ?"
    r"|(?P<both> et (?:l[ea] |l'|en |la )?)"
)
_BETWEEN: Final = re.compile(r"\bentre (?:l[ea] |l')?$")
_AND: Final = re.compile(r"(?:,| et| ou)(?: l[ea]| en| les| fin)? ")
_REACH = 10
_LONGEST_YEARS = 100
_ALONE: Final = frozenset({"relative", "weekday"})


def join(parts: list[Part], published: Days | None, folded: Folded) -> list[Part]:
    """Return *parts* with their days; those of a range are one part."""
    joined: list[Part] = []
    position = 0
    while position < len(parts):
        part = parts[position]
        following = parts[position + 1] if position + 1 < len(parts) else None
        start = _range_start(part, following, folded) if following else None
        if following and start is not None and _join(part, following, published, folded):
            part.start, part.end = start, following.end
            position += 1
        else:
            _share_year(part, following, folded)
            resolve(part, published, folded)
        joined.append(part)
        position += 1
    return joined


def _range_start(part: Part, following: Part, folded: Folded) -> int | None:
    """Return where the range of both begins, ``None`` where they are none."""
    gap = _TO.fullmatch(folded.folded, part.end, following.start)
    if gap is None or {part.form, following.form} & _ALONE:
        return None
    if following.form == "year" != part.form and part.year is None:
        return None
    if gap["sign"] and part.form != following.form:
        return None
    between = _BETWEEN.search(folded.folded, max(0, part.start - _REACH), part.start)
    if gap["both"]:
        return between.start() if between else None
    return part.start


def _join(part: Part, following: Part, published: Days | None, folded: Folded) -> bool:
    """Make *part* the range up to *following*; whether there is such a range."""
    _set_last(part, following, published, folded)
    _set_first(part, following, published, folded)
    first, last = part.days, following.days
    if first is None or last is None:
        return first is last
    if first.first > last.last or last.last.year - first.first.year > _LONGEST_YEARS:
        return False
    part.days = Days(first.first, last.last)
    return True


def _set_last(part: Part, following: Part, published: Days | None, folded: Folded) -> None:
    """Take the year of the first date for the last, where that has none."""
    if following.year is None and part.year is not None and following.in_year and part.in_year:
        first, last = part.in_year(part.year), following.in_year(part.year)
        over = first is not None and last is not None and last.last < first.first
        following.year = part.year + over
    resolve(following, published, folded)


def _set_first(part: Part, following: Part, published: Days | None, folded: Folded) -> None:
    """Take the year of the last date for the first, where that has none."""
    last = following.days
    if part.year is None and part.days is None and part.in_year and last is not None:
        first = part.in_year(last.last.year)
        part.year = last.last.year - (first is not None and first.first > last.last)
    resolve(part, published, folded)


def _share_year(part: Part, following: Part | None, folded: Folded) -> None:
    """« en mars et juin 2016 »: both are of that year."""
    known = part.year is not None or part.turn
    if following is None or known or part.form != following.form:
        return
    if _AND.fullmatch(folded.folded, part.end, following.start):
        part.year = following.year
