"""Keeps out what a user had removed: articles, and names of persons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.exceptions import DropItem

from alescrawl.pipelines.base import Pipeline

if TYPE_CHECKING:
    from alescrawl.items import Article


class ForgottenPipeline(Pipeline):
    """Drops forgotten articles; takes forgotten names out of the others."""

    def process_item(self, item: Article) -> Article:
        """Return *item* if it may be kept."""
        run = self._run
        if run is not None and run.source and not run.admits(item):
            raise DropItem("forgotten: `scrapy forget` removed it")
        return item
