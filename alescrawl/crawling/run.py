"""The run of one spider: the one place that counts what happened and writes it to the ledger."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.exceptions import CloseSpider

from alescrawl import __version__
from alescrawl.crawling.arguments import Limits
from alescrawl.crawling.failures import Verdict
from alescrawl.crawling.parts import MISSING
from alescrawl.crawling.raw_pages import raw_page
from alescrawl.crawling.retry_after import retry_moment
from alescrawl.crawling.routes import ABSENT
from alescrawl.crawling.schedule import Schedule
from alescrawl.dataset.absence import note_missing, note_present
from alescrawl.dataset.archive import Archive, index
from alescrawl.dataset.bad_pages import keep_bad_page
from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.folder import Folder
from alescrawl.dataset.forgetting import drop_reserved_pages
from alescrawl.dataset.frontier import NOT_MODIFIED, Frontier, Window
from alescrawl.dataset.gate import close_gate, judge_interrupted, judge_run
from alescrawl.dataset.hosts import HostRecords
from alescrawl.dataset.ledger import Ledger
from alescrawl.dataset.publication import publish
from alescrawl.dataset.redaction import Memory, remember
from alescrawl.dataset.rereading import doubt_about, known_row
from alescrawl.dataset.route_visits import RouteVisits
from alescrawl.dataset.runs import begin_run, default_since, end_run
from alescrawl.dataset.source_lock import SourceLock
from alescrawl.dataset.store import put_article
from alescrawl.dataset.verdicts import HELD, Routes
from alescrawl.extraction.canonical import canonical_url
from alescrawl.items import Visit, fingerprint

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from scrapy import Spider
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from alescrawl.crawling.estimate import Estimate
    from alescrawl.crawling.failures import HostStopped
    from alescrawl.crawling.routes import Route
    from alescrawl.dataset.archive import RawRecord
    from alescrawl.dataset.frontier import Candidate
    from alescrawl.dataset.listed import Listed
    from alescrawl.dataset.rereading import Doubt
    from alescrawl.dataset.route_visits import RouteVisit
    from alescrawl.dataset.store import Outcome
    from alescrawl.dataset.verdicts import Judgement
    from alescrawl.items import Article, RawPage


class Run:
    """Scrapy extension: opens the ledger for a :class:`NewsSpider`, closes and publishes it.

    Every count is also in Scrapy's stats: ``article/new``, ``page/failed/timeout`` …
    ``error`` is the line to show a user where the output folder could not be used.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self.folder = Folder(Path(crawler.settings["ALESCRAWL_OUTPUT"]))
        self._schedule = Schedule.from_settings(crawler.settings)
        self.counts: Counter[str] = Counter()
        self.failed_routes: list[tuple[str, str]] = []
        self.absent_routes: list[tuple[str, str]] = []
        self._routes: list[Route] = []
        self._kinds_read: set[type[Route]] = set()
        self.stopped_hosts: dict[str, tuple[HostStopped, str]] = {}
        self.host_records: HostRecords | None = None
        self.window = Window()
        self.estimate: Estimate | None = None
        self._lock: SourceLock | None = None
        self.judgement: Judgement | None = None
        self.bad_page: Path | None = None
        self._refused: RawPage | None = None
        self.error: str | None = None
        self.finish_reason: str | None = None
        self.source = ""
        self._archive: Archive | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the extension, connected to the crawler's signals."""
        run = cls(crawler)
        crawler.signals.connect(run.spider_opened, signals.spider_opened)
        crawler.signals.connect(run.spider_closed, signals.spider_closed)
        return run

    def spider_opened(self, spider: Spider) -> None:
        """Begin the run of a spider that has limits; leave any other alone."""
        limits = getattr(spider, "limits", None)
        if not isinstance(limits, Limits):
            return
        self.source = str(getattr(spider, "source", spider.name))
        with self._reporting():
            self.folder.prepare()
            self._lock = SourceLock(self.folder, self.source)
            self._ledger = Ledger(self.folder.ledger)
            self.host_records = HostRecords(self._ledger)
            # What an earlier run stored and was killed before it could publish.
            judge_interrupted(self._ledger, self.source)
            publish(self._ledger, self.folder)
            self.window = self._window(limits, everything=getattr(spider, "everything", False))
            self._memory = Memory(self._ledger)
            if self._crawler.settings.getbool("ALESCRAWL_RAW"):
                self._archive = Archive(self.folder, self._ledger, self.source)
            self._run_id = begin_run(
                self._ledger, self.source, self.window, covers=not limits.estimate
            )
            only_listed = getattr(spider, "only_listed", False)
            # Pages that a user names are no sample of anything.
            self._is_judged = not (only_listed or limits.estimate)
            if self._is_judged:
                close_gate(self._ledger, self.source, self._run_id)
            self._frontier = Frontier(
                self._ledger,
                self.source,
                self._run_id,
                only_listed=only_listed,
            )
            # Other patterns, or another program, may see an article where none was seen before.
            facts = fingerprint(repr((__version__, getattr(spider, "article_urls", ()))))
            self._visits = RouteVisits(self._ledger, self.source, facts)

    def _window(self, limits: Limits, *, everything: bool) -> Window:
        if limits.window.since is not None or everything:
            return limits.window
        return limits.window._replace(since=default_since(self._ledger, self.source))

    def spider_closed(self, reason: str) -> None:
        """Record how the run ended and publish what it stored."""
        self.finish_reason = reason
        if hasattr(self, "_frontier"):
            self._end(reason)
        if self._lock is not None:
            self._lock.release()

    def _end(self, reason: str) -> None:
        with self._reporting():
            self.counts["found"] = self._frontier.listed()
            drop_reserved_pages(self._ledger, self.folder, self.source)
            if (doubted := self._frontier.not_believed()) > 0:
                self.count("lastmod/not_believed", doubted)
            end_run(self._ledger, self._run_id, reason, dict(self.counts), __version__)
            if self._is_judged:
                self._judge()
            publish(self._ledger, self.folder)
        self._ledger.close()

    def _judge(self) -> None:
        self.judgement = judge_run(self._ledger, self.source, self._run_id, self._routes_answered())
        if self.judgement.verdict in HELD:
            self.bad_page = keep_bad_page(
                self._ledger,
                self.folder,
                (self.source, self._run_id),
                self.judgement,
                self._refused,
            )

    def _routes_answered(self) -> Routes:
        read = self.counts["route/read"] + self.counts["route/not_modified"]
        return Routes(read, [reason for _, reason in self.failed_routes])

    def count(self, name: str, by: int = 1) -> None:
        """Count what happened under *name*, here and in Scrapy's stats."""
        self.counts[name] += by
        if self._crawler.stats is not None:
            self._crawler.stats.inc_value(name, by)

    def offer(self, entries: Sequence[Listed], *, again: bool = False) -> int:
        """Hand the ledger the addresses that a route lists; return how many are new or changed."""
        with self._stopping():
            return self._frontier.offer(self._memory.allowed(entries), again=again)

    def take(self, count: int) -> list[Candidate]:
        """Return up to *count* addresses to ask for now."""
        with self._stopping():
            candidates = self._frontier.take(count, self.window)
        self.count("requested", len(candidates))
        return candidates

    def due(self) -> dict[str, int]:
        """Return how many addresses are yet to be asked for, for each scheme and host."""
        with self._stopping():
            return self._frontier.due(self.window)

    def store(self, article: Article) -> Outcome | None:
        """Store *article* and the record of its address as one; return what it came to.

        ``None`` where it was published outside the period that was asked for, or where the page
        of a known article shows something else now: then the row stays as it is.
        """
        visit = _visit_of(article)
        if not self.window.holds(article.published):
            self._record(visit, "outside", published=article.published)
            self.count("article/outside_period")
            return None
        with self._stopping():
            doubt = doubt_about(known_row(self._ledger, self.source, visit.url), article)
        if doubt is not None:
            self._keep(visit, doubt, article)
            return None
        with self._stopping():
            records = self._archived(article)
        with self._stopping(), self._ledger.transaction() as db:
            outcome = put_article(db, article)
            index(db, records, article.article_id)
            self._visited(db, article, outcome)
        self.count(f"article/{outcome}")
        return outcome

    def admits(self, article: Article) -> bool:
        """Take forgotten names out of *article*; return whether it may be kept at all."""
        self._memory.clean(article)
        if not self._memory.holds(article.article_id):
            return True
        visit = _visit_of(article)
        self.no_article(visit, Verdict("refused", "forgotten"))
        with self._stopping(), self._ledger.transaction() as db:
            # Another address of it: not to be asked for again either.
            remember(db, "article", fingerprint(visit.url))
        return False

    def _archived(self, article: Article) -> list[RawRecord]:
        """Keep the pages of *article* as they came, where one may and a setting says so."""
        archive, moment = self._archive, article.fetched_at or datetime.now(UTC)
        if archive is None or article.visit is None:
            return []
        return [archive.append(page, moment) for page in article.visit.pages]

    def _keep(self, visit: Visit, doubt: Doubt, article: Article) -> None:
        """Record that a page did not show its article, whose row stays."""
        if doubt == "other_page":
            self._record(visit, "not_article", reason=doubt)
            self.count("page/not_article")
            self.count(f"page/not_article/{doubt}")
            return
        # Its validators are those of the wall: with them the whole text would not come again.
        self._is_there(Visit(visit.url, visit.http_status), article.published)
        self.count(f"article/{doubt}")

    def _visited(self, db: sqlite3.Connection, article: Article, outcome: Outcome) -> None:
        """Record where *article* was read: after a redirect that is two addresses."""
        status = "duplicate" if outcome == "duplicate" else "article"
        visit = _visit_of(article)
        recheck = self._recheck(article)
        read_at = Visit(canonical_url(article.url), visit.http_status)
        # The listed address leads to the other: to look at one of them again is enough.
        for each, check in ((read_at, None), (visit, recheck)):
            self._frontier.visited(
                db,
                each,
                status,
                reason="reserved" if article.withheld else None,
                article_id=article.article_id,
                published=article.published,
                next_check=check,
                changed=None if outcome == "new" else outcome == "changed",
                incomplete=MISSING in article.problems,
            )

    def _recheck(self, article: Article) -> datetime | None:
        """Return when to look at *article* again: soon, where a part of it could not be had."""
        now = datetime.now(UTC)
        if MISSING in article.problems:
            failures = self._frontier.failures(_visit_of(article).url)
            return self._schedule.retry(now, "failed", failures + 1)
        return self._schedule.recheck(now, article.published)

    def not_modified(self, candidate: Candidate) -> None:
        """Record that the server says an article is as it was."""
        self._is_there(Visit(candidate.url, NOT_MODIFIED), candidate.published)
        self.count("article/unchanged")
        self.count("page/not_modified")

    def _is_there(self, visit: Visit, published: datetime | None) -> None:
        """Record that the page of an article is there, without a new state of it."""
        with self._stopping(), self._ledger.transaction() as db:
            recheck = self._schedule.recheck(datetime.now(UTC), published)
            self._frontier.visited(db, visit, "article", next_check=recheck, changed=False)
            note_present(db, self.source, visit.url)

    def no_article(
        self, candidate: Candidate | Visit, verdict: Verdict, response: Response | None = None
    ) -> None:
        """Record that an address brought no article, why, and when to try it again."""
        visit = Visit(candidate.url, response.status if response is not None else 0)
        asked = retry_moment(response) if response is not None else None
        self._record(visit, verdict.status, reason=verdict.reason, not_before=asked)
        self.count(f"page/{verdict.status}")
        self.count(f"page/{verdict.status}/{verdict.reason}")
        if verdict.status == "not_article" and self._refused is None and response is not None:
            self._refused = raw_page(response)
        if verdict.status == "gone":
            self._note_missing(
                {candidate.url, *([canonical_url(response.url)] if response else [])}
            )

    def _note_missing(self, asked: set[str]) -> None:
        least = self._schedule.retries["gone"].first
        with self._stopping(), self._ledger.transaction() as db:
            is_gone = note_missing(db, self.source, asked, datetime.now(UTC), least)
        if is_gone:
            self.count("article/gone")

    def host_stopped(self, origin: str, stopped: HostStopped, detail: str) -> None:
        """Record that *origin* is asked no more in this run, and put off its addresses."""
        self.stopped_hosts[origin] = (stopped, detail)
        self.count(f"host/stopped/{stopped.reason}")
        if not hasattr(self, "_frontier"):
            return
        with self._stopping():
            if stopped.until is not None and self.host_records is not None:
                self.host_records.close(origin, stopped.until)
            count = self._frontier.postpone_host(origin, stopped.until, self.window)
        self._count_postponed(stopped.reason, count)

    def postponed(self, candidate: Candidate, stopped: HostStopped) -> None:
        """Leave an address as it is, since its host was stopped: it stays due."""
        with self._stopping():
            self._frontier.postpone(candidate.url, stopped.until)
        self._count_postponed(stopped.reason, 1)

    def _count_postponed(self, reason: str, count: int) -> None:
        if count:
            self.count("page/refused", count)
            self.count(f"page/refused/{reason}", count)

    def _record(
        self,
        visit: Visit,
        status: str,
        *,
        reason: str | None = None,
        published: datetime | None = None,
        not_before: datetime | None = None,
    ) -> None:
        with self._stopping():
            due = datetime.now(UTC)  # what lies outside this period, as soon as one holds it
            if status != "outside":
                failures = self._frontier.failures(visit.url) + 1
                due = self._schedule.retry(due, status, failures)
            with self._ledger.transaction() as db:
                self._frontier.visited(
                    db,
                    visit,
                    status,
                    reason=reason,
                    published=published,
                    next_check=max(due, not_before or due),
                )

    def last_visit(self, route: Route) -> RouteVisit | None:
        """Return what is known of *route* from earlier runs that read it with the same facts."""
        with self._stopping():
            return self._visits.last(route.url)

    def route_read(self, route: Route, visit: RouteVisit | None = None) -> None:
        """Count a route that answered as it should; keep *visit* for the next run."""
        self._routes.append(route)
        self._kinds_read.add(type(route))
        self.count("route/read")
        if visit is not None:
            with self._stopping():
                self._visits.record(route.url, visit)

    def route_failed(self, route: Route, reason: str) -> None:
        """Count a route that could not be read, and remember which.

        Where only a convention says that there is one, none is no failure.
        """
        self._routes.append(route)
        if route.status == "convention" and reason in ABSENT:
            self.absent_routes.append((route.url, reason))
            self.count("route/absent")
            return
        self.failed_routes.append((route.url, reason))
        self.count(f"route/failed/{reason}")

    def has_read(self, kind: type[Route]) -> bool:
        """Return whether a route of *kind* has answered as it should."""
        return kind in self._kinds_read

    def is_host_of_source(self, origin: str) -> bool:
        """Return whether a route of the source lies on *origin*."""
        return any(route.url.startswith(f"{origin}/") for route in self._routes)

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
            self.error = self.error or str(error)

    @contextmanager
    def _stopping(self) -> Iterator[None]:
        """End the crawl where the output folder cannot be used: what is stored stays."""
        try:
            self._check_open()
            yield
        except DatasetError as error:
            self.error = self.error or str(error)
            raise CloseSpider("output_unusable") from error

    def _check_open(self) -> None:
        if not hasattr(self, "_frontier"):
            raise DatasetError(f"the output folder {self.folder.root} is not open")


def _visit_of(article: Article) -> Visit:
    return article.visit or Visit(canonical_url(article.url), 0)
