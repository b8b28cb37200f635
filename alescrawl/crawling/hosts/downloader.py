"""The downloader, whose slots are those of all crawls of the process: each host has one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from scrapy.core.downloader import Downloader
from scrapy.http.request import NO_CALLBACK, Request
from twisted.python.failure import Failure

from alescrawl.crawling.failures import RunEnding
from alescrawl.crawling.hosts.shared import shared_hosts

if TYPE_CHECKING:
    from scrapy.core.downloader import Slot
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.internet.defer import Deferred

OK = 200


async def download(crawler: Crawler, url: str) -> Response:
    """Ask for *url* outside the order of the crawl; return the response, whatever its status.

    Robots.txt, delays and retries apply. Raises what a download raises:
    :data:`~alescrawl.crawling.failures.DOWNLOAD_ERRORS`.
    """
    return await download_request(crawler, Request(url, callback=NO_CALLBACK))


async def download_request(crawler: Crawler, request: Request) -> Response:
    """Send *request* outside the order of the crawl, as :func:`download` does."""
    if crawler.engine is None:
        raise RuntimeError("a page can only be asked for while the crawl runs")
    return await crawler.engine.download_async(request)


class SharingDownloader(Downloader):
    """Scrapy's downloader with shared slots: each request is sent by the crawl that it is of.

    Whoever's turn it is takes the next request of a slot, of whatever crawl it is.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._shared = shared_hosts(crawler)
        self._shared.slot_settings.update(self.per_slot_settings)
        self.per_slot_settings = self._shared.slot_settings
        self.slots = self._shared.slots

    async def _enqueue_request(self, request: Request) -> Response:
        if self._shared.is_ending:
            raise RunEnding
        self._shared.downloaders[request] = self
        try:
            return await super()._enqueue_request(request)
        finally:
            del self._shared.downloaders[request]

    async def _wait_for_download(
        self, slot: Slot, request: Request, queue_dfd: Deferred[Response]
    ) -> None:
        task = asyncio.current_task()
        owner = self._shared.downloaders[request]
        if task is None or owner is not self:
            await owner._wait_for_download(slot, request, queue_dfd)  # noqa: SLF001 - of this class
            return
        self._shared.downloads.add(task)
        try:
            await super()._wait_for_download(slot, request, queue_dfd)
        except asyncio.CancelledError:
            queue_dfd.errback(Failure(RunEnding()))  # type: ignore[no-untyped-call]
        finally:
            self._shared.downloads.discard(task)

    def close(self) -> None:
        """Close the slots that no other crawl uses; they stay, to remember when they were used."""
        self._stop_slot_gc()
        for slot in self.slots.values():
            if not slot.active:
                slot.close()
