"""Records the addresses that a fault of our own code kept from being processed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Self

from scrapy import signals

from alescrawl.crawling.components import extension_of
from alescrawl.crawling.failures import Verdict
from alescrawl.crawling.runs.run import Run
from alescrawl.items import Article

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

PROCESSING_ERROR: Final = "processing_error"


class Faults:
    """Scrapy extension: what Scrapy logs with a traceback is no address that is forgotten.

    An article is tried again later, when the code may be better; a route has failed.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the extension, connected to the crawler's signals."""
        faults = cls(crawler)
        crawler.signals.connect(faults.item_error, signals.item_error)
        crawler.signals.connect(faults.spider_error, signals.spider_error)
        return faults

    def item_error(self, item: Any) -> None:  # noqa: ANN401 - an item of any kind
        """Record the address of an article that a pipeline failed on."""
        if isinstance(item, Article) and item.visit is not None:
            self._run.recorder.no_article(item.visit, Verdict("failed", PROCESSING_ERROR))

    def spider_error(self, response: Response | Failure | None) -> None:
        """Record the address, or the route, whose response the spider failed on."""
        if response is None:  # it failed on what it asks for
            self._run.broken_off()
            return
        request = getattr(response, "request", None)
        arguments = request.cb_kwargs if request is not None else {}
        if "candidate" in arguments:
            self._run.recorder.no_article(
                arguments["candidate"], Verdict("failed", PROCESSING_ERROR)
            )
        elif "step" in arguments:
            self._run.routes.note_failed(arguments["step"].route, PROCESSING_ERROR)

    @property
    def _run(self) -> Run:
        return extension_of(self._crawler, Run)
