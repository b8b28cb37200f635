"""From a response to the article it shows, or to the reason why it shows none."""

from __future__ import annotations

from concurrent.futures.process import BrokenProcessPool
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from w3lib.encoding import http_content_type_encoding

from alescrawl.crawling.failures import Verdict
from alescrawl.crawling.hinted import complete
from alescrawl.crawling.rights import apply_headers
from alescrawl.extraction.page import UnreadablePage
from alescrawl.items import RawPage, Visit

if TYPE_CHECKING:
    from scrapy.http import Response

    from alescrawl.crawling.spider import NewsSpider
    from alescrawl.dataset.frontier import Candidate
    from alescrawl.items import Article


async def read_article(
    spider: NewsSpider, response: Response, candidate: Candidate
) -> Article | None:
    """Return the article; ``None`` where there is none, which is counted and recorded."""
    if not spider.is_article_url(response.url):
        _refuse(spider, candidate, response, "redirected_elsewhere")
        return None
    try:
        article = await spider.extractor.extract(
            response.body,
            response.url,
            _declared_encoding(response),
            datetime.now(UTC),
            spider.selectors,
        )
    except UnreadablePage as error:
        _refuse(spider, candidate, response, error.reason)
        return None
    except BrokenProcessPool:
        spider.run.no_article(candidate, Verdict("failed", "lost_worker"), response)
        return None
    except Exception:
        # A page that our own code cannot read must not cost the others: it is tried again.
        spider.logger.exception("Reading %s failed: please report this page", response.url)
        spider.run.no_article(candidate, Verdict("failed", "extraction_error"), response)
        return None
    _attribute(spider, response, candidate, article)
    complete(article, candidate.hints)
    if not article.title or not (article.text or article.tdm_reserved):
        _refuse(spider, candidate, response, "no_title" if article.text else "no_text")
        return None
    return article


def _refuse(spider: NewsSpider, candidate: Candidate, response: Response, reason: str) -> None:
    spider.run.no_article(candidate, Verdict("not_article", reason), response)


def _attribute(
    spider: NewsSpider, response: Response, candidate: Candidate, article: Article
) -> None:
    """Add what is known of the source and the response."""
    article.source = spider.name
    if spider.publisher is not None:
        article.publisher = spider.publisher
        article.provenance["publisher"] = "source"
    apply_headers(article, response.headers)
    article.visit = Visit(
        candidate.url,
        response.status,
        _header(response, "ETag"),
        _header(response, "Last-Modified"),
        _raw_page(response),
    )


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None


def _raw_page(response: Response) -> RawPage:
    headers = [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    ]
    return RawPage(response.url, response.status, headers, response.body)


def _declared_encoding(response: Response) -> str | None:
    return http_content_type_encoding(_header(response, "Content-Type"))
