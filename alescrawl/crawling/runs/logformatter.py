"""What Scrapy's log says of a single page: little, since each is counted under a name."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from scrapy.logformatter import LogFormatter, LogFormatterResult

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.http import Response
    from twisted.python.failure import Failure


class QuietLogFormatter(LogFormatter):
    """Logs dropped items and failed downloads below the level that is shown by default."""

    def dropped(
        self,
        item: Any,  # noqa: ANN401 - Scrapy's signature
        exception: BaseException,
        response: Response | Failure | None,
        spider: Spider,
    ) -> LogFormatterResult:
        """Log why an item was dropped, without the item: it is a whole article."""
        del response, spider
        return {
            "level": logging.INFO,
            "msg": "Dropped %(url)s: %(why)s",
            "args": {"url": getattr(item, "url", ""), "why": exception},
        }

    def scraped(
        self,
        item: Any,  # noqa: ANN401 - Scrapy's signature
        response: Response | Failure | None,
        spider: Spider,
    ) -> LogFormatterResult:
        """Log the address of an item, not its whole text."""
        del response, spider
        return {
            "level": logging.DEBUG,
            "msg": "Scraped %(url)s",
            "args": {"url": getattr(item, "url", item)},
        }

    def download_error(
        self, failure: Failure, request: Request, spider: Spider, errmsg: str | None = None
    ) -> LogFormatterResult:
        """Log a failed download as Scrapy does, at a lower level."""
        result = super().download_error(failure, request, spider, errmsg)
        result["level"] = logging.INFO
        return result
