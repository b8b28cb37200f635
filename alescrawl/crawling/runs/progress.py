"""Progress on a terminal while a crawl runs; silent anywhere else."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Self

from rich.console import Console
from scrapy import signals
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import create_looping_call

from alescrawl.crawling.hosts.stopped import origin_of
from alescrawl.crawling.runs.estimate import Estimate, estimate, in_units
from alescrawl.crawling.runs.run import Run

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


UPDATES_BETWEEN_COUNTS = 10
SECONDS = 0.2


class ProgressMeter:
    """How far a run is: updated a few times a second, with what remains counted now and then.

    ``remaining`` is what is to come.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._updates = 0
        self.remaining = Estimate(0, 0, 0)

    def update(self) -> Run | None:
        """Return the run as it is now, ``None`` where it has not begun or is over."""
        run = self._crawler.get_extension(Run)
        if run is None or not run.source or run.finish_reason is not None:
            return None
        if self._updates % UPDATES_BETWEEN_COUNTS == 0:
            left = self._limit_left(run)
            # What is on its way is no longer due.
            sent = self._on_their_way()
            due = Counter(run.frontier.due() if left != 0 else {}) + sent
            limit = None if left is None else left + sent.total()
            self.remaining = estimate(self._crawler, due, limit)
        self._updates += 1
        return run

    @property
    def fetched(self) -> int:
        """How many answers have come."""
        return int(self._crawler.stats.get_value("response_received_count", 0))

    def _limit_left(self, run: Run) -> int | None:
        limits = getattr(self._crawler.spider, "limits", None)
        limit: int | None = getattr(limits, "limit", None)
        return None if limit is None else max(limit - run.counts["requested"], 0)

    def _on_their_way(self) -> Counter[str]:
        return Counter(map(origin_of, self._crawler.engine.downloader.active))


class Progress:
    """Scrapy extension: one line that says how far the run is."""

    def __init__(self, crawler: Crawler, console: Console) -> None:
        self._meter = ProgressMeter(crawler)
        self._status = console.status("")
        self._loop = create_looping_call(self._show)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the extension; raise :exc:`NotConfigured` where nobody watches."""
        console = Console(stderr=True)
        if not console.is_terminal or crawler.settings["LOG_LEVEL"] in {"DEBUG", "INFO"}:
            raise NotConfigured
        progress = cls(crawler, console)
        crawler.signals.connect(progress.spider_opened, signals.spider_opened)
        crawler.signals.connect(progress.spider_closed, signals.spider_closed)
        return progress

    def spider_opened(self) -> None:
        """Begin to show."""
        self._status.start()
        self._loop.start(SECONDS)

    def spider_closed(self) -> None:
        """Leave the line to what comes next."""
        if self._loop.running:
            self._loop.stop()
        self._status.stop()

    def _show(self) -> None:
        if (run := self._meter.update()) is not None:
            meter = self._meter
            self._status.update(progress_line(run, meter.fetched, meter.remaining))


def progress_line(run: Run, fetched: int, remaining: Estimate) -> str:
    """Return how far *run* is, in words: *fetched* responses, and what is *remaining*."""
    counts = run.counts
    parts = [
        f"{counts['route/listed']:,} found",
        f"{fetched:,} fetched",
        f"{counts['article/new']:,} new",
        f"{counts['article/changed']:,} changed",
    ]
    if remaining.requests:
        hosts = "host" if remaining.hosts == 1 else "hosts"
        parts.append(f"{remaining.requests:,} to go on {remaining.hosts} {hosts}")
        parts.append(f"{in_units(remaining.seconds)} left")
    return f"{run.source}: {', '.join(parts)}"
