"""Asks for one page outside the order of the crawl: robots.txt, delays and retries apply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.http.request import NO_CALLBACK

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.http import Response

OK = 200


async def ask(spider: Spider, url: str) -> Response:
    """Return the response, whatever its status.

    Raises what a download raises: :data:`~alescrawl.crawling.failures.DOWNLOAD_ERRORS`.
    """
    engine = spider.crawler.engine
    if engine is None:
        raise RuntimeError("a page can only be asked for while the crawl runs")
    return await engine.download_async(Request(url, callback=NO_CALLBACK))
