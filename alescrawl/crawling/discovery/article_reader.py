"""From a response to the article it shows, or to the reason why it shows none."""

from __future__ import annotations

from concurrent.futures.process import BrokenProcessPool
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from w3lib.encoding import http_content_type_encoding

from alescrawl.crawling.discovery.route_hints import complete
from alescrawl.crawling.discovery.split_articles import join_parts
from alescrawl.crawling.failures import Verdict
from alescrawl.crawling.hosts.rights import apply_rights, stated_rights
from alescrawl.crawling.pages.address_kinds import address_kind
from alescrawl.crawling.pages.digests import items_of
from alescrawl.crawling.pages.raw import raw_page
from alescrawl.crawling.pages.reader import Told
from alescrawl.dataset.ledger.hints import Listed, is_listed_as_article
from alescrawl.extraction.byline.names import with_given_name_first
from alescrawl.extraction.canonical import canonical_url
from alescrawl.extraction.page.page import UnreadablePage
from alescrawl.items import Visit

if TYPE_CHECKING:
    from scrapy.http import Response

    from alescrawl.crawling.discovery.spider import NewsSpider
    from alescrawl.crawling.pages.reader import ReadPage
    from alescrawl.dataset.ledger.frontier import Candidate
    from alescrawl.items import Article

FETCHED_AT = "alescrawl_fetched_at"
"""Key of ``Request.meta``: when the page was fetched, where that is not now."""

_NOTHING_THERE = frozenset({"home", "error"})
"""Kinds of pages that a site shows for an article that it has no more, with status 200."""


async def read_articles(
    spider: NewsSpider, response: Response, candidate: Candidate
) -> list[Article]:
    """Return the article, or the items of a letter of many.

    None where there is none, which is counted and recorded.
    """
    found = await _articles_or_verdict(spider, response, candidate)
    if not isinstance(found, Verdict):
        return found
    spider.run.no_article(candidate, found, response)
    # What says that it is reserved is not kept, whatever it is.
    is_first = found.status == "not_article" and spider.run.refused is None
    if is_first and spider.keeps_text(stated_rights(response)):
        spider.run.refused = raw_page(response)
    return []


async def _articles_or_verdict(
    spider: NewsSpider, response: Response, candidate: Candidate
) -> list[Article] | Verdict:
    if (elsewhere := _elsewhere(spider, response, candidate)) is not None:
        return elsewhere
    read = await _read(spider, response, _told(spider, response, candidate))
    if isinstance(read, Verdict):
        return read
    if (reason := _reason_to_refuse(spider, read)) is not None:
        return Verdict("gone" if reason in _NOTHING_THERE else "not_article", reason)
    article, pages = read.article, [raw_page(response)]
    _attribute(spider, response, candidate, article)
    if read.split.later and spider.keeps_text(article):
        pages += await join_parts(spider, read, partial(_read_part, spider))
    if article.visit is not None:
        article.visit.pages = pages
    complete(article, candidate.hints)
    if not article.title or not (article.text or article.tdm_reserved):
        return Verdict("not_article", "no_title" if article.text else "no_text")
    return _articles_of(spider, read)


def _articles_of(spider: NewsSpider, read: ReadPage) -> list[Article] | Verdict:
    """Return the article that was *read*, or the items of a letter."""
    article = read.article
    if read.anchors is None:
        return [article]
    items = items_of(article, read.anchors)
    if not spider.keeps_text(article):
        # No words are kept, headings neither; what is known from before loses its own.
        return [article, *filter(spider.run.knows, items)]
    if not items:
        return Verdict("not_article", "digest")
    spider.run.letter_read(article)
    return items


def _elsewhere(spider: NewsSpider, response: Response, candidate: Candidate) -> Verdict | None:
    """Return what it means where the address led to no article's."""
    # Some sites answer with their home page for what they removed.
    if address_kind(response.url) == "home" != address_kind(candidate.listed_url):
        return Verdict("gone", "redirected_home")
    if not (spider.is_own_host(response.url) and spider.is_article_url(response.url)):
        return Verdict("not_article", "redirected_elsewhere")
    return None


def _told(spider: NewsSpider, response: Response, candidate: Candidate) -> Told:
    """Return what the source's facts and the routes say of the page before it is read."""
    is_listed = is_listed_as_article(candidate.hints)
    is_there = canonical_url(response.url) == candidate.url
    return Told(
        _declared_encoding(response),
        article=bool(spider.article_urls) or (is_listed and is_there),
        dated=candidate.published is not None,
        digest=spider.is_digest(response.url),
    )


async def _read(spider: NewsSpider, response: Response, told: Told) -> ReadPage | Verdict:
    """Return the page, or why it cannot be read."""
    try:
        return await spider.extractor.extract(
            response.body,
            response.url,
            response.meta.get(FETCHED_AT) or datetime.now(UTC),
            spider.selectors,
            told,
        )
    except UnreadablePage as error:
        return Verdict("not_article", error.reason)
    except BrokenProcessPool:
        return Verdict("failed", "lost_worker")
    except Exception:
        # A page that our own code cannot read must not cost the others: it is tried again.
        spider.logger.exception("Reading %s failed: please report this page", response.url)
        return Verdict("failed", "extraction_error")


async def _read_part(spider: NewsSpider, response: Response, first: str) -> ReadPage | None:
    read = await _read(spider, response, Told(_declared_encoding(response), part_of=first))
    if isinstance(read, Verdict):
        return None
    apply_rights(read.article, response)
    return read


def _reason_to_refuse(spider: NewsSpider, read: ReadPage) -> str | None:
    """Return why the page that was *read* is none to keep as it is."""
    reason = spider.reason_to_refuse(read)
    first = read.split.first
    if reason is None and first is not None and spider.is_article_url(first):
        # All parts are one article, and it has the address of the first.
        spider.led_to(Listed(first))
        return "part"
    return reason


def _attribute(
    spider: NewsSpider, response: Response, candidate: Candidate, article: Article
) -> None:
    """Add what is known of the source and the response."""
    article.source = spider.source
    if spider.publisher is not None:
        article.publisher = spider.publisher
        article.provenance["publisher"] = "source"
    if spider.surname_first:
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
    )


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None


def _declared_encoding(response: Response) -> str | None:
    return http_content_type_encoding(_header(response, "Content-Type"))
