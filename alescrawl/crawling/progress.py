"""Progress on a terminal while a crawl runs; silent anywhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from rich.console import Console
from scrapy import signals
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import create_looping_call

from alescrawl.crawling.estimate import in_units
from alescrawl.crawling.outlook import Outlook

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from alescrawl.crawling.estimate import Estimate
    from alescrawl.crawling.run import Run

SECONDS = 0.2


class Progress:
    """Scrapy extension: one line that says how far the run is."""

    def __init__(self, crawler: Crawler, console: Console) -> None:
        self._outlook = Outlook(crawler)
        self._status = console.status("")
        self._beat = create_looping_call(self._show)

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
        self._beat.start(SECONDS)

    def spider_closed(self) -> None:
        """Leave the line to what comes next."""
        if self._beat.running:
            self._beat.stop()
        self._status.stop()

    def _show(self) -> None:
        if (run := self._outlook.look()) is not None:
            outlook = self._outlook
            self._status.update(progress_line(run, outlook.fetched, outlook.ahead))


def progress_line(run: Run, fetched: int, ahead: Estimate) -> str:
    """Return how far *run* is, in words: *fetched* responses, and what is *ahead*."""
    counts = run.counts
    parts = [
        f"{counts['route/listed']:,} found",
        f"{fetched:,} fetched",
        f"{counts['article/new']:,} new",
        f"{counts['article/changed']:,} changed",
    ]
    if ahead.requests:
        hosts = "host" if ahead.hosts == 1 else "hosts"
        parts.append(f"{ahead.requests:,} to go on {ahead.hosts} {hosts}")
        parts.append(f"{in_units(ahead.seconds)} left")
    return f"{run.source}: {', '.join(parts)}"
