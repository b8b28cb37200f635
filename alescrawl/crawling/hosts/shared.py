"""The hosts of all crawls of the process: their slots, delays, refusals, and who is stopped."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from alescrawl.crawling.components import PerCrawl

if TYPE_CHECKING:
    import asyncio

    from scrapy import Request
    from scrapy.core.downloader import Downloader, Slot
    from scrapy.crawler import Crawler

    from alescrawl.crawling.failures import HostStopped
    from alescrawl.dataset.ledger.host_records import HostFile


class StopListener(Protocol):
    """Is told of the hosts that are asked for nothing more, by whichever crawl stopped them."""

    def other_stopped(self, origin: str, stopped: HostStopped, detail: str) -> None:
        """Note that *origin* was stopped, why, and in what detail."""


@dataclass(slots=True)
class FailureCounts:
    """How often in a row a host has refused, or has not answered; how often it did otherwise."""

    refusals: int = 0
    answers: int = 0
    silences: int = 0


@dataclass(eq=False)
class SharedHosts:
    """Shared by crawls that run at once; a crawl that runs alone has its own.

    Scrapy keeps all of it for each crawl, so that a host of two sources would be asked twice as
    often as it wants. ``slots``, ``slot_settings`` (of a slot that is made anew) and
    ``least_delays`` (seconds) are by the key of a slot, ``failures`` and ``stopped`` by origin;
    ``file_requests`` are on their way, by origin and path. ``downloaders`` says whose request
    waits or is on its way, ``downloads`` are those that have been sent.
    """

    slots: dict[str, Slot] = field(default_factory=dict)
    slot_settings: dict[str, dict[str, Any]] = field(default_factory=dict)
    least_delays: dict[str, float] = field(default_factory=dict)
    failures: defaultdict[str, FailureCounts] = field(
        default_factory=lambda: defaultdict(FailureCounts)
    )
    stopped: dict[str, HostStopped] = field(default_factory=dict)
    listeners: list[StopListener] = field(default_factory=list)
    file_requests: dict[tuple[str, str], asyncio.Future[HostFile]] = field(default_factory=dict)
    downloaders: dict[Request, Downloader] = field(default_factory=dict)
    downloads: set[asyncio.Task[None]] = field(default_factory=set)
    is_of_many: bool = False
    """Whether sources are crawled side by side, which something else shows."""
    is_ending: bool = False
    """Whether nothing more is sent."""


_HOSTS = PerCrawl(SharedHosts)


def shared_hosts(crawler: Crawler) -> SharedHosts:
    """Return the hosts that *crawler* shares with others, or has for itself."""
    return _HOSTS.of(crawler)


def share_hosts(crawler: Crawler, hosts: SharedHosts) -> None:
    """Let *crawler*, which has not begun, share *hosts*."""
    _HOSTS.share(crawler, hosts)
