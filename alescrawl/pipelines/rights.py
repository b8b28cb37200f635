"""Drops the text of a page whose rights are reserved, before anything is stored."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Self

from alescrawl.crawling.run import Run

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from alescrawl.items import Article

# The directive may stand among others and be addressed to one agent: "otherbot: noindex, noai".
_NO_AI = re.compile(r"robots(?:-tag)?=(?:.*[\s,])?noai\b", re.IGNORECASE)

TEXT_FIELDS = ("lead", "image_caption", "image_credit", "kicker")


class RightsPipeline:
    """Leaves of a reserved article its address, title, date and the signals seen."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the pipeline."""
        return cls(crawler)

    def process_item(self, item: Article) -> Article:
        """Return *item*, without its text where that is reserved."""
        if is_reserved(item):
            drop_text(item)
            if (run := self._crawler.get_extension(Run)) is not None:
                run.count("article/reserved")
        return item


def is_reserved(article: Article) -> bool:
    """Return whether the page reserves its text: TDMRep, or ``noai`` for robots."""
    return bool(article.tdm_reserved) or any(map(_NO_AI.search, article.rights_signals))


def drop_text(article: Article) -> None:
    """Remove the words of *article* but its title."""
    article.set_paragraphs([])
    article.provenance.pop("text", None)
    if article.visit is not None:
        article.visit.page = None
    for name in TEXT_FIELDS:
        setattr(article, name, None)
        article.provenance.pop(name, None)
