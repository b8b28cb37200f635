"""Where pages are read: in this process, or in worker processes beside it."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Self

from scrapy import signals

from alescrawl.crawling.components import PerCrawl
from alescrawl.crawling.pages.reader import read_page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from scrapy.crawler import Crawler

    from alescrawl.crawling.pages.reader import PageContext, ReadPage


def start_workers(
    count: int, module: str, prepare: Callable[..., None] | None = None, *facts: object
) -> ProcessPoolExecutor:
    """Return *count* processes that have imported *module* and called *prepare* with *facts*."""
    # A forked copy of a running reactor is none: workers are children of a clean server.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([module])
    return ProcessPoolExecutor(count, context, _begin, (prepare, facts))


def _begin(prepare: Callable[..., None] | None, facts: tuple[object, ...]) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if prepare is not None:
        prepare(*facts)


def _end_with_parent() -> None:
    """Wait for the end of the parent: killed, it cannot tell its workers, which wait for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


class SharedWorkers:
    """The processes that read the pages of one crawl, or of several that run at once.

    ``users`` is how many need them; the last one ends them.
    """

    def __init__(self, users: int = 0) -> None:
        self.pool: ProcessPoolExecutor | None = None
        self.users = users

    def release(self) -> None:
        """End the workers where nobody needs them any more."""
        self.users -= 1
        if not self.users and self.pool is not None:
            self.pool.shutdown(cancel_futures=True)
            self.pool = None


_WORKERS = PerCrawl(SharedWorkers)


def share_workers(crawler: Crawler, workers: SharedWorkers) -> None:
    """Let *crawler*, which has not begun, share *workers*."""
    _WORKERS.share(crawler, workers)


class Extractor:
    """Scrapy extension: ``ALESCRAWL_WORKERS`` processes read pages while this one downloads.

    With 0 of them a page is read here. Where a worker dies, of a page that exhausts its memory
    say, the workers are replaced and what they were reading is given to the new ones, once.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._count = crawler.settings.getint("ALESCRAWL_WORKERS")
        self._workers = _WORKERS.of(crawler)
        self._workers.users += 1
        if self._workers.pool is None:
            self._workers.pool = self._start()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the extension, which ends its workers with the crawl."""
        extractor = cls(crawler)
        crawler.signals.connect(extractor.spider_closed, signals.spider_closed)
        return extractor

    def spider_closed(self) -> None:
        """End the workers, unless another crawl needs them."""
        self._workers.release()

    def _start(self) -> ProcessPoolExecutor | None:
        if not self._count:
            return None
        return start_workers(self._count, read_page.__module__)

    async def extract(
        self,
        html: bytes,
        url: str,
        fetched_at: datetime,
        selectors: Mapping[str, str],
        context: PageContext,
    ) -> ReadPage:
        """Return the page; arguments and errors are those of :func:`read_page`.

        Raises :exc:`BrokenProcessPool` where two workers in a row died while they had the page.
        """
        arguments = (html, url, fetched_at, selectors, context)
        pool = self._workers.pool
        if pool is None:
            return read_page(*arguments)
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(pool, read_page, *arguments)
        except BrokenProcessPool:
            return await loop.run_in_executor(self._replaced(pool), read_page, *arguments)

    def _replaced(self, broken: ProcessPoolExecutor) -> ProcessPoolExecutor | None:
        """Return new workers for the *broken* ones: once for all pages that these had."""
        if self._workers.pool is broken:
            if self._crawler.stats is not None:
                self._crawler.stats.inc_value("extraction/lost_workers")
            self._workers.pool = self._start()
        return self._workers.pool
