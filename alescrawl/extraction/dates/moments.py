"""Times of day as they are printed: 18h30, 7 h 45, 6:30 pm, 18.30 Uhr, with their zone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from typing import Final, Literal, NamedTuple
from zoneinfo import ZoneInfo

from alescrawl.text.date_words import ZONES

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


_TIME = (
    r"(?<![\d:])(?P<hour>\d\d?)(?: ?(?P<sep>h(?:eures?)?(?![a-z])|[:.])"
    r"(?: ?(?P<minute>\d\d)(?!\d))?(?::(?P<second>\d\d)(?:[.,]\d{1,9})?)?)?"
    r"(?: ?(?P<half>[ap]\.?m\b\.?|uhr\b|h\b|min\b))?"
    r"(?: ?\(?(?:(?:(?:utc|gmt) ?)?(?P<offset>[+-]\d\d?(?::?\d\d)?)(?!\d)"
    r"|(?P<zone>[a-z]{1,4})\b))?"
)


_AT = r"(?:(?:a|at|um|om|alle|alle ore|a las|as|ore|kl\.?|vers) )?"


_AFTER: Final = re.compile(rf"[ ,;|·•(/t-]{{0,4}}{_AT}{_TIME}")


_BEFORE: Final = re.compile(
    rf"{_TIME}\)?[ ,|·•-]{{0,4}}(?:(?:le|on|den|am) )?(?:[a-z]{{2,10}}[.,]{{0,2}} )?(?:le |den )?$"
)


_REACH = 40


_FURTHEST = timedelta(hours=14)


_NOON = 12


_WEST, _EAST = timedelta(hours=-10), timedelta(hours=-4)


def clock_after(line: str, folded: str, end: int) -> tuple[Clock | None, int]:
    """Return the time printed from *end* on and where it ends; else ``None`` and *end*."""
    found = _AFTER.match(folded, end, end + _REACH)
    clock = _clock(found, line) if found else None
    return (clock, found.end()) if found and clock else (None, end)


def clock_before(line: str, folded: str, start: int) -> Clock | None:
    """Return the time printed just before *start*, if any."""
    found = _BEFORE.search(folded, max(0, start - _REACH), start)
    return _clock(found, line) if found else None


_LASTS: Final = re.compile(
    r" ?(?:de |d'|d’)?(?:lecture|ecoute|podcast|video|audio|visionnage|film|emission|read|listen|"
    r"watch|lesezeit|lettura|lectura|leestijd)|'|’| de | d'|ago\b"
)
"""What follows a time that says how long something lasts; without accents."""


def _is_printed_time(sep: str | None, minute: str | None, half: str | None) -> bool:
    """Tell a time of day from a number: « 4 min » and « 5.30 » are none."""
    if half == "min":
        return bool(sep and minute)
    if half:
        return True
    return bool(sep) and sep != "." and (sep != ":" or bool(minute))


def _clock(found: re.Match[str], line: str) -> Clock | None:
    hour, sep, minute, half = int(found["hour"]), found["sep"], found["minute"], found["half"]
    is_half = bool(half) and half[0] in "ap"
    if not is_half and not _is_printed_time(sep, minute, half):
        return None
    last = max(map(found.end, ("hour", "sep", "minute", "second", "half")))
    if not is_half and _LASTS.match(found.string, last):
        return None
    if half and is_half:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if half[0] == "p" else 0)
    second = found["second"]
    clock = Clock(hour, int(minute or 0), int(second) if second else None, _zone(found, line))
    return clock if clock.is_real else None


def is_american(clock: Clock | None) -> bool:
    """Tell whether *clock* is in a zone of the United States: « 9:15 PM ET »."""
    if clock is None or clock.zone is None:
        return False
    away = clock.zone.utcoffset(datetime(2000, 1, 1))  # noqa: DTZ001 - any day will do
    return away is not None and _WEST <= away <= _EAST


def _zone(found: re.Match[str], line: str) -> tzinfo | None:
    if found["offset"]:
        digits = found["offset"][1:].replace(":", "")
        whole, rest = (digits, "0") if len(digits) < 3 else (digits[:-2], digits[-2:])  # noqa: PLR2004
        away = timedelta(hours=int(whole), minutes=int(rest))
        return timezone(-away if found["offset"][0] == "-" else away) if away <= _FURTHEST else None
    name = found["zone"]
    # In lower case they are words: « 18h30 et … », « est ».
    if name not in ZONES or not line[slice(*found.span("zone"))].isupper():
        return None
    zone = ZONES[name]
    return zone_named(zone) if isinstance(zone, str) else timezone(timedelta(hours=zone))
