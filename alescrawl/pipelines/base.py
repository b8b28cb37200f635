"""What every pipeline has: the crawler that it serves, and the run that it counts in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from alescrawl.crawling.runs.run import Run

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class Pipeline:
    """A pipeline of one crawler; without the extension :class:`Run` nothing is counted."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the pipeline."""
        return cls(crawler)

    @property
    def _run(self) -> Run | None:
        return self._crawler.get_extension(Run)

    def _count(self, name: str, number: int = 1) -> None:
        if number and (run := self._run) is not None:
            run.count(name, number)
