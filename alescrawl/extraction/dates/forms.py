"""The forms in which a line prints a date with its year, and the time near it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from alescrawl.extraction.dates.moments import (
    ParsedDate,
    clock_after,
    clock_before,
    is_american,
    moment,
)
from alescrawl.text.date_words import MONTH_PATTERN, MONTHS
from alescrawl.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo
Day = tuple[int, int, int]

# Hangul letters are compared by their first part, as folding leaves them.
# Every form begins at a number, so that a search looks at few places of a long line.
_FORM: Final = re.compile(
    rf"""(?<!\d)(?<!\d[./-])(?:
    (?P<iso>(?P<iso_y>\d{{4}})(?P<s>[-/.])(?P<iso_m>\d\d?)(?P=s)(?P<iso_d>\d\d?)(?!\d|[./-]\d))
    |(?P<cjk>(?P<cjk_y>\d{{4}})[ ]?[年\u1102][ ]?(?P<cjk_m>\d\d?)[ ]?[月\u110b][ ]?
        (?P<cjk_d>\d\d?)[ ]?[日\u110b])
    |(?P<numeric>(?P<a>\d\d?)(?P<t>[ ]?[./-][ ]?)(?P<b>\d\d?)(?P=t)(?P<num_y>\d{{4}}|\d\d)
        (?!\d|[./-]\d))
    |(?P<named>(?P<d>\d\d?)(?:[ ]?er\b|st|nd|rd|th|[.oe])?(?:[ ]?[/-][ ]?|[ ])?(?:de[ ]|of[ ])?
        (?P<month>{MONTH_PATTERN})\.?,?(?:[ ]?[/-][ ]?|[ ])?(?:de[ ]|del[ ])?
        (?P<y>\d{{4}}(?!\d)|'\d\d(?!\d)|\d\d(?=$|[,;)|]|[ ]a[ ]\d|[ ]-|[ ]\d\d?:\d\d)))
    |(?P<english>(?P<en_d>\d\d?)(?:st|nd|rd|th)?,?[ ](?P<en_y>\d{{4}})(?!\d))
    |(?P<unix>(?P<ux_d>\d\d?)[ ](?=\d\d:\d\d:\d\d[ ])[\d:]{{8}}(?:[ ](?:[a-z]{{3,4}}|[+-]\d{{4}}))?
        [ ](?P<ux_y>\d{{4}})(?!\d))
    )""",
    re.VERBOSE,
)
_MONTH_BEFORE = re.compile(rf"(?<![a-z])({MONTH_PATTERN})\.?[ ]?$")
_PIVOT = 70
_MONTHS_IN_YEAR = 12
_SHORT_YEAR = 2


class Span(NamedTuple):
    """A date in a line: where it stands and in which form."""

    start: int
    end: int
    form: str
    date: ParsedDate


def spans(line: str, zone: tzinfo, *, month_first: bool = False) -> Iterator[Span]:
    """Yield the dates printed in *line* (plain spaces, never two), in order.

    *month_first* tells that 11/04/2026 is of November, as it is in the United States.
    """
    folded = fold(line)
    place = 0
    while found := _FORM.search(folded, place):
        span = _span(line, folded, found, zone, month_first=month_first)
        if span is not None:
            yield span
        place = found.start() + 1 if span is None else max(span.end, found.end())


def _span(
    line: str, folded: str, found: re.Match[str], zone: tzinfo, *, month_first: bool
) -> Span | None:
    form = next(name for name in _READERS if found[name])
    start, end = found.span()
    month = found["month"] or ""
    if form in {"english", "unix"}:
        before = _MONTH_BEFORE.search(folded, max(0, start - 12), start)
        if before is None:
            return None
        start, month = before.start(), before[1]
    clock, after = clock_after(line, folded, found.end("ux_d") if form == "unix" else end)
    if clock is None:
        clock = clock_before(line, folded, start)
    end = max(end, after)
    day = _READERS[form](found, MONTHS.get(month, 0))
    if form == "numeric" and found["t"] == "/" and (month_first or is_american(clock)):
        day = _with_month_first(day)
    date = moment(day, clock, zone, line[start:end])
    return Span(start, end, form, date) if date is not None else None


def _iso(found: re.Match[str], _month: int) -> Day:
    return int(found["iso_y"]), int(found["iso_m"]), int(found["iso_d"])


def _cjk(found: re.Match[str], _month: int) -> Day:
    return int(found["cjk_y"]), int(found["cjk_m"]), int(found["cjk_d"])


def _numeric(found: re.Match[str], _month: int) -> Day:
    """Read day first, unless only month first is a date."""
    day, month = int(found["a"]), int(found["b"])
    if month > _MONTHS_IN_YEAR >= day:
        day, month = month, day
    return _year(found["num_y"]), month, day


def _with_month_first(day: Day) -> Day:
    return (day[0], day[2], day[1]) if day[2] <= _MONTHS_IN_YEAR else day


def _named(found: re.Match[str], month: int) -> Day:
    return _year(found["y"].lstrip("'")), month, int(found["d"])


def _english(found: re.Match[str], month: int) -> Day:
    return int(found["en_y"]), month, int(found["en_d"])


def _unix(found: re.Match[str], month: int) -> Day:
    return int(found["ux_y"]), month, int(found["ux_d"])


def _year(digits: str) -> int:
    if len(digits) > _SHORT_YEAR:
        return int(digits)
    return int(digits) + (1900 if int(digits) >= _PIVOT else 2000)


_READERS: Final = {
    "iso": _iso,
    "cjk": _cjk,
    "numeric": _numeric,
    "named": _named,
    "english": _english,
    "unix": _unix,
}
