"""Says of each article whether it is about the Gard and about the economy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from alescrawl.crawling.run import Run
from alescrawl.relevance.assessing import assess_relevance

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from alescrawl.items import Article


class RelevancePipeline:
    """Fills ``gard_score``, ``is_gard``, ``is_economic``, ``topics`` and ``relevance_reasons``."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the pipeline."""
        return cls(crawler)

    def process_item(self, item: Article) -> Article:
        """Return *item* with what its title and text, or its title alone, say."""
        found = assess_relevance(item.title, item.text)
        item.gard_score, item.is_gard = found.gard_score, found.is_gard
        item.is_economic, item.topics = found.is_economic, found.topics
        item.relevance_reasons = found.reasons
        run = self._crawler.get_extension(Run)
        if run is not None:
            run.count(f"relevance/{_named(found.is_gard, found.is_economic)}")
        return item


def _named(is_gard: bool, is_economic: bool) -> str:
    if is_gard:
        return "gard_economy" if is_economic else "gard_other"
    return "elsewhere_economy" if is_economic else "elsewhere_other"
