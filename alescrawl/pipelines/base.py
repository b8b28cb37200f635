"""What every pipeline has: the crawler that it serves, and the run that it counts in."""

from __future__ import annotations

from typing import TYPE_CHECKING, ParamSpec, Self, TypeVar

from scrapy.exceptions import DropItem

from alescrawl.crawling.discovery.source_spider import SourceSpider
from alescrawl.crawling.failures import RunEnding, Verdict
from alescrawl.crawling.pages.extractor import Extractor
from alescrawl.crawling.pages.reading_processes import LostReader, TooCostly
from alescrawl.crawling.runs.run import Run

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrapy.crawler import Crawler

    from alescrawl.items import Article

P = ParamSpec("P")
T = TypeVar("T")


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

    async def _of_words(
        self, item: Article, function: Callable[P, T], *arguments: P.args, **named: P.kwargs
    ) -> T:
        """Return what *function* makes of the words of *item*, where its CPU is bounded.

        Raises :exc:`DropItem` where it is given up: the page is asked for again another day.
        """
        extractor = self._crawler.get_extension(Extractor)
        if extractor is None:
            return function(*arguments, **named)
        try:
            return await extractor.call(function, *arguments, **named)
        except RunEnding as error:
            # Its address stays due.
            raise DropItem("the run ends") from error
        except TooCostly as error:
            self._give_up(item, "too_costly")
            raise DropItem("reading its words takes too long") from error
        except LostReader as error:
            self._give_up(item, "lost_worker")
            raise DropItem("reading its words ends each process") from error

    def _give_up(self, item: Article, reason: str) -> None:
        spider = self._crawler.spider
        if reason == "too_costly" and isinstance(spider, SourceSpider):
            spider.note_too_costly(item.url)
        if (run := self._run) is not None and item.visit is not None:
            run.recorder.no_article(item.visit, Verdict("failed", reason))
