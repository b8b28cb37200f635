"""The run of one spider: what happens is counted here, and handed to the ledger it has open."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Self

from scrapy import signals
from scrapy.exceptions import CloseSpider

from alescrawl.crawling.arguments import Limits
from alescrawl.crawling.hosts.stopped import Hosts
from alescrawl.crawling.runs.checked_settings import raw_limits
from alescrawl.crawling.runs.open_ledger import RunLedger
from alescrawl.crawling.runs.recorder import Recorder
from alescrawl.crawling.runs.route_outcomes import RouteRecords
from alescrawl.crawling.runs.schedule import Schedule
from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.folder import Folder
from alescrawl.dataset.ledger.articles import has_article
from alescrawl.dataset.ledger.frontier import Window
from alescrawl.dataset.locks import HeldError, SourceLock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from scrapy import Spider
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.statscollectors import StatsCollector

    from alescrawl.crawling.failures import HostStopped, Verdict
    from alescrawl.crawling.routes.model import Route
    from alescrawl.crawling.runs.estimate import Estimate
    from alescrawl.dataset.gate.verdicts import Judgement
    from alescrawl.dataset.ledger.articles import Outcome
    from alescrawl.dataset.ledger.frontier import Candidate
    from alescrawl.dataset.ledger.hints import Listed
    from alescrawl.dataset.ledger.host_records import HostRecords
    from alescrawl.dataset.ledger.route_visits import RouteVisit
    from alescrawl.items import Article, RawPage, Visit


_SENT: Final = "downloader/request_count"


_RECEIVED: Final = "downloader/response_bytes"


_STATUS: Final = "downloader/response_status_count/"


def traffic(stats: StatsCollector) -> dict[str, int]:
    """Return counts by name, such as ``traffic/requests`` and ``traffic/status/304``.

    ``traffic/bytes`` are those that came, headers and compressed bodies.
    """
    counted = {
        "traffic/requests": int(stats.get_value(_SENT, 0)),
        "traffic/bytes": int(stats.get_value(_RECEIVED, 0)),
    }
    for name, count in stats.get_stats().items():
        if name.startswith(_STATUS):
            counted[f"traffic/status/{name.removeprefix(_STATUS)}"] = int(count)
    return counted


class Run:
    """Scrapy extension: opens the ledger for a :class:`NewsSpider`, closes and publishes it.

    Every count is also in Scrapy's stats: ``article/new``, ``page/failed/timeout`` …
    ``refused`` is the first page that was no article, where it may be kept for a look.
    ``error`` is the line to show a user where the output folder could not be used: then the
    crawl ends, and what is stored stays (``is_unusable``; ``is_busy`` where another process crawls
    the source), or where no route could be found.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self.folder = Folder.from_settings(crawler.settings)
        self.source = ""
        self.window = Window()
        self.counts: Counter[str] = Counter()
        self.routes = RouteRecords(self.count)
        self.stopped_hosts: dict[str, tuple[HostStopped, str]] = {}
        self.estimate: Estimate | None = None
        self.refused: RawPage | None = None
        self.judgement: Judgement | None = None
        self.bad_page: Path | None = None
        self.has_waiting_rows = False
        self.error: str | None = None
        self.is_busy = self.is_unusable = False
        self.finish_reason: str | None = None
        self._lock: SourceLock | None = None
        self._book: RunLedger | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the extension, connected to the crawler's signals."""
        run = cls(crawler)
        crawler.signals.connect(run.spider_opened, signals.spider_opened)
        crawler.signals.connect(run.spider_closed, signals.spider_closed)
        return run

    def spider_opened(self, spider: Spider) -> None:
        """Begin the run of a spider that has limits; leave any other alone."""
        if (hosts := self._crawler.get_extension(Hosts)) is not None:
            hosts.reports = self
        limits = getattr(spider, "limits", None)
        if not isinstance(limits, Limits):
            return
        self.source = str(getattr(spider, "source", spider.name))
        settings = self._crawler.settings
        with self._reporting():
            self.folder.prepare()
            self._lock = SourceLock(self.folder, self.source)
            self._book = RunLedger(self.folder, self.source, spider, limits, raw_limits(settings))
            self.window = self._book.window
            self._recorder = Recorder(self._book, Schedule.from_settings(settings), self.count)

    def spider_closed(self, reason: str) -> None:
        """Record how the run ended and publish what it stored."""
        self.finish_reason = reason
        try:
            if self._book is not None:
                with self._reporting():
                    self._end(self._book, reason)
        finally:
            # Also after a fault of ours: other runs of this process go on.
            self._close()

    def _close(self) -> None:
        if self._book is not None:
            self._book.close()
        if self._lock is not None:
            self._lock.release()

    def _end(self, book: RunLedger, reason: str) -> None:
        self.counts.update(traffic(self._crawler.stats))
        self.counts["found"] = book.frontier.listed()
        if (doubted := book.frontier.not_believed()) > 0:
            self.count("lastmod/not_believed", doubted)
        book.end(reason, self.counts)
        answered = self.routes.answered()
        self.judgement, self.bad_page = book.judge(answered, self.refused)
        book.publish()
        self.has_waiting_rows = book.has_waiting_rows
        if count := book.trim_archive():
            self.count("raw/dropped", count)

    def count(self, name: str, by: int = 1) -> None:
        """Count what happened under *name*, here and in Scrapy's stats."""
        self.counts[name] += by
        if self._crawler.stats is not None:
            self._crawler.stats.inc_value(name, by)

    def offer(self, entries: Sequence[Listed], *, again: bool = False) -> int:
        """Hand the ledger the addresses that a route lists; return how many are new or changed."""
        with self._opened() as book:
            return book.frontier.offer(book.memory.allowed(entries), again=again)

    def still_listed(self, entries: Sequence[Listed]) -> None:
        """Hand the ledger the addresses that a complete list still names."""
        with self._opened() as book:
            book.unlisted.still_listed(entries)

    def added(self, entries: Sequence[Listed], last: RouteVisit) -> int:
        """Return how many of *entries* a route did not list yet at its *last* visit."""
        with self._opened() as book:
            return book.unlisted.added(entries, last)

    def lists_read(self, read: Mapping[Route, RouteVisit], covered: Iterable[str] = ()) -> None:
        """Make due what the lists that were *read* whole no longer name; keep their visits.

        The lists at the addresses *covered* name nothing that one of these does not.
        """
        with self._opened() as book:
            count = book.unlisted.recheck({*covered, *(route.url for route in read)})
            for route, visit in read.items():
                book.visits.record(route.url, visit)
        if count:
            self.count("route/no_longer_listed", count)

    def take(self, count: int) -> list[Candidate]:
        """Return up to *count* addresses to ask for now."""
        with self._opened() as book:
            candidates = book.frontier.take(count, self.window)
        self.count("requested", len(candidates))
        return candidates

    def due(self) -> dict[str, int]:
        """Return how many addresses are yet to be asked for, for each scheme and host."""
        with self._opened() as book:
            return book.frontier.due(self.window)

    def store(self, article: Article) -> Outcome | None:
        """Store *article*; return what it came to, see :meth:`Recorder.store`."""
        with self._opened():
            return self._recorder.store(article)

    def knows(self, article: Article) -> bool:
        """Return whether an earlier visit stored *article*."""
        with self._opened() as book:
            return has_article(book.ledger, article.article_id)

    def admits(self, article: Article) -> bool:
        """Take forgotten names out of *article*; return whether it may be kept at all."""
        with self._opened():
            return self._recorder.admits(article)

    def passes_over(self, article: Article) -> bool:
        """Record that *article* is not kept; ``False`` where the dataset has it already."""
        with self._opened():
            return self._recorder.passes_over(article)

    def newsletter_read(self, newsletter: Article) -> None:
        """Record that the page of *newsletter*, of many items, was read."""
        with self._opened():
            self._recorder.newsletter_read(newsletter)

    def not_modified(self, candidate: Candidate) -> None:
        """Record that the server says an article is as it was."""
        with self._opened():
            self._recorder.not_modified(candidate)

    def has_words(self, candidate: Candidate) -> bool:
        """Return whether the dataset has the text of the article at an address."""
        with self._opened():
            return self._recorder.has_words(candidate)

    def no_article(
        self, candidate: Candidate | Visit, verdict: Verdict, response: Response | None = None
    ) -> None:
        """Record that an address brought no article, why, and when to try it again."""
        with self._opened():
            self._recorder.no_article(candidate, verdict, response)

    @property
    def host_records(self) -> HostRecords | None:
        """What the ledger knows of hosts; ``None`` where it is not open."""
        return self._book.hosts if self._book is not None else None

    def host_stopped(self, origin: str, stopped: HostStopped, detail: str) -> None:
        """Record that *origin* is asked no more in this run, and put off its addresses."""
        self.stopped_hosts[origin] = (stopped, detail)
        self.count(f"host/stopped/{stopped.reason}")
        if self._book is None:
            return
        with self._opened() as book:
            if stopped.until is not None:
                book.hosts.close(origin, stopped.until)
            count = book.frontier.postpone_host(origin, stopped.until, self.window)
        self._count_postponed(stopped.reason, count)

    def postponed(self, candidate: Candidate, stopped: HostStopped) -> None:
        """Leave an address as it is, since its host was stopped: it stays due."""
        with self._opened() as book:
            book.frontier.postpone(candidate.url, stopped.until)
        self._count_postponed(stopped.reason, 1)

    def _count_postponed(self, reason: str, count: int) -> None:
        if count:
            self.count("page/refused", count)
            self.count(f"page/refused/{reason}", count)

    def last_visit(self, route: Route) -> RouteVisit | None:
        """Return what is known of *route* from earlier runs that read it with the same facts."""
        with self._opened() as book:
            return book.visits.last(route.url)

    def route_read(self, route: Route, visit: RouteVisit | None = None) -> None:
        """Count a route that answered as it should; keep *visit* for the next run."""
        self.routes.note_read(route)
        if visit is not None:
            with self._opened() as book:
                book.visits.record(route.url, visit)

    def broken_off(self) -> None:
        """Record that a fault of our own keeps the spider from going on to ask."""
        self.count("start/fault")
        self.error = self.error or (
            "a fault of the program ended it before all was asked for: please report the "
            "traceback above; the next run takes up the rest"
        )

    def stop(self, reason: str) -> None:
        """End the crawl, from where Scrapy does not take a :exc:`CloseSpider` for itself."""
        engine = self._crawler.engine
        if engine is not None and engine.spider is not None:
            # Not awaited: closing waits for the very item that asks for it.
            self._closing = asyncio.ensure_future(engine.close_spider_async(reason=reason))

    @contextmanager
    def _reporting(self) -> Iterator[None]:
        """Keep the message of an unusable output folder for the user."""
        try:
            yield
        except DatasetError as error:
            self._note(error)

    @contextmanager
    def _opened(self) -> Iterator[RunLedger]:
        """Give the ledger; end the crawl where the output folder cannot be used."""
        try:
            yield self._open_book()
        except DatasetError as error:
            self._note(error)
            raise CloseSpider("output_unusable") from error

    def _note(self, error: DatasetError) -> None:
        self.is_unusable = True
        self.is_busy = isinstance(error, HeldError)
        self.error = self.error or str(error)

    def _open_book(self) -> RunLedger:
        if self._book is None:
            raise DatasetError(
                f"the output folder {self.folder.root} is not open: see the line before"
            )
        return self._book
