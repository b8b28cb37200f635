"""Many crawls in one process: so many at a time, one politeness for all, ended as one."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, Final, Protocol

from alescrawl.crawling.hosts.shared import SharedHosts, share_hosts
from alescrawl.crawling.pages.extractor import SharedWorkers, share_workers
from alescrawl.crawling.runs.ending import GRACE, cut, send_nothing_more
from alescrawl.crawling.runs.outcomes import BUSY, FAILED, Outcome, outcome_of
from alescrawl.crawling.runs.progress import ProgressMeter
from alescrawl.crawling.runs.run import Run
from alescrawl.crawling.source import Source, domains_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrapy import Spider
    from scrapy.crawler import AsyncCrawlerProcess, Crawler

_NOT_OPEN_YET: Final = 0.05

logger = logging.getLogger(__name__)


class Listener(Protocol):
    """Is told what happens."""

    def begun(self, source: str) -> None:
        """Note that the crawl of *source* begins."""

    def ended(self, outcome: Outcome) -> None:
        """Note what a crawl came to."""


@dataclass(eq=False, slots=True)
class Active:
    """A crawl that runs."""

    source: str
    crawler: Crawler
    domains: frozenset[str]
    meter: ProgressMeter
    began: float = field(default_factory=monotonic)


class Crawls:
    """Crawls *spiders* in their order, at most *jobs* at a time, with *arguments* for each.

    Of two that share a host the second waits where another can begin instead; where both run,
    they share its pace. ``outcomes`` are those that have ended, ``waiting`` those that have not
    begun; ``ended_for`` says why no more begin (``time_limit`` or ``shutdown``).
    """

    def __init__(
        self,
        process: AsyncCrawlerProcess,
        spiders: Sequence[type[Spider]],
        arguments: dict[str, str],
        jobs: int,
        listener: Listener,
    ) -> None:
        self._process = process
        self._arguments = arguments
        self._jobs = jobs
        self._listener = listener
        self._hosts = SharedHosts(is_of_many=True)
        self._workers = SharedWorkers(users=1)
        self.waiting = list(spiders)
        self.active: list[Active] = []
        self.outcomes: list[Outcome] = []
        self.ended_for: str | None = None

    def begin(self) -> None:
        """Begin as many crawls as may run, before the event loop runs or in it."""
        while self.waiting and len(self.active) < self._jobs and self.ended_for is None:
            self._begin_one(self._next())

    def _next(self) -> type[Spider]:
        """Return the first whose hosts no running crawl asks, else the first."""
        busy = frozenset[str]().union(*(each.domains for each in self.active))
        free = (spider for spider in self.waiting if busy.isdisjoint(_domains(spider)))
        spider = next(free, self.waiting[0])
        self.waiting.remove(spider)
        return spider

    def _begin_one(self, spider: type[Spider]) -> None:
        crawler = self._process.create_crawler(spider)
        share_hosts(crawler, self._hosts)
        share_workers(crawler, self._workers)
        active = Active(spider.name, crawler, _domains(spider), ProgressMeter(crawler))
        self.active.append(active)
        self._listener.begun(spider.name)
        task = self._process.crawl(crawler, **self._arguments)
        # Called after the process's own, and before it looks whether any crawl is left.
        task.add_done_callback(lambda done: self._over(active, done))

    def _over(self, active: Active, task: asyncio.Task[None]) -> None:
        self.active.remove(active)
        outcome = self._outcome(active, task)
        self.outcomes.append(outcome)
        self._listener.ended(outcome)
        self.begin()
        if not self.active:
            self._workers.release()

    def _outcome(self, active: Active, task: asyncio.Task[None]) -> Outcome:
        error = None if task.cancelled() else task.exception()
        if error is not None:
            logger.error("The crawl of %s failed", active.source, exc_info=error)
        run = _run_of(active.crawler)
        if run is None or not run.source or task.cancelled() or error is not None:
            why = f"it could not run ({error or 'cancelled'}); the log says more"
            return Outcome(active.source, FAILED, [why], is_bad=True)
        if run.is_busy:
            return Outcome(active.source, BUSY, [str(run.error)])
        return outcome_of(run, active.crawler.stats, monotonic() - active.began)

    def end(self, reason: str) -> None:
        """Begin nothing more, send nothing more, and end; called again, wait for no answer.

        What was not answered stays due, and what was stored is judged and published.
        """
        if self.ended_for is not None:
            self._cut()
            return
        self.ended_for = reason
        send_nothing_more(self._hosts)
        loop = asyncio.get_running_loop()
        self._closing = [loop.create_task(self._close(each, reason)) for each in self.active]
        loop.call_later(GRACE, self._cut)

    def _cut(self) -> None:
        cut(self._hosts, self._workers)

    async def _close(self, active: Active, reason: str) -> None:
        while active in self.active:
            # What is not open yet has no engine, or none that runs, and could not be closed whole.
            with suppress(RuntimeError):
                if active.crawler.engine.running:
                    await active.crawler.engine.close_spider_async(reason=reason)
            await asyncio.sleep(_NOT_OPEN_YET)


def _domains(spider: type[Spider]) -> frozenset[str]:
    return frozenset(domains_of(spider) if issubclass(spider, Source) else ())


def _run_of(crawler: Crawler) -> Run | None:
    with suppress(RuntimeError):
        return crawler.get_extension(Run)
    return None
