"""From a day, a time of day and a zone to a moment in UTC, or to nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

_YEARS = range(1900, 2101)
_NOTHING = frozenset({(1900, 1, 1), (1970, 1, 1)})
"""What systems print where they have no date."""

Precision = Literal["second", "minute", "day"]


@dataclass(slots=True, frozen=True)
class ParsedDate:
    """A moment that was read.

    ``when`` is aware, in UTC; with the precision ``day`` it is midnight in the reader's zone.
    ``raw`` is the string it was read from. ``relative`` is true for what had to be reckoned
    from the time of the fetch.
    """

    when: datetime
    precision: Precision
    raw: str
    relative: bool = False


class Clock(NamedTuple):
    """A time of day; ``second`` and ``zone`` are ``None`` where they are not given."""

    hour: int
    minute: int
    second: int | None
    zone: tzinfo | None

    @property
    def is_real(self) -> bool:
        """Whether there is such a time; 24:00 ends a day, 23:59:60 is a leap second."""
        if self.hour == 24:  # noqa: PLR2004
            return self.minute == 0 and not self.second
        return self.hour < 24 and self.minute < 60 and (self.second or 0) <= 60  # noqa: PLR2004


def moment(
    day: tuple[int, int, int], clock: Clock | None, zone: tzinfo, raw: str
) -> ParsedDate | None:
    """Return the moment of *clock* on *day* (year, month, day), in *zone* unless it has its own.

    ``None`` for days that do not exist and years before 1900 or after 2100. An impossible
    time of day is left out.
    """
    if day[0] not in _YEARS or day in _NOTHING:
        return None
    if clock is not None and not clock.is_real:
        clock = None
    try:
        start = datetime(*day, tzinfo=clock.zone if clock and clock.zone else zone)
    except ValueError:
        return None
    if clock is None:
        return ParsedDate(start.astimezone(UTC), "day", raw)
    local = _at(start, clock)
    return ParsedDate(local.astimezone(UTC), "minute" if clock.second is None else "second", raw)


def _at(start: datetime, clock: Clock) -> datetime:
    if clock.hour == 24:  # noqa: PLR2004
        return start + timedelta(days=1)
    return start.replace(hour=clock.hour, minute=clock.minute, second=min(clock.second or 0, 59))


def plausible(when: datetime, precision: Precision, raw: str) -> ParsedDate | None:
    """Return *when* (aware) as a parsed date; ``None`` where it is no date of an article."""
    if when.year not in _YEARS or (when.year, when.month, when.day) in _NOTHING:
        return None
    return ParsedDate(when.astimezone(UTC).replace(microsecond=0), precision, raw)


@cache
def zone_named(name: str) -> ZoneInfo:
    """Return the zone with the IANA *name*; raises ``ZoneInfoNotFoundError``."""
    return ZoneInfo(name)
