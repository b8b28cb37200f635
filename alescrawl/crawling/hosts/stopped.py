"""The hosts of a run, and of those beside it: which are no longer asked, why, until when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Protocol, Self

from scrapy import signals
from scrapy.utils.httpobj import urlparse_cached
from twisted.python.failure import Failure

from alescrawl.crawling.failures import HostStopped, RunEnding
from alescrawl.crawling.hosts.shared import shared_hosts

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.core.downloader import Slot
    from scrapy.crawler import Crawler

    from alescrawl.dataset.ledger.host_records import HostRecords


def origin_of(request: Request) -> str:
    """Return the scheme, host and port that *request* goes to: what has one robots.txt."""
    parts = urlparse_cached(request)
    # Who asks is no part of it.
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


class HostReports(Protocol):
    """What a crawl reports of its hosts to, and learns of them from earlier ones: its run."""

    @property
    def records(self) -> HostRecords | None:
        """What is kept of hosts; ``None`` where nothing is."""

    def host_stopped(self, origin: str, stopped: HostStopped, detail: str) -> None:
        """Record that *origin* is asked for nothing more."""

    def count(self, name: str, by: int = 1) -> None:
        """Count what happened under *name*."""


class Hosts:
    """Scrapy extension: stops hosts for the rest of the run, and remembers for the next.

    ``reports`` is set by whoever wants to be told.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._shared = shared_hosts(crawler)
        self._longest = timedelta(hours=crawler.settings.getfloat("ALESCRAWL_LONGEST_PAUSE"))
        self._stopped = self._shared.stopped
        self._asked: set[str] = set()
        self._reported: set[str] = set()
        self.reports: HostReports | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the extension, which tells and is told of the hosts of crawls beside it."""
        hosts = cls(crawler)
        hosts._shared.listeners.append(hosts)
        crawler.signals.connect(hosts.spider_closed, signals.spider_closed)
        return hosts

    def spider_closed(self) -> None:
        """Be told no more of what other crawls meet."""
        self._shared.listeners.remove(self)

    def check(self, origin: str) -> None:
        """Raise :exc:`HostStopped` where *origin* must not be asked."""
        if self._shared.is_ending:
            raise RunEnding
        if origin not in self._asked:
            self._asked.add(origin)
            self._remember(origin)
        if (stopped := self._stopped.get(origin)) is not None:
            self._report(origin, stopped)
            raise HostStopped(stopped.reason, stopped.until)

    def stop(
        self, origin: str, reason: str, detail: str = "", until: datetime | None = None
    ) -> None:
        """Ask *origin* for nothing more; its addresses stay due, not before *until*.

        That is no later than the longest pause that a setting allows.
        """
        if origin in self._stopped:
            return
        if until is not None and reason != "host_closed":
            until = min(until, datetime.now(UTC) + self._longest)
        self._stopped[origin] = stopped = HostStopped(reason, until)
        self._asked.add(origin)
        for each in self._shared.listeners:
            each.other_stopped(origin, stopped, detail)
        for slot in list(self._shared.slots.values()):
            drop_waiting(slot, stopped, origin)

    def other_stopped(self, origin: str, stopped: HostStopped, detail: str) -> None:
        """Report a host that this crawl or another stopped, if this one asks it."""
        if origin in self._asked:
            self._report(origin, stopped, detail)

    def count(self, name: str) -> None:
        """Count what happened to a host under *name*."""
        if self.reports is not None:
            self.reports.count(name)

    @property
    def records(self) -> HostRecords | None:
        """What is kept of hosts from run to run; ``None`` where nothing is."""
        return self.reports.records if self.reports is not None else None

    def _report(self, origin: str, stopped: HostStopped, detail: str = "") -> None:
        """Report, once, that *origin* is left alone."""
        if origin not in self._reported and self.reports is not None:
            self._reported.add(origin)
            self.reports.host_stopped(origin, stopped, detail)

    def _remember(self, origin: str) -> None:
        if self.records is not None and (until := self.records.closed_until(origin)) is not None:
            self.stop(origin, "host_closed", until=until)


def drop_waiting(slot: Slot, why: HostStopped, origin: str | None = None) -> None:
    """Give back the requests, to *origin* or all, that wait for their turn in *slot*."""
    waiting = list(slot.queue)
    slot.queue.clear()
    for request, answer in waiting:
        if origin in {None, origin_of(request)}:
            answer.errback(Failure(why))  # type: ignore[no-untyped-call]
        else:
            slot.queue.append((request, answer))
