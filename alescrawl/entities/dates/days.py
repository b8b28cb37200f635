"""Days, months and years as the first and last day of what is meant."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from alescrawl.items import PARIS

_ISO: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}).*)?)?", re.DOTALL)
_DECEMBER = 12


class Days(NamedTuple):
    """From the day *first* to the day *last*."""

    first: date
    last: date

    @property
    def is_day(self) -> bool:
        """Whether it is one day."""
        return self.first == self.last

    @property
    def middle(self) -> date:
        """The day in the middle."""
        return self.first + (self.last - self.first) / 2


def one_day(year: int, month: int, day: int) -> Days | None:
    """Return this day, ``None`` where there is none such."""
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return Days(found, found)


def months(year: int, first: int, last: int) -> Days | None:
    """Return the months *first* to *last*; a *last* before *first* is of the year after."""
    until = year + (last < first)
    try:
        return Days(date(year, first, 1), date(until, last, monthrange(until, last)[1]))
    except ValueError:
        return None


def whole_year(year: int) -> Days | None:
    """Return the year."""
    return months(year, 1, _DECEMBER)


def days_of(published: date | str | None) -> Days | None:
    """Return the days that *published* may be.

    A date; a date-time, whose day is that of Europe/Paris; or ISO text that may end after the
    month or the year. ``None`` for anything else.
    """
    if isinstance(published, datetime):
        published = _in_paris(published)
    if isinstance(published, date):
        return Days(published, published)
    found = _ISO.fullmatch(published or "")
    if found is None:
        return None
    year, month, day = (int(part) if part else 0 for part in found.groups())
    if day:
        return one_day(year, month, day)
    return months(year, month, month) if month else whole_year(year)


def _in_paris(moment: datetime) -> date:
    try:
        return (moment.astimezone(PARIS) if moment.tzinfo else moment).date()
    except OverflowError:  # the first or last day of the calendar
        return moment.date()


def shifted(days: Days, by: int) -> Days | None:
    """Return *days* moved by a number of days; ``None`` beyond the calendar."""
    try:
        away = timedelta(days=by)
        return Days(days.first + away, days.last + away)
    except OverflowError:
        return None
