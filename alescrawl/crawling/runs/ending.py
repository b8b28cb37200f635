"""Ending crawls when a signal comes: what was sent has some seconds, then all is left as it is."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from scrapy.utils.ossignal import install_shutdown_handlers
from twisted.internet.defer import AlreadyCalledError
from twisted.internet.error import AlreadyCalled

from alescrawl.crawling.failures import RunEnding
from alescrawl.crawling.hosts.shared import shared_hosts
from alescrawl.crawling.hosts.stopped import drop_waiting
from alescrawl.crawling.pages.extractor import workers_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scrapy.crawler import Crawler, CrawlerProcessBase

    from alescrawl.crawling.hosts.shared import SharedHosts
    from alescrawl.crawling.pages.extractor import SharedWorkers

GRACE: Final = 3.0
"""Seconds in which what was sent may still be answered once a run is to end."""
_NOT_OPEN_YET: Final = 0.05


def send_nothing_more(hosts: SharedHosts) -> None:
    """Give back what waits for its turn, and whatever else is to be sent."""
    hosts.is_ending = True
    for slot in list(hosts.slots.values()):
        drop_waiting(slot, RunEnding())


def cut(hosts: SharedHosts, workers: SharedWorkers) -> None:
    """Wait for no answer, and for nothing that is being read."""
    for download in list(hosts.downloads):
        download.cancel()
    workers.end()


async def close(crawler: Crawler, reason: str) -> None:
    """Close *crawler*, which may not be open yet, as soon as it can be closed whole."""
    while crawler.crawling:
        with suppress(RuntimeError):
            if crawler.engine is not None and crawler.engine.running:
                await crawler.engine.close_spider_async(reason=reason)
                return
        await asyncio.sleep(_NOT_OPEN_YET)


class Ending:
    """Ends *crawlers*, those that run when the signal comes; at the second signal at once."""

    def __init__(self, crawlers: Callable[[], Iterable[Crawler]]) -> None:
        self._crawlers = crawlers
        self._closing: list[asyncio.Task[None]] = []

    def begin(self) -> None:
        """Send nothing more, and end; called again, wait for no answer."""
        if self._closing:
            self._cut()
            return
        loop = asyncio.get_running_loop()
        for crawler in self._crawlers():
            send_nothing_more(shared_hosts(crawler))
            self._closing.append(loop.create_task(close(crawler, "shutdown")))
        loop.call_later(GRACE, self._cut)

    def _cut(self) -> None:
        for crawler in self._crawlers():
            cut(shared_hosts(crawler), workers_of(crawler))


class _LateTimers(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        return not isinstance(error, AlreadyCalled | AlreadyCalledError)


def hush_late_timers() -> None:
    """Log nothing of a timer that fires in the very turn in which its connection is closed.

    Scrapy and Twisted stop it then a second time, which harms nothing.
    """
    for name in ("twisted", "asyncio", "scrapy"):
        logger = logging.getLogger(name)
        if not any(isinstance(each, _LateTimers) for each in logger.filters):
            logger.addFilter(_LateTimers())


def run_until_signal(process: CrawlerProcessBase) -> Ending:
    """Run the crawls of *process* until all are done or a signal comes; return how it ended."""
    ending = Ending(lambda: list(process.crawlers))
    loop = asyncio.get_event_loop()

    def on_signal(*_: object) -> None:
        loop.call_soon_threadsafe(ending.begin)

    install_shutdown_handlers(on_signal)
    hush_late_timers()
    process.start(install_signal_handlers=False)
    return ending
