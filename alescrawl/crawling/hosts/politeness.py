"""Keeps requests away from hosts that are stopped, and notices those that do not answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
)

from alescrawl.crawling.failures import error_verdict
from alescrawl.crawling.hosts.stopped import Hosts, origin_of
from alescrawl.crawling.hosts.throttle import Throttle

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

_SILENCES = (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
)


class PolitenessMiddleware:
    """Stands between Scrapy's retries and the downloader, to be told of every single try."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the middleware."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raise :exc:`~alescrawl.crawling.failures.HostStopped` where the host is stopped."""
        if (hosts := self._crawler.get_extension(Hosts)) is not None:
            hosts.check(origin_of(request))

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Tell the throttle of a request that got no answer."""
        throttle = self._crawler.get_extension(Throttle)
        if throttle is not None and isinstance(exception, _SILENCES):
            throttle.no_answer(request, error_verdict(exception).reason)
