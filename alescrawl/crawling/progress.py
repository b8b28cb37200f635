"""Progress on a terminal while a crawl runs; silent anywhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from rich.console import Console
from scrapy import signals
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import create_looping_call

from alescrawl.crawling.run import Run

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

SECONDS = 0.2


class Progress:
    """Scrapy extension: one line that says how far the run is."""

    def __init__(self, crawler: Crawler, console: Console) -> None:
        self._crawler = crawler
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
        run = self._crawler.get_extension(Run)
        if run is not None:
            self._status.update(progress_line(run))


def progress_line(run: Run) -> str:
    """Return how far *run* is, in words."""
    counts = run.counts
    asked, stored = counts["requested"], counts["article/new"] + counts["article/changed"]
    listed = counts["route/listed"]
    return f"{run.source}: {listed} listed, {asked} asked for, {stored} new or changed"
