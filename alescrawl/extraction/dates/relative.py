"""Dates that can only be told from the time of the fetch: il y a 2 heures, hier, 3 août."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from alescrawl.extraction.dates.moments import ParsedDate, clock_after, moment
from alescrawl.text.date_words import (
    AFTER_COUNT,
    BEFORE_COUNT,
    COUNTS,
    DAYS,
    MONTH_PATTERN,
    MONTHS,
    UNITS,
)
from alescrawl.text.folding import fold

if TYPE_CHECKING:
    from datetime import date, tzinfo


def _one_of(words: list[str] | dict[str, int]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_COUNT = rf"(?P<count>\d{{1,3}}|{_one_of(COUNTS)}) ?(?P<unit>{_one_of(UNITS)})"
_AGO: Final = (
    re.compile(rf"(?<![a-z])(?:{_one_of(BEFORE_COUNT)}) {_COUNT}(?![a-z])"),
    re.compile(rf"(?<![a-z\d]){_COUNT} (?:{_one_of(AFTER_COUNT)})(?![a-z])"),
)
_DAY: Final = re.compile(rf"(?<![a-z])(?:{_one_of(DAYS)})(?![a-z'])")
_NO_YEAR: Final = re.compile(
    rf"(?<!\d)(?<!\d[./-])(?P<day>\d\d?)(?: ?er\b|\.)? (?P<month>{MONTH_PATTERN})(?![a-z])\.?"
)
_HOUR = 3_600
_MOST_BEFORE, _MOST_AFTER = 30, 3


def read_relative(line: str, now: datetime, zone: tzinfo) -> ParsedDate | None:
    """Return the date that *line* tells from *now*, in *zone*; flagged as relative."""
    folded = fold(line)
    found = _ago(folded, now, zone) or _day_word(line, folded, now, zone)
    found = found or _without_year(line, folded, now, zone)
    return ParsedDate(found.when, found.precision, line, relative=True) if found else None


def _ago(folded: str, now: datetime, zone: tzinfo) -> ParsedDate | None:
    found = _AGO[0].search(folded) or _AGO[1].search(folded)
    if found is None:
        return None
    unit = UNITS[found["unit"]]
    number = int(found["count"]) if found["count"].isdigit() else COUNTS[found["count"]]
    then = now - timedelta(seconds=number * unit)
    if unit < _HOUR:
        return ParsedDate(then.astimezone(UTC), "minute", "")
    return _midnight(then.astimezone(zone), zone)


def _midnight(day: date, zone: tzinfo) -> ParsedDate | None:
    return moment((day.year, day.month, day.day), None, zone, "")


def _day_word(line: str, folded: str, now: datetime, zone: tzinfo) -> ParsedDate | None:
    found = _DAY.search(folded)
    if found is None:
        return None
    clock, end = clock_after(line, folded, found.end())
    if not _is_alone(folded, found.start(), end):
        return None  # a word of a sentence, or « hier » in German
    day = now.astimezone(zone) - timedelta(days=DAYS[found[0]])
    return moment((day.year, day.month, day.day), clock, zone, "")


def _without_year(line: str, folded: str, now: datetime, zone: tzinfo) -> ParsedDate | None:
    """Return the last such day that is not later than tomorrow."""
    found = _NO_YEAR.search(folded)
    if found is None:
        return None
    clock, end = clock_after(line, folded, found.end())
    if not _is_alone(folded, found.start(), end):
        return None
    for year in (now.year + 1, now.year, now.year - 1):
        day = (year, MONTHS[found["month"]], int(found["day"]))
        date = moment(day, clock, zone, "")
        if date is not None and date.when <= now + timedelta(days=1):
            return date
    return None


def _is_alone(folded: str, start: int, end: int) -> bool:
    return start <= _MOST_BEFORE and len(folded) - end <= _MOST_AFTER
