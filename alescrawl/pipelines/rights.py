"""Drops what a publisher reserves from an article, before anything is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.exceptions import DropItem

from alescrawl.crawling.failures import Verdict
from alescrawl.crawling.hosts.rights_policy import RightsPolicy
from alescrawl.items import TEXT_FIELDS
from alescrawl.pipelines.base import Pipeline

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from alescrawl.items import Article

OTHER_FIELDS = ("byline", "section", "image_url")
LISTS = ("authors", "agencies", "tags")

METADATA_ONLY = "source rights=metadata"


class RightsPipeline(Pipeline):
    """Leaves of a reserved article its address, title, dates and the signals seen.

    A source that is declared ``rights = "metadata"`` keeps what is not text. What is to be left
    out loses its text where it is known from earlier: its row stays.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._policy = RightsPolicy(crawler.settings.getdict("ALESCRAWL_RIGHTS"))

    def process_item(self, item: Article) -> Article:
        """Return *item* without what is reserved; raise :exc:`DropItem` where all of it is."""
        meaning = self._policy.meaning(item)
        if meaning == "skip" and not self._is_known(item):
            self._skip(item)
        if meaning != "ignore":
            drop_text(item)
            drop_metadata(item)
            self._count("article/reserved")
        elif getattr(self._crawler.spider, "rights", None) == "metadata":
            drop_text(item)
            item.rights_signals.append(METADATA_ONLY)
            self._count("article/metadata_only")
        return item

    def _skip(self, item: Article) -> None:
        run = self._run
        if run is not None and item.visit is not None:
            run.recorder.no_article(item.visit, Verdict("refused", "rights"))
        raise DropItem("its publisher wants it left out")

    def _is_known(self, item: Article) -> bool:
        run = self._run
        return run is not None and run.recorder.knows(item)


def drop_text(article: Article) -> None:
    """Remove the words of *article* but its title."""
    article.withheld = "text"
    _empty(article, TEXT_FIELDS)
    article.set_paragraphs([])
    if article.visit is not None:
        article.visit.pages = []


def drop_metadata(article: Article) -> None:
    """Remove persons, terms and image."""
    article.withheld = "all"
    _empty(article, OTHER_FIELDS)
    for name in LISTS:
        setattr(article, name, [])
        article.provenance.pop(name, None)


def _empty(article: Article, names: tuple[str, ...]) -> None:
    for name in names:
        setattr(article, name, None)
        article.provenance.pop(name, None)
