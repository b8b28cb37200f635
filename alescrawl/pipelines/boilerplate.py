"""Removes the paragraphs that a source repeats in its articles and that are not theirs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Self

from alescrawl.crawling.run import Run
from alescrawl.items import straight_quotes

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from alescrawl.items import Article


class BoilerplatePipeline:
    """Drops paragraphs that match one of the source's ``boilerplate`` patterns as a whole."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._pattern: re.Pattern[str] | None = None
        self._run: Run | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the pipeline."""
        return cls(crawler)

    def open_spider(self) -> None:
        """Read the source's facts."""
        patterns = getattr(self._crawler.spider, "boilerplate", ())
        self._pattern = re.compile("|".join(patterns)) if patterns else None
        self._run = self._crawler.get_extension(Run)

    def process_item(self, item: Article) -> Article:
        """Return *item* without the lines that are not its own."""
        if self._pattern is None:
            return item
        kept = [p for p in item.paragraphs if not self._pattern.fullmatch(straight_quotes(p.text))]
        if removed := len(item.paragraphs) - len(kept):
            item.set_paragraphs(kept)
            if self._run is not None:
                self._run.count("boilerplate/paragraphs", removed)
        return item
