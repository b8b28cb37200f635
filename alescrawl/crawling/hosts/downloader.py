"""A downloader whose slots are those of all crawls of the process, so that each host has one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from scrapy.core.downloader import Downloader
from twisted.python.failure import Failure

from alescrawl.crawling.failures import RunEnding
from alescrawl.crawling.hosts.shared import commons_of

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.core.downloader import Slot
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.internet.defer import Deferred


class SharingDownloader(Downloader):
    """Scrapy's downloader with shared slots: each request is sent by the crawl that it is of.

    Whoever's turn it is takes the next request of a slot, of whatever crawl it is.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._commons = commons_of(crawler)
        self._commons.delays.update(self.per_slot_settings)
        self.per_slot_settings = self._commons.delays
        self.slots = self._commons.slots

    async def _enqueue_request(self, request: Request) -> Response:
        if self._commons.is_ending:
            raise RunEnding
        self._commons.owners[request] = self
        try:
            return await super()._enqueue_request(request)
        finally:
            del self._commons.owners[request]

    async def _wait_for_download(
        self, slot: Slot, request: Request, queue_dfd: Deferred[Response]
    ) -> None:
        task = asyncio.current_task()
        owner = self._commons.owners[request]
        if task is None or owner is not self:
            await owner._wait_for_download(slot, request, queue_dfd)  # noqa: SLF001 - of this class
            return
        self._commons.downloads.add(task)
        try:
            await super()._wait_for_download(slot, request, queue_dfd)
        except asyncio.CancelledError:
            queue_dfd.errback(Failure(RunEnding()))  # type: ignore[no-untyped-call]
        finally:
            self._commons.downloads.discard(task)

    def close(self) -> None:
        """Close the slots that no other crawl uses; they stay, to remember when they were used."""
        self._stop_slot_gc()
        for slot in self.slots.values():
            if not slot.active:
                slot.close()
