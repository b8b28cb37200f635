"""Keeps out what a user had removed: articles, and names of persons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from scrapy.exceptions import DropItem

from alescrawl.crawling.run import Run

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from alescrawl.items import Article


class ForgottenPipeline:
    """Drops forgotten articles; takes forgotten names out of the others."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the pipeline."""
        return cls(crawler)

    def process_item(self, item: Article) -> Article:
        """Return *item* if it may be kept."""
        run = self._crawler.get_extension(Run)
        if run is not None and run.source and not run.admits(item):
            raise DropItem("forgotten: `scrapy forget` removed it")
        return item
