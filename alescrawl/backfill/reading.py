"""Reads captures as a crawl reads pages: today's code, as of the day of the capture."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from scrapy import Request
from scrapy.exceptions import DropItem
from scrapy.http import Headers, Response
from scrapy.pipelines import ItemPipelineManager
from scrapy.settings import Settings

from alescrawl.backfill.client import ArchiveUnreachable, Client
from alescrawl.backfill.fetching import Fetcher
from alescrawl.backfill.records import Unusable
from alescrawl.crawling.discovery.article_reader import FETCHED_AT, ArticleReader, NotAnArticle
from alescrawl.crawling.hosts.tdmrep import RESERVATION, Reservation
from alescrawl.crawling.reprocessing.archive_spider import ArchiveRecorder, ArchiveSpider
from alescrawl.dataset.ledger.captures import FAILED, Capture
from alescrawl.dataset.ledger.frontier import Candidate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alescrawl.dataset.removal.redaction import Memory
    from alescrawl.items import Article, RawPage

_NOT_RELEVANT: Final = "not_article/not_relevant"


@dataclass(frozen=True, slots=True)
class Task:
    """A capture to be read, what its host reserves today, and whether its address is known."""

    capture: Capture
    reservation: Reservation | None = None
    is_known: bool = False


@dataclass(slots=True)
class ReadCapture:
    """What a capture shows: *articles* (of a newsletter its items), or the *outcome* of none."""

    capture: Capture
    articles: list[Article] = field(default_factory=list)
    outcome: str = ""


@dataclass(slots=True)
class ReadBundle:
    """What the captures of a bundle show; *error* where the archive did not answer.

    It *is_lost* where it ended the process that read it.
    """

    read: list[ReadCapture]
    error: str = ""
    counts: Counter[str] = field(default_factory=Counter)
    is_lost: bool = False


class CaptureRecorder(ArchiveRecorder):
    """Is told what captures come to, as a crawl's is; knows only what the ledger knows."""

    is_known = False

    def knows(self, article: Article) -> bool:
        """Return whether the ledger has the article of the capture that is read."""
        del article
        return self.is_known

    def passes_over(self, article: Article) -> bool:
        """Pass over what is not relevant, unless the ledger has it."""
        del article
        if not self.is_known:
            self.reason = _NOT_RELEVANT
        return not self.is_known


class CaptureReader:
    """Fetches and reads the captures of one source in this process.

    With *keeps_pages* the pages come with the articles, for the archive of this dataset.
    """

    def __init__(
        self,
        values: dict[str, Any],
        source: str,
        memory: Memory,
        processes: int = 1,
        keeps_pages: bool = True,
    ) -> None:
        settings = Settings(values)
        self._at = ArchiveSpider(settings, source, memory)
        self._recorder = self._at.run.recorder = CaptureRecorder(self._at.run, memory)
        self._reader = ArticleReader(self._at.spider)
        self._client = Client.from_settings(settings, shared_by=processes)
        self._fetcher = Fetcher(self._client)
        self._keeps_pages = keeps_pages
        self._runner = asyncio.Runner()
        self._pipelines = ItemPipelineManager.from_crawler(self._at.crawler)
        self._runner.run(self._pipelines.open_spider_async())

    def close(self) -> None:
        """Let go of what the pipelines hold."""
        self._runner.run(self._pipelines.close_spider_async())
        self._runner.close()

    def read(self, tasks: Sequence[Task]) -> ReadBundle:
        """Return what a bundle of captures shows."""
        by_capture = {task.capture: task for task in tasks}
        done = ReadBundle([])
        before = self._client.requests, self._client.received
        try:
            for capture, page in self._fetcher.fetch([*by_capture]):
                done.read.append(self._read(by_capture[capture], page))
                done.counts.update(self._at.run.counts)
        except ArchiveUnreachable as error:
            done.error = str(error)
        done.counts["traffic/requests"] += self._client.requests - before[0]
        done.counts["traffic/bytes"] += self._client.received - before[1]
        return done

    def _read(self, task: Task, page: RawPage | Unusable) -> ReadCapture:
        self._at.run.begin()
        self._recorder.is_known = task.is_known
        if isinstance(page, Unusable):
            return ReadCapture(task.capture, outcome=f"{FAILED}{page.reason}")
        try:
            articles = self._runner.run(self._articles(page, task))
        except NotAnArticle as error:
            status, reason = error.verdict.status, error.verdict.reason
            return ReadCapture(task.capture, outcome=f"{status}/{reason}")
        except Exception:
            # A fault of our own must not cost the other captures.
            self._at.spider.logger.exception("Reading a capture of %s failed", task.capture.url)
            return ReadCapture(task.capture, outcome="not_article/extraction_error")
        return ReadCapture(task.capture, articles, "" if articles else self._outcome())

    def _outcome(self) -> str:
        reason = self._recorder.reason or "dropped"
        if "/" in reason:
            return reason
        return f"refused/{reason}"

    async def _articles(self, page: RawPage, task: Task) -> list[Article]:
        read = await self._reader.read(_response(page, task), _candidate(task.capture))
        kept = []
        for article in read.articles:
            _mark(article, task)
            visit = article.visit
            try:
                found: Article = await self._pipelines.process_item_async(article)
            except DropItem:
                continue
            # What takes words out of an article takes its pages out of the visit.
            found.visit = visit if self._keeps_pages else None
            kept.append(found)
        return kept


def _mark(article: Article, task: Task) -> None:
    """Say of *article* where it is from, and what its host reserves today: the stricter counts."""
    capture = task.capture
    article.fetched_at = article.captured_at = capture.captured_at
    article.archive = capture.archive
    article.provenance["captured_at"] = "archive"
    if task.reservation is not None and task.reservation.reserved:
        article.tdm_reserved = True
        article.provenance["tdm_reserved"] = "well-known"


def _candidate(capture: Capture) -> Candidate:
    return Candidate(capture.canonical, capture.url, None, {}, None, None)


def _response(page: RawPage, task: Task) -> Response:
    headers = Headers()
    for name, value in page.headers:
        headers.appendlist(name, value)
    meta = {FETCHED_AT: task.capture.captured_at, RESERVATION: task.reservation}
    request = Request(page.url, meta=meta)
    return Response(page.url, status=page.status, headers=headers, body=page.body, request=request)
