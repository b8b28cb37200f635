"""robots.txt, obeyed by every request that waits for it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.defer import Deferred

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.robotstxt import RobotParser


class RobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's own, but for one fault.

    Of several requests that wait for one robots.txt, Scrapy 2.19 gives its rules to the first
    and lets the others pass: the Deferred that they share has lost its result by then.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        # A host that cannot be reached is counted page by page; its traceback helps nobody.
        logging.getLogger(RobotsTxtMiddleware.__module__).setLevel(logging.CRITICAL)

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """Return the rules of the request's host, ``None`` where it has none."""
        parser = await super().robot_parser(request)
        if parser is None:
            settled = self._parsers.get(urlparse_cached(request).netloc)
            return None if isinstance(settled, Deferred) else settled
        return parser
