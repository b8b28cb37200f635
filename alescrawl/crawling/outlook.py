"""How far a running crawl is: what was fetched, and how much is still to be asked for."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from alescrawl.crawling.estimate import Estimate, estimate
from alescrawl.crawling.hosts import origin_of
from alescrawl.crawling.run import Run

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

LOOKS_BETWEEN_COUNTS = 10


class Outlook:
    """Looked at a few times a second; what is to come is counted now and then only."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._looks = 0
        self.ahead = Estimate(0, 0, 0)

    def look(self) -> Run | None:
        """Return the run as it is now, ``None`` where it has not begun or is over."""
        run = self._crawler.get_extension(Run)
        if run is None or not run.source or run.finish_reason is not None:
            return None
        if self._looks % LOOKS_BETWEEN_COUNTS == 0:
            left = self._limit_left(run)
            # What is on its way is no longer due.
            sent = self._on_their_way()
            due = Counter(run.due() if left != 0 else {}) + sent
            limit = None if left is None else left + sent.total()
            self.ahead = estimate(self._crawler, due, limit)
        self._looks += 1
        return run

    @property
    def fetched(self) -> int:
        """How many answers have come."""
        return int(self._crawler.stats.get_value("response_received_count", 0))

    def _limit_left(self, run: Run) -> int | None:
        limits = getattr(self._crawler.spider, "limits", None)
        limit: int | None = getattr(limits, "limit", None)
        return None if limit is None else max(limit - run.counts["requested"], 0)

    def _on_their_way(self) -> Counter[str]:
        return Counter(map(origin_of, self._crawler.engine.downloader.active))
