"""Where pages are read: in this process, or in worker processes beside it."""

from __future__ import annotations

import multiprocessing
import os
import threading
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, ParamSpec, Self, TypeVar

from scrapy import signals

from alescrawl.crawling.components import PerCrawl
from alescrawl.crawling.pages.reading_processes import (
    LostReader,
    ReadingProcesses,
    TooCostly,
    has_processes,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings

    from alescrawl.crawling.pages.reader import PageContext, ReadPage


P = ParamSpec("P")
T = TypeVar("T")


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
    """The processes that read for one crawl, or for several that run at once.

    ``users`` is how many need them; the last one ends them.
    """

    def __init__(self, users: int = 0) -> None:
        self.pool: ReadingProcesses | None = None
        self.users = users

    def release(self) -> None:
        """End the workers where nobody needs them any more."""
        self.users -= 1
        if not self.users and self.pool is not None:
            self.pool.close()
            self.pool = None

    def end(self) -> None:
        """Give up what is being read: its addresses stay due."""
        if self.pool is not None:
            self.pool.end()


_WORKERS = PerCrawl(SharedWorkers)


def share_workers(crawler: Crawler, workers: SharedWorkers) -> None:
    """Let *crawler*, which has not begun, share *workers*."""
    _WORKERS.share(crawler, workers)


def workers_of(crawler: Crawler) -> SharedWorkers:
    """Return the workers of *crawler*."""
    return _WORKERS.of(crawler)


class Extractor:
    """Scrapy extension: ``ALESCRAWL_WORKERS`` processes read pages while this one downloads.

    With 0 of them a page is read here, and nothing bounds what it takes. Where a worker dies, of
    a page that exhausts its memory say, it is replaced and what it was reading is given to the
    new one, once; what takes longer than ``ALESCRAWL_LONGEST_READING`` is given up.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._workers = _WORKERS.of(crawler)
        self._workers.users += 1
        if self._workers.pool is None:
            self._workers.pool = _started(crawler.settings)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the extension, which ends its workers with the crawl."""
        extractor = cls(crawler)
        crawler.signals.connect(extractor.spider_closed, signals.spider_closed)
        return extractor

    def spider_closed(self) -> None:
        """End the workers, unless another crawl needs them."""
        self._workers.release()

    async def extract(
        self,
        html: bytes,
        url: str,
        fetched_at: datetime,
        selectors: Mapping[str, str],
        context: PageContext,
    ) -> ReadPage:
        """Return the page; arguments and errors are those of ``reader.read_page``, and of call."""
        return await self.call(PageReading(), html, url, fetched_at, dict(selectors), context)

    async def call(self, function: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
        """Return what *function* makes of *arguments*, in another process; raise what it raises.

        Raises :exc:`TooCostly`, :exc:`LostReader` where two workers in a row died while they had
        it, :exc:`~alescrawl.crawling.failures.RunEnding` where the run ends.
        """
        if (pool := self._workers.pool) is None:
            return function(*arguments, **named)
        try:
            return await pool.call(function, *arguments, **named)
        except LostReader:
            self._count("extraction/lost_workers")
            return await pool.call(function, *arguments, **named)
        except TooCostly:
            self._count("extraction/too_costly")
            raise

    def _count(self, name: str) -> None:
        if self._crawler.stats is not None:
            self._crawler.stats.inc_value(name)


class PageReading:
    """``reader.read_page``, loaded where a page is read: a second that is charged to no page."""

    def prepare(self) -> None:
        """Load what reads pages."""
        import_module("alescrawl.crawling.pages.reader")

    def __call__(
        self,
        html: bytes,
        url: str,
        fetched_at: datetime,
        selectors: Mapping[str, str],
        context: PageContext,
    ) -> ReadPage:
        """Return the page; raise what ``read_page`` raises."""
        from alescrawl.crawling.pages.reader import read_page

        return read_page(html, url, fetched_at, selectors, context)


def _started(settings: BaseSettings) -> ReadingProcesses | None:
    count = settings.getint("ALESCRAWL_WORKERS")
    if not count or not has_processes():
        return None
    return ReadingProcesses(count, settings.getfloat("ALESCRAWL_LONGEST_READING"))
