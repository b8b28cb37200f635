"""Stores articles in the ledger but for those that a user had removed; passes each on once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.exceptions import CloseSpider, DropItem

from alescrawl.pipelines.base import Pipeline

if TYPE_CHECKING:
    from alescrawl.items import Article


class LedgerPipeline(Pipeline):
    """Stores each article; drops those outside the period, and other pages of one article."""

    def process_item(self, item: Article) -> Article:
        """Return *item* as it was stored."""
        run = self._run
        if run is None:
            return item
        for problem in item.problems:
            run.count(f"problem/{problem}")
        try:
            outcome = run.recorder.store(item)
        except CloseSpider as error:
            run.stop(error.reason)
            raise DropItem("the output folder cannot be used") from error
        if outcome is None:
            raise DropItem("outside the period asked for, or not the article that the page had")
        if outcome == "duplicate":
            raise DropItem("another page of an article that the dataset has")
        item.visit = None  # it is recorded; what exports the item wants its columns
        return item


class ForgottenPipeline(Pipeline):
    """Drops forgotten articles; takes forgotten names out of the others."""

    def process_item(self, item: Article) -> Article:
        """Return *item* if it may be kept."""
        run = self._run
        if run is not None and run.source and not run.recorder.admits(item):
            raise DropItem("forgotten: `scrapy forget` removed it")
        return item
