"""Removes the paragraphs that a source repeats in its articles and that are not theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alescrawl.crawling.source import any_of
from alescrawl.extraction.byline.signature_lines import without_signatures
from alescrawl.items import straight_quotes
from alescrawl.pipelines.base import Pipeline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scrapy.crawler import Crawler

    from alescrawl.items import Article, Paragraph


class BoilerplatePipeline(Pipeline):
    """Drops the paragraphs that the source's ``boilerplate`` or ``endings`` are about."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._boilerplate = self._endings = any_of(())

    def open_spider(self) -> None:
        """Read the source's facts."""
        self._boilerplate = any_of(getattr(self._crawler.spider, "boilerplate", ()))
        self._endings = any_of(getattr(self._crawler.spider, "endings", ()))

    def process_item(self, item: Article) -> Article:
        """Return *item* without the lines that are not its own."""
        kept = list(self._own(item.paragraphs))
        if len(kept) < len(item.paragraphs):
            # What was cut off stood below the signature, which is the last line now.
            kept = without_signatures(kept, [*item.authors, *item.agencies])
        if removed := len(item.paragraphs) - len(kept):
            item.set_paragraphs(kept)
            self._count("boilerplate/paragraphs", removed)
        return item

    def _own(self, paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
        for paragraph in paragraphs:
            text = straight_quotes(paragraph.text)
            if self._endings.fullmatch(text):
                return
            if not self._boilerplate.fullmatch(text):
                yield paragraph
