"""Times of day as they are printed: 18h30, 7 h 45, 6:30 pm, 18.30 Uhr, with their zone."""

from __future__ import annotations

import re
from datetime import timedelta, timezone
from typing import TYPE_CHECKING, Final

from alescrawl.extraction.moments import Clock, zone_named
from alescrawl.text.date_words import ZONES

if TYPE_CHECKING:
    from datetime import tzinfo

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


def clock_after(line: str, folded: str, end: int) -> tuple[Clock | None, int]:
    """Return the time printed from *end* on and where it ends; else ``None`` and *end*."""
    found = _AFTER.match(folded, end, end + _REACH)
    clock = _clock(found, line) if found else None
    return (clock, found.end()) if found and clock else (None, end)


def clock_before(line: str, folded: str, start: int) -> Clock | None:
    """Return the time printed just before *start*, if any."""
    found = _BEFORE.search(folded, max(0, start - _REACH), start)
    return _clock(found, line) if found else None


def _clock(found: re.Match[str], line: str) -> Clock | None:
    hour, sep, minute, half = int(found["hour"]), found["sep"], found["minute"], found["half"]
    if not half and (not sep or sep == "." or (sep == ":" and not minute)):
        return None
    if half and half[0] in "ap":
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if half[0] == "p" else 0)
    second = found["second"]
    clock = Clock(hour, int(minute or 0), int(second) if second else None, _zone(found, line))
    return clock if clock.is_real else None


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
