"""Removes the paragraphs that a source repeats in its articles and that are not theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from alescrawl.crawling.run import Run
from alescrawl.crawling.source import any_of
from alescrawl.items import straight_quotes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scrapy.crawler import Crawler

    from alescrawl.items import Article, Paragraph


class BoilerplatePipeline:
    """Drops the paragraphs that the source's ``boilerplate`` or ``endings`` are about."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._boilerplate = self._endings = any_of(())
        self._run: Run | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the pipeline."""
        return cls(crawler)

    def open_spider(self) -> None:
        """Read the source's facts."""
        self._boilerplate = any_of(getattr(self._crawler.spider, "boilerplate", ()))
        self._endings = any_of(getattr(self._crawler.spider, "endings", ()))
        self._run = self._crawler.get_extension(Run)

    def process_item(self, item: Article) -> Article:
        """Return *item* without the lines that are not its own."""
        kept = list(self._own(item.paragraphs))
        if removed := len(item.paragraphs) - len(kept):
            item.set_paragraphs(kept)
            if self._run is not None:
                self._run.count("boilerplate/paragraphs", removed)
        return item

    def _own(self, paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
        for paragraph in paragraphs:
            text = straight_quotes(paragraph.text)
            if self._endings.fullmatch(text):
                return
            if not self._boilerplate.fullmatch(text):
                yield paragraph
