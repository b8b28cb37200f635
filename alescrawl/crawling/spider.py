"""NewsSpider by the name under which modules of sources outside this package import it."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider

__all__ = ["NewsSpider"]
