"""What the crawls of one process share: the pace of each host, its answers, the reading workers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    import asyncio
    from concurrent.futures import ProcessPoolExecutor

    from scrapy import Request
    from scrapy.core.downloader import Slot
    from scrapy.crawler import Crawler

    from alescrawl.crawling.failures import HostStopped
    from alescrawl.crawling.hosts.downloader import SharingDownloader
    from alescrawl.crawling.hosts.stopped import Hosts
    from alescrawl.dataset.ledger.host_records import HostFile


@dataclass(slots=True)
class Trouble:
    """How often in a row a host has refused, or has not answered."""

    refusals: int = 0
    silences: int = 0


@dataclass(eq=False)
class Commons:
    """Shared by crawls that run at once; a crawl that runs alone has its own.

    Scrapy keeps all of it for each crawl, so that a host of two sources would be asked twice as
    often as it wants. ``slots``, ``delays`` (settings of a slot that is made anew), ``floors``
    (seconds) and ``trouble`` are by slot or origin; ``owners`` says whose request waits or is on
    its way, ``downloads`` are those that have been sent.
    """

    slots: dict[str, Slot] = field(default_factory=dict)
    delays: dict[str, dict[str, Any]] = field(default_factory=dict)
    floors: dict[str, float] = field(default_factory=dict)
    trouble: defaultdict[str, Trouble] = field(default_factory=lambda: defaultdict(Trouble))
    stopped: dict[str, HostStopped] = field(default_factory=dict)
    hosts: list[Hosts] = field(default_factory=list)
    asked: dict[tuple[str, str], asyncio.Future[HostFile]] = field(default_factory=dict)
    owners: dict[Request, SharingDownloader] = field(default_factory=dict)
    downloads: set[asyncio.Task[None]] = field(default_factory=set)
    workers: ProcessPoolExecutor | None = None
    users: int = 0
    """How many need the workers; the last one ends them."""
    is_of_many: bool = False
    """Whether sources are crawled side by side, which something else shows."""
    is_ending: bool = False
    """Whether nothing more is sent."""

    def release(self) -> None:
        """End the workers where nobody needs them any more."""
        self.users -= 1
        if not self.users and self.workers is not None:
            self.workers.shutdown(cancel_futures=True)
            self.workers = None


_COMMONS: WeakKeyDictionary[Crawler, Commons] = WeakKeyDictionary()


def commons_of(crawler: Crawler) -> Commons:
    """Return what *crawler* shares with others, or has for itself."""
    return _COMMONS.setdefault(crawler, Commons())


def share(crawler: Crawler, commons: Commons) -> None:
    """Let *crawler*, which has not begun, share *commons*."""
    _COMMONS[crawler] = commons
