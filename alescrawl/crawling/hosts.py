"""The hosts of a run: which are no longer asked, why, and until when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from scrapy.utils.httpobj import urlparse_cached
from twisted.python.failure import Failure

from alescrawl.crawling.failures import HostStopped
from alescrawl.crawling.run import Run

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
        self._stopped: dict[str, HostStopped] = {}
        self._met: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the extension."""
        return cls(crawler)

    def check(self, origin: str) -> None:
        """Raise :exc:`HostStopped` where *origin* must not be asked."""
        if origin not in self._met:
            self._met.add(origin)
            self._remember(origin)
        if (stopped := self._stopped.get(origin)) is not None:
            raise HostStopped(stopped.reason, stopped.until)

    def stop(
        self, origin: str, reason: str, detail: str = "", until: datetime | None = None
    ) -> None:
        """Ask *origin* for nothing more; its addresses stay due, not before *until*."""
        if origin in self._stopped:
            return
        self._stopped[origin] = HostStopped(reason, until)
        if (run := self._crawler.get_extension(Run)) is not None:
            run.host_stopped(origin, self._stopped[origin], detail)
        for slot in self._slots():
            self._drop_waiting(slot, origin)

    def _remember(self, origin: str) -> None:
        run = self._crawler.get_extension(Run)
        records = run.host_records if run is not None else None
        if records is not None and (until := records.closed_until(origin)) is not None:
            self.stop(origin, "host_closed", until=until)

    def _slots(self) -> list[Slot]:
        engine = self._crawler.engine
        return [] if engine is None else list(engine.downloader.slots.values())

    def _drop_waiting(self, slot: Slot, origin: str) -> None:
        """Give back the requests that have passed all middlewares and wait for their turn."""
        waiting = list(slot.queue)
        slot.queue.clear()
        for request, answer in waiting:
            if origin_of(request) == origin:
                answer.errback(Failure(self._stopped[origin]))  # type: ignore[no-untyped-call]
            else:
                slot.queue.append((request, answer))
