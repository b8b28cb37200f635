"""The hosts of a run, and of those beside it: which are no longer asked, why, until when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.utils.httpobj import urlparse_cached
from twisted.python.failure import Failure

from alescrawl.crawling.failures import HostStopped, RunEnding
from alescrawl.crawling.hosts.shared import commons_of
from alescrawl.crawling.runs.run import Run

if TYPE_CHECKING:
    from datetime import datetime

    from scrapy import Request
    from scrapy.core.downloader import Slot
    from scrapy.crawler import Crawler


def origin_of(request: Request) -> str:
    """Return the scheme, host and port that *request* goes to: what has one robots.txt."""
    parts = urlparse_cached(request)
    return f"{parts.scheme}://{parts.netloc}"


class Hosts:
    """Scrapy extension: stops hosts for the rest of the run, and remembers for the next."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._commons = commons_of(crawler)
        self._stopped = self._commons.stopped
        self._met: set[str] = set()
        self._told: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the extension, which tells and is told of the hosts of crawls beside it."""
        hosts = cls(crawler)
        hosts._commons.hosts.append(hosts)
        crawler.signals.connect(hosts.spider_closed, signals.spider_closed)
        return hosts

    def spider_closed(self) -> None:
        """Be told no more of what other crawls meet."""
        self._commons.hosts.remove(self)

    def check(self, origin: str) -> None:
        """Raise :exc:`HostStopped` where *origin* must not be asked."""
        if self._commons.is_ending:
            raise RunEnding
        if origin not in self._met:
            self._met.add(origin)
            self._remember(origin)
        if (stopped := self._stopped.get(origin)) is not None:
            self._tell(origin, stopped)
            raise HostStopped(stopped.reason, stopped.until)

    def stop(
        self, origin: str, reason: str, detail: str = "", until: datetime | None = None
    ) -> None:
        """Ask *origin* for nothing more; its addresses stay due, not before *until*."""
        if origin in self._stopped:
            return
        self._stopped[origin] = stopped = HostStopped(reason, until)
        for hosts in self._commons.hosts:
            if origin in hosts._met or hosts is self:  # noqa: SLF001 - of this class
                hosts._tell(origin, stopped, detail)  # noqa: SLF001 - same
        for slot in list(self._commons.slots.values()):
            drop_waiting(slot, stopped, origin)

    def _tell(self, origin: str, stopped: HostStopped, detail: str = "") -> None:
        """Tell the run, once, that *origin* is left alone."""
        if origin not in self._told and (run := self._crawler.get_extension(Run)) is not None:
            self._told.add(origin)
            run.host_stopped(origin, stopped, detail)

    def _remember(self, origin: str) -> None:
        run = self._crawler.get_extension(Run)
        records = run.host_records if run is not None else None
        if records is not None and (until := records.closed_until(origin)) is not None:
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
