"""When an address is looked at again without any sign of a change: two settings, checked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple, Self

from alescrawl.crawling.arguments import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scrapy.settings import BaseSettings

RECHECKS = "ALESCRAWL_RECHECKS"
RETRIES = "ALESCRAWL_RETRIES"

STATUSES = ("failed", "refused", "not_article", "gone")
"""What an address may be that brought no article; it is asked again all the same, ever later."""

_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_SPAN = re.compile(r"([0-9]{1,5})([mhdw])")
_EXPECTED = {
    RECHECKS: "ages and waits, the youngest first, such as 1d 6h, 7d 1d, 30d 7d",
    RETRIES: f"a first and a longest wait for {', '.join(STATUSES)}, such as failed 1h 30d",
}


class Backoff(NamedTuple):
    """How long to wait after the first failure in a row, doubled each time, and at most."""

    first: timedelta
    longest: timedelta

    def after(self, failures: int) -> timedelta:
        """Return the wait after the *failures*-th failure in a row."""
        return min(self.first * int(2 ** min(failures - 1, 20)), self.longest)


@dataclass(frozen=True, slots=True)
class Schedule:
    """Up to which age an article is looked at again after how long, and what failed after how."""

    rechecks: tuple[tuple[timedelta, timedelta], ...]
    retries: Mapping[str, Backoff]

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        """Return the schedule that the settings describe; raise :exc:`ArgumentError`."""
        rechecks, retries = settings.getlist(RECHECKS), settings.getlist(RETRIES)
        return cls(_read_rechecks(rechecks), _read_retries(retries))

    def recheck(self, now: datetime, published: datetime | None) -> datetime | None:
        """Return when to look at an article again, ``None`` for: only when a route says so."""
        if published is None:
            return None
        age = now - published
        return next((now + wait for limit, wait in self.rechecks if age < limit), None)

    def retry(self, now: datetime, status: str, failures: int) -> datetime:
        """Return when to ask again after the *failures*-th time in a row without an article."""
        return now + self.retries[status].after(failures)


def _read_rechecks(entries: Sequence[str]) -> tuple[tuple[timedelta, timedelta], ...]:
    rechecks: list[tuple[timedelta, timedelta]] = []
    for entry in entries:
        age, wait = _spans(RECHECKS, entry, entry.split())
        if rechecks and age <= rechecks[-1][0]:
            raise _wrong(RECHECKS, entry, "its age is not above the one before")
        rechecks.append((age, wait))
    return tuple(rechecks)


def _read_retries(entries: Sequence[str]) -> dict[str, Backoff]:
    retries = {}
    for entry in entries:
        status, *words = entry.split() or [""]
        if status not in STATUSES:
            raise _wrong(RETRIES, entry, "it begins with no such status")
        first, longest = _spans(RETRIES, entry, words)
        if longest < first:
            raise _wrong(RETRIES, entry, "its longest wait is below its first")
        retries[status] = Backoff(first, longest)
    if missing := [status for status in STATUSES if status not in retries]:
        raise _wrong(RETRIES, ", ".join(entries), f"{', '.join(missing)} is missing")
    return retries


def _spans(setting: str, entry: str, words: Sequence[str]) -> tuple[timedelta, timedelta]:
    found = [match for word in words if (match := _SPAN.fullmatch(word))]
    spans = [timedelta(**{_UNITS[unit]: int(count)}) for count, unit in map(re.Match.groups, found)]
    if len(words) != 2 or len(spans) != 2 or not all(spans):  # noqa: PLR2004 - a pair
        raise _wrong(setting, entry, "it is not two times, each a number above 0 with m, h, d or w")
    return spans[0], spans[1]


def _wrong(setting: str, entry: str, why: str) -> ArgumentError:
    return ArgumentError(
        f"{setting}: {entry!r} cannot be used: {why}; expected are {_EXPECTED[setting]}"
    )
