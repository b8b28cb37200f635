"""Reads articles again from the archive, as a crawl reads them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, NamedTuple

from scrapy import Request
from scrapy.exceptions import DropItem
from scrapy.http import Headers, Response
from scrapy.pipelines import ItemPipelineManager

from alescrawl.crawling.discovery.article_reader import FETCHED_AT, ArticleReader, NotAnArticle
from alescrawl.crawling.hosts.rights import known_reservation
from alescrawl.crawling.hosts.tdmrep import RESERVATION
from alescrawl.crawling.hosts.usage_signals import USAGE, host_signals
from alescrawl.crawling.pages.joined_parts import MISSING
from alescrawl.crawling.reprocessing.archive_spider import ArchiveSpider, has_module
from alescrawl.crawling.runs.followed import bare_host
from alescrawl.dataset.archive.warc import DamagedRecord
from alescrawl.extraction.canonical import canonical_url
from alescrawl.items import fingerprint

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Mapping
    from pathlib import Path

    from scrapy.settings import Settings

    from alescrawl.dataset.archive.pages import ArchivedArticle, ArchivedPage
    from alescrawl.dataset.folder import Folder
    from alescrawl.dataset.removal.redaction import Memory
    from alescrawl.items import Article, Visit


class Reread(NamedTuple):
    """What today's code makes of an archived article: the *article*, or the *reason* of none.

    ``may_be_kept`` says whether its page may stay in the archive.
    """

    article: Article | None
    reason: str | None = None
    counts: Counter[str] | None = None
    may_be_kept: bool = True


class ArchiveReader:
    """Reads the archived articles of one source in this process."""

    def __init__(self, settings: Settings, source: str, folder: Folder, memory: Memory) -> None:
        self._at = ArchiveSpider(settings, source, memory)
        self._reader = ArticleReader(self._at.spider)
        self._root = folder.raw
        self._has_module = has_module(settings, source)
        self._runner = asyncio.Runner()
        self._pipelines = ItemPipelineManager.from_crawler(self._at.crawler)
        self._runner.run(self._pipelines.open_spider_async())

    def close(self) -> None:
        """Let go of what the pipelines hold."""
        self._runner.run(self._pipelines.close_spider_async())
        self._runner.close()

    def read(self, archived: ArchivedArticle) -> Reread:
        """Return what the pages of *archived* show."""
        self._at.run.begin()
        if not self._has_module:
            # What an exploration of the site found out about it.
            was_found = archived.row["provenance"].get("publisher") == "source"
            publisher = archived.row["publisher"] if was_found else None
            self._at.spider.publisher = publisher  # type: ignore[misc]  # a fact of the row
        try:
            pages = [_response(self._root, page, archived) for page in archived.pages]
            self._at.engine.hold(pages[1:])
            article, visit = self._runner.run(self._article(pages[0], archived))
        except DamagedRecord:
            return Reread(None, "damaged")
        except Exception:
            # A fault of our own must not cost the other articles.
            self._at.spider.logger.exception("Reading %s again failed", archived.row["url"])
            return Reread(None, "extraction_error")
        # What takes words out of an article takes its pages out of the visit.
        may_be_kept = visit is None or bool(visit.pages)
        return self._result(article, archived, may_be_kept=may_be_kept)

    async def _article(
        self, response: Response, archived: ArchivedArticle
    ) -> tuple[Article | None, Visit | None]:
        """Return the article, and the visit that it had before it went through the pipelines."""
        if not self._at.spider.is_own_host(response.url):
            # Wherever its source has moved to, the page is one of its own.
            self._at.spider.followed.add(bare_host(response.url), other_form=True)
        try:
            read = await self._reader.read(response, archived.candidate)
        except NotAnArticle as error:
            self._at.run.recorder.reason = error.verdict.reason
            return None, None
        # Of the items of a newsletter, the one that the row is of.
        own = (each for each in read.articles if each.article_id == archived.row["article_id"])
        article = next(own, read.articles[0])
        visit = article.visit
        _keep_identity(article, archived.row)
        try:
            kept: Article = await self._pipelines.process_item_async(article)
        except DropItem:
            self._at.run.recorder.reason = self._at.run.recorder.reason or "dropped"
            return None, visit
        return kept, visit

    def _result(
        self, article: Article | None, archived: ArchivedArticle, *, may_be_kept: bool
    ) -> Reread:
        run = self._at.run
        if article is None:
            return Reread(None, run.recorder.reason, run.counts)
        if article.article_id != archived.row["article_id"]:
            return Reread(None, "other_address", run.counts)
        if MISSING in article.problems and MISSING not in archived.row["problems"]:
            return Reread(None, MISSING, run.counts)
        article.visit = None
        return Reread(article, None, run.counts, may_be_kept)


def _keep_identity(article: Article, row: Mapping[str, Any]) -> None:
    """Give *article* the identity of its *row*, where it lies at another address since."""
    place = canonical_url(row["url"])
    has_moved = fingerprint(place) != row["article_id"] and canonical_url(article.url) == place
    if has_moved and article.canonical_url == place:
        article.article_id, article.canonical_url = row["article_id"], row["canonical_url"]


def _response(root: Path, page: ArchivedPage, archived: ArchivedArticle) -> Response:
    raw = page.read(root)
    headers = Headers()
    for name, value in raw.headers:
        headers.appendlist(name, value)
    meta = {
        FETCHED_AT: page.newest.fetched_at,
        RESERVATION: known_reservation(archived.row["rights_signals"]),
        USAGE: host_signals(archived.row["rights_signals"]),
    }
    request = Request(raw.url, meta=meta)
    return Response(raw.url, status=raw.status, headers=headers, body=raw.body, request=request)
