"""Says of each article whether it is about the Gard and its economy; keeps out what is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scrapy.exceptions import DropItem

from alescrawl.crawling.arguments import ArgumentError
from alescrawl.pipelines.base import Pipeline
from alescrawl.relevance.assessing import assess_relevance

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings

    from alescrawl.items import Article
    from alescrawl.relevance.assessing import Relevance


SETTING: Final = "ALESCRAWL_KEEP"
CHOICES: Final = ("relevant", "gard", "all")
SELECTED: Final = frozenset({"regional", "national"})


class RelevancePipeline(Pipeline):
    """Fills ``gard_score``, ``is_gard``, ``is_economic``, ``topics`` and ``relevance_reasons``.

    Of regional and national sources it drops what the setting ``ALESCRAWL_KEEP`` does not keep.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._keep = what_to_keep(crawler.settings)

    async def process_item(self, item: Article) -> Article:
        """Return *item* with what its title, its section and its text, if any, say."""
        found = await self._of_words(
            item,
            assess_relevance,
            item.title,
            item.text,
            section=item.section,
            scope=self._scope,
        )
        item.gard_score, item.is_gard = found.gard_score, found.is_gard
        item.is_economic, item.topics = found.is_economic, found.topics
        item.relevance_reasons = found.reasons
        run = self._run
        if run is not None:
            run.count(f"relevance/{_named(found.is_gard, found.is_economic)}")
            if not self._keeps(found) and run.recorder.passes_over(item):
                raise DropItem("not about the economy of the Gard")
        return item

    @property
    def _scope(self) -> str | None:
        return getattr(self._crawler.spider, "scope", None)

    def _keeps(self, found: Relevance) -> bool:
        if self._keep == "all" or self._scope not in SELECTED:
            return True
        return found.is_gard and (found.is_economic or self._keep == "gard")


def what_to_keep(settings: BaseSettings) -> str:
    """Return what the *settings* keep; raise :exc:`ArgumentError` for what is no choice."""
    chosen = str(settings.get(SETTING))
    if chosen not in CHOICES:
        raise ArgumentError(f"setting {SETTING}: {chosen!r} is none of {', '.join(CHOICES)}")
    return chosen


def _named(is_gard: bool, is_economic: bool) -> str:
    if is_gard:
        return "gard_economy" if is_economic else "gard_other"
    return "elsewhere_economy" if is_economic else "elsewhere_other"
