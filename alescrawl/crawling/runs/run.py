"""The run of one spider: opens its ledger, counts what happens, and publishes at the end."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING, Final, Self

from scrapy import signals

from alescrawl.crawling.arguments import Limits
from alescrawl.crawling.hosts.stopped import Hosts
from alescrawl.crawling.runs.followed import Followed
from alescrawl.crawling.runs.frontier import RunFrontier, RunHosts
from alescrawl.crawling.runs.moves import RunMoves
from alescrawl.crawling.runs.open_ledger import LedgerAccess
from alescrawl.crawling.runs.recorder import Recorder
from alescrawl.crawling.runs.routes import RunRoutes
from alescrawl.crawling.source import Source
from alescrawl.dataset.folder import Folder
from alescrawl.dataset.ledger.window import Window
from alescrawl.dataset.locks import HeldError

if TYPE_CHECKING:
    from pathlib import Path

    from scrapy import Spider
    from scrapy.crawler import Crawler
    from scrapy.statscollectors import StatsCollector

    from alescrawl.crawling.runs.estimate import Estimate
    from alescrawl.crawling.runs.open_ledger import RunLedger
    from alescrawl.dataset.errors import DatasetError
    from alescrawl.dataset.gate.verdicts import Judgement
    from alescrawl.dataset.ledger.clock import Distrusted
    from alescrawl.items import RawPage

_SENT: Final = "downloader/request_count"
_RECEIVED: Final = "downloader/response_bytes"
_STATUS: Final = "downloader/response_status_count/"


class Run:
    """Scrapy extension: opens the ledger for a :class:`NewsSpider`, closes and publishes it.

    What it is made of has a part each: ``frontier``, the addresses to ask for; ``routes``, what
    lists them; ``hosts``; ``recorder``, what the addresses came to. Every count is also in
    Scrapy's stats: ``article/new``, ``page/failed/timeout`` …

    ``refused`` is the first page that was no article, where it may be kept for a look.
    ``error`` is the line to show a user where the output folder could not be used: then the
    crawl ends, and what is stored stays (``is_unusable``; ``is_busy`` where another process crawls
    the source), or where no route could be found.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self.folder = Folder.from_settings(crawler.settings)
        self.source = ""
        self.window = Window()
        self.counts: Counter[str] = Counter()
        self.estimate: Estimate | None = None
        self.refused: RawPage | None = None
        self.judgement: Judgement | None = None
        self.bad_page: Path | None = None
        self.has_waiting_rows = False
        self.distrusted: Distrusted | None = None
        self.error: str | None = None
        self.is_busy = self.is_unusable = False
        self.finish_reason: str | None = None
        self._access = LedgerAccess(self.folder, self._note_unusable)
        self.frontier = RunFrontier(self._access, self.count)
        self.routes = RunRoutes(self._access, self.count)
        self.hosts = RunHosts(self.frontier)
        self.moves = RunMoves(self._access, self.count)
        self.recorder = Recorder(self._access, self.count, self.moves)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the extension, connected to the crawler's signals."""
        run = cls(crawler)
        crawler.signals.connect(run.spider_opened, signals.spider_opened)
        crawler.signals.connect(run.spider_closed, signals.spider_closed)
        return run

    def spider_opened(self, spider: Spider) -> None:
        """Begin the run of a spider that has limits; leave any other alone."""
        if (hosts := self._crawler.get_extension(Hosts)) is not None:
            hosts.reports = self.hosts
        limits = getattr(spider, "limits", None)
        if not isinstance(limits, Limits):
            return
        self.source = str(getattr(spider, "source", spider.name))
        self._access.open(self.source, spider, limits, self._crawler.settings)
        if self._access.is_open:
            self.window = self._access.ledger.window
            self.distrusted = self._access.ledger.distrusted
            if self.distrusted is not None:
                self.count("clock/not_believed", self.distrusted.addresses)
            if isinstance(spider, Source):
                self.routes.state(spider.routes if spider.verified else ())
                self.moves.begin(spider, self.source, getattr(spider, "followed", Followed()))

    def spider_closed(self, reason: str) -> None:
        """Record how the run ended and publish what it stored."""
        self.finish_reason = reason
        try:
            if self._access.is_open:
                with self._access.noting():
                    self._end(self._access.ledger, reason)
        finally:
            # Also after a fault of ours: other runs of this process go on.
            self._access.close()

    def _end(self, ledger: RunLedger, reason: str) -> None:
        self.counts.update(traffic(self._crawler.stats))
        self.counts["found"] = ledger.frontier.listed()
        if (doubted := ledger.frontier.not_believed()) > 0:
            self.count("lastmod/not_believed", doubted)
        ledger.end(reason, self.counts)
        self.routes.keep_health(self.moves.left())
        moves = [str(move) for move in self.moves.conclude()]
        answered = self.routes.answered(self.moves.left(), moves)
        self.judgement, self.bad_page = ledger.judge(answered, self.refused)
        ledger.publish()
        self.has_waiting_rows = ledger.has_waiting_rows
        if count := ledger.trim_archive():
            self.count("raw/dropped", count)

    def count(self, name: str, by: int = 1) -> None:
        """Count what happened under *name*, here and in Scrapy's stats."""
        self.counts[name] += by
        if self._crawler.stats is not None:
            self._crawler.stats.inc_value(name, by)

    def broken_off(self) -> None:
        """Record that a fault of our own keeps the spider from going on to ask."""
        self.count("start/fault")
        self.error = self.error or (
            "a fault of the program ended it before all was asked for: please report the "
            "traceback above; the next run takes up the rest"
        )

    def stop(self, reason: str) -> None:
        """End the crawl, from where Scrapy does not take a :exc:`CloseSpider` for itself."""
        engine = self._crawler.engine
        if engine is not None and engine.spider is not None:
            # Not awaited: closing waits for the very item that asks for it.
            self._closing = asyncio.ensure_future(engine.close_spider_async(reason=reason))

    def _note_unusable(self, error: DatasetError) -> None:
        self.is_unusable = True
        self.is_busy = isinstance(error, HeldError)
        self.error = self.error or str(error)


def traffic(stats: StatsCollector) -> dict[str, int]:
    """Return counts by name, such as ``traffic/requests`` and ``traffic/status/304``.

    ``traffic/bytes`` are those that came, headers and compressed bodies.
    """
    counted = {
        "traffic/requests": int(stats.get_value(_SENT, 0)),
        "traffic/bytes": int(stats.get_value(_RECEIVED, 0)),
    }
    for name, count in stats.get_stats().items():
        if name.startswith(_STATUS):
            counted[f"traffic/status/{name.removeprefix(_STATUS)}"] = int(count)
    return counted
