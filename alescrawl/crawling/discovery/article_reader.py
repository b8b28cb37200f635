"""From a response to the articles it shows, or to the reason why it shows none."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from w3lib.encoding import http_content_type_encoding

from alescrawl.crawling.discovery.route_hints import complete
from alescrawl.crawling.failures import DOWNLOAD_ERRORS, RunEnding, Verdict
from alescrawl.crawling.hosts.downloader import OK, download
from alescrawl.crawling.hosts.rights import apply_rights
from alescrawl.crawling.pages.address_kinds import address_kind
from alescrawl.crawling.pages.digests import items_of
from alescrawl.crawling.pages.joined_parts import Parts
from alescrawl.crawling.pages.other_texts import OTHER_TEXT, shows_other_text
from alescrawl.crawling.pages.reader import PageContext, read_page
from alescrawl.crawling.pages.reading_processes import LostReader, TooCostly
from alescrawl.crawling.runs.moves import permanent_redirect
from alescrawl.dataset.ledger.hints import is_listed_as_article
from alescrawl.extraction.byline.names import with_given_name_first
from alescrawl.extraction.canonical import canonical_url
from alescrawl.extraction.page.page import UnreadablePage
from alescrawl.items import RawPage, Visit

if TYPE_CHECKING:
    from scrapy.http import Response

    from alescrawl.crawling.discovery.source_spider import SourceSpider
    from alescrawl.crawling.pages.reader import ReadPage
    from alescrawl.dataset.ledger.frontier import Candidate
    from alescrawl.items import Article

FETCHED_AT = "alescrawl_fetched_at"
"""Key of ``Request.meta``: when the page was fetched, where that is not now."""

_NOTHING_THERE = frozenset({"home", "error"})
"""Kinds of pages that a site shows for an article that it has no more, with status 200."""


class NotAnArticle(Exception):  # noqa: N818 - what a page is
    """A response shows no article; *verdict* says why.

    *first_part* is the address of the article of which the page is a later part.
    """

    def __init__(self, status: str, reason: str, first_part: str | None = None) -> None:
        super().__init__(reason)
        self.verdict = Verdict(status, reason)
        self.first_part = first_part


class ReadArticles(NamedTuple):
    """The articles of a page: one, or the items of a *newsletter*."""

    articles: list[Article]
    newsletter: Article | None = None


class ArticleReader:
    """Reads the pages of one source, with the facts and the policy of *spider*."""

    def __init__(self, spider: SourceSpider) -> None:
        self._spider = spider

    async def read(self, response: Response, candidate: Candidate) -> ReadArticles:
        """Return what *response* shows of *candidate*; raise :exc:`NotAnArticle`.

        The steps: where the address led, the page itself and what kind it is, what is known of
        its source and response, its later parts, what the routes said, and its items.
        """
        is_elsewhere = self._check_address(response, candidate)
        read = await self._read_page(response, self._context(response, candidate))
        self._check_kind(read)
        if is_elsewhere and not self._has_moved_there(read.article, response, candidate):
            raise NotAnArticle("not_article", "redirected_elsewhere")
        self._attribute(read.article, response, candidate)
        await self._join_parts(read, response)
        self._check_text(read, candidate)
        complete(read.article, candidate.hints)
        _check_words(read.article)
        return self._articles_of(read)

    def _check_address(self, response: Response, candidate: Candidate) -> bool:
        """Return whether *response* comes from where the source may have moved to.

        Raises :exc:`NotAnArticle` where it comes from elsewhere.
        """
        # Some sites answer with their home page for what they removed.
        if address_kind(response.url) == "home" != address_kind(candidate.listed_url):
            raise NotAnArticle("gone", "redirected_home")
        source = self._spider
        if source.is_own_host(response.url) and source.is_article_url(response.url):
            return False
        if permanent_redirect(response) is None or address_kind(response.url) is not None:
            raise NotAnArticle("not_article", "redirected_elsewhere")
        return True

    def _has_moved_there(self, article: Article, response: Response, candidate: Candidate) -> bool:
        """Tell what the page of a permanent redirect shows; return whether it is to be kept."""
        return self._spider.run.moves.weigh_article(response, candidate.url, article)

    def _context(self, response: Response, candidate: Candidate) -> PageContext:
        """Return what the source's facts and the routes say of the page before it is read."""
        is_listed = is_listed_as_article(candidate.hints)
        is_there = canonical_url(response.url) == candidate.url
        return PageContext(
            _declared_encoding(response),
            article=self._is_known_form(response.url) or (is_listed and is_there),
            dated=candidate.published is not None,
            digest=self._spider.is_digest(response.url),
        )

    def _is_known_form(self, url: str) -> bool:
        """Return whether the source's patterns tell that *url* is an article's."""
        return bool(self._spider.article_urls) and self._spider.has_article_form(url)

    async def _read_page(self, response: Response, context: PageContext) -> ReadPage:
        try:
            return await self._spider.extractor.extract(
                response.body,
                response.url,
                response.meta.get(FETCHED_AT) or datetime.now(UTC),
                self._spider.selectors,
                context,
            )
        except UnreadablePage as error:
            raise NotAnArticle("not_article", error.reason) from error
        except RunEnding:
            raise
        except TooCostly as error:
            self._spider.note_too_costly(response.url)
            raise NotAnArticle("failed", "too_costly") from error
        except LostReader as error:
            raise NotAnArticle("failed", "lost_worker") from error
        except Exception as error:
            # A page that our own code cannot read must not cost the others: it is tried again.
            self._spider.logger.exception(
                "Reading %s failed: please report this page", response.url
            )
            raise NotAnArticle("failed", "extraction_error") from error

    def _check_kind(self, read: ReadPage) -> None:
        """Raise :exc:`NotAnArticle` where the page that was *read* is none to keep as it is."""
        if (reason := self._spider.reason_to_refuse(read)) is not None:
            raise NotAnArticle("gone" if reason in _NOTHING_THERE else "not_article", reason)
        first = read.split.first
        if first is not None and self._spider.is_article_url(first):
            # All parts are one article, and it has the address of the first.
            raise NotAnArticle("not_article", "part", first_part=first)

    def _check_text(self, read: ReadPage, candidate: Candidate) -> None:
        """Raise :exc:`NotAnArticle` where a new page is not about what its route called it."""
        called, _ = candidate.hints.get("title", ("", None))
        if not called or read.anchors is not None or read.article.text is None:
            return
        if shows_other_text(called, read.article) and not self._spider.run.recorder.has_words(
            candidate
        ):
            raise NotAnArticle("not_article", OTHER_TEXT)

    def _attribute(self, article: Article, response: Response, candidate: Candidate) -> None:
        """Add what is known of the source and the response."""
        source = self._spider
        article.source = source.source
        if source.publisher is not None:
            article.publisher = source.publisher
            article.provenance["publisher"] = "source"
        if source.surname_first:
            # A name that was not recognised as one stands as it was printed.
            printed = article.byline or ""
            article.authors = [
                with_given_name_first(name) if name in printed else name for name in article.authors
            ]
        apply_rights(article, response)
        article.visit = Visit(
            candidate.url,
            response.status,
            _header(response, "ETag"),
            _header(response, "Last-Modified"),
            pages=[raw_page(response)],
        )

    async def _join_parts(self, read: ReadPage, response: Response) -> None:
        """Add to the article of *read* the text of its later parts, and their pages as they came.

        The first page is asked for, the others only where their text may be kept.
        """
        if not read.split.later or not self._spider.keeps_text(read.article):
            return
        pages = [raw_page(response)]
        parts = Parts(read)
        missing: set[int] = set()
        while parts.waiting:
            number, url = parts.take()
            answer = await self._download(url)
            page = await self._read_part(answer, read.article.url) if answer is not None else None
            self._spider.run.count("part/missing" if page is None else "part/read")
            if answer is None or page is None:
                missing.add(number)
            else:
                pages.append(raw_page(answer))
                parts.add(number, page)
        parts.join(missing)
        if read.article.visit is not None:
            read.article.visit.pages = pages

    async def _download(self, url: str) -> Response | None:
        try:
            response = await download(self._spider.crawler, url)
        except DOWNLOAD_ERRORS:
            return None
        return response if response.status == OK else None

    async def _read_part(self, response: Response, first: str) -> ReadPage | None:
        try:
            read = await self._read_page(
                response, PageContext(_declared_encoding(response), part_of=first)
            )
        except NotAnArticle:
            return None
        apply_rights(read.article, response)
        return read

    def _articles_of(self, read: ReadPage) -> ReadArticles:
        """Return the article that was *read*, or the items of a newsletter."""
        article = read.article
        if read.anchors is None:
            return ReadArticles([article])
        items = items_of(article, read.anchors)
        if not self._spider.keeps_text(article):
            # No words are kept, headings neither; what is known from before loses its own.
            return ReadArticles([article, *filter(self._spider.run.recorder.knows, items)])
        if not items:
            raise NotAnArticle("not_article", "digest")
        return ReadArticles(items, newsletter=article)


def _check_words(article: Article) -> None:
    if not article.title or not (article.text or article.tdm_reserved):
        raise NotAnArticle("not_article", "no_title" if article.text else "no_text")


def raw_page(response: Response) -> RawPage:
    """Return the page as the archive keeps it."""
    headers = [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    ]
    return RawPage(response.url, response.status, headers, response.body)


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None


def read_alone(spider: SourceSpider, response: Response) -> ReadPage:
    """Return what *response* shows by itself, by the selectors of *spider*.

    Raises :class:`~alescrawl.extraction.page.page.UnreadablePage`.
    """
    known = bool(spider.article_urls) and spider.has_article_form(response.url)
    context = PageContext(_declared_encoding(response), article=known)
    return read_page(response.body, response.url, datetime.now(UTC), spider.selectors, context)


def _declared_encoding(response: Response) -> str | None:
    return http_content_type_encoding(_header(response, "Content-Type"))
