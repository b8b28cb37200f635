"""Dates as a French newsroom prints them, in Paris time."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import datetime

PARIS = ZoneInfo("Europe/Paris")
# fmt: off
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)
# fmt: on


def day_in_words(moment: datetime) -> str:
    """Return the day of *moment* in Paris: « 1er avril 2026 ».

    >>> from datetime import UTC, datetime
    >>> day_in_words(datetime(2026, 3, 31, 22, 0, tzinfo=UTC))
    '1er avril 2026'
    """
    local = moment.astimezone(PARIS)
    day = "1er" if local.day == 1 else str(local.day)
    return f"{day} {MONTHS[local.month - 1]} {local.year}"


def moment_in_words(moment: datetime) -> str:
    """Return day and minute of *moment* in Paris: « 3 mars 2026 à 07:45 »."""
    return f"{day_in_words(moment)} à {moment.astimezone(PARIS):%H:%M}"
