"""How much a run has to ask for, and how long that takes at the delay of each host."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scrapy import Request

from alescrawl.crawling.hosts.throttle import Throttle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scrapy.crawler import Crawler

LONG = 300.0
"""Seconds; a run that takes longer says so before it begins."""

_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_UNITS = ((2 * _DAY, _DAY, "days"), (2 * _HOUR, _HOUR, "hours"), (2 * _MINUTE, _MINUTE, "minutes"))


@dataclass(frozen=True, slots=True)
class Estimate:
    """Requests for articles, the hosts that they go to, and the time that the delays make."""

    requests: int
    hosts: int
    seconds: float

    def __str__(self) -> str:
        requests = "request" if self.requests == 1 else "requests"
        hosts = "host" if self.hosts == 1 else "hosts"
        time = f"about {in_units(self.seconds)}" if self.requests else "nothing to do"
        return f"{self.requests:,} {requests} to {self.hosts} {hosts}, {time}"


def estimate(crawler: Crawler, due: Mapping[str, int], limit: int | None = None) -> Estimate:
    """Return what it takes to ask for what is *due* by host, at most *limit* of it.

    Hosts are asked at the same time: the one that takes longest counts.
    """
    total = sum(due.values())
    requests = total if limit is None else min(total, limit)
    longest = max((n * _delay(crawler, host) for host, n in due.items()), default=0.0)
    return Estimate(requests, len(due), longest * requests / total if total else 0.0)


def _delay(crawler: Crawler, origin: str) -> float:
    throttle = crawler.get_extension(Throttle)
    return throttle.delay_of(Request(origin)) if throttle is not None else 0.0


def in_units(seconds: float) -> str:
    """Return a time as a person would say it, such as ``21 minutes``."""
    for least, unit, name in _UNITS:
        if seconds >= least:
            return f"{seconds / unit:.0f} {name}"
    return f"{seconds:.0f} s"
