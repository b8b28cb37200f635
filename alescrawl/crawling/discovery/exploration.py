"""Explores a site that nothing is known of: its home page, its robots.txt, its way to say no."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

from w3lib.encoding import http_content_type_encoding

from alescrawl.crawling.failures import DOWNLOAD_ERRORS, RunEnding, error_verdict
from alescrawl.crawling.hosts.downloader import OK, download
from alescrawl.crawling.hosts.host_files import HostFiles, Unreachable
from alescrawl.crawling.pages.reader import PageContext, ReadPage
from alescrawl.crawling.pages.reading_processes import LostReader, TooCostly
from alescrawl.crawling.pages.soft_errors import PROBE_PATH, NoArticle
from alescrawl.crawling.routes.home_page import HomeFacts, read_home
from alescrawl.crawling.routes.model import Listing
from alescrawl.crawling.runs.summary import in_words
from alescrawl.extraction.page.charset import decode
from alescrawl.extraction.page.page import UnreadablePage

if TYPE_CHECKING:
    from scrapy.http import Response

    from alescrawl.crawling.discovery.source_spider import SourceSpider
    from alescrawl.crawling.routes.model import Route


class ExplorationError(Exception):
    """The site cannot be explored; the message says why, in words for a user, *reason* by name."""

    def __init__(self, message: str, reason: str) -> None:
        super().__init__(message)
        self.reason = reason


class Explored(NamedTuple):
    """What a first look at a site gives.

    *no_articles* are the pages that it shows where there is no article: the home page, and what
    it answers, with a status that is no error, at an address that cannot exist.
    """

    home: HomeFacts
    publisher: str | None
    no_articles: list[NoArticle]


_UNREAD = "{url} cannot be read: {why}; check the address, or try again later"


async def explore(spider: SourceSpider, url: str) -> Explored:
    """Return what a first look at the home page *url* gives; raise :exc:`ExplorationError`."""
    response = await _home(spider, url)
    robots = await _robots(spider, response.url)
    try:
        facts = await spider.extractor.call(
            read_home,
            response.body,
            response.url,
            _encoding(response),
            _headers(response),
            robots,
        )
        home = (await _read(spider, response)).article
    except UnreadablePage as error:
        raise ExplorationError(
            f"{url} is no web page ({in_words(error.reason)}): name the home page of a site",
            error.reason,
        ) from error
    except (TooCostly, LostReader) as error:
        reason = "too_costly" if isinstance(error, TooCostly) else "lost_worker"
        raise ExplorationError(_UNREAD.format(url=url, why=in_words(reason)), reason) from error
    except RunEnding as error:
        raise ExplorationError(_UNREAD.format(url=url, why="the run ends"), "run_ended") from error
    probe = await _probe(spider, response.url)
    return Explored(
        facts,
        home.publisher or facts.name,
        [NoArticle.from_article(home, response.url), *probe],
    )


async def home_routes(spider: SourceSpider, url: str) -> list[Route]:
    """Return the routes that the home page *url* names, itself and its sections last.

    Raises :exc:`ExplorationError`.
    """
    found = await explore(spider, url)
    return [*found.home.routes, *map(Listing, [found.home.url, *found.home.sections])]


async def _home(spider: SourceSpider, url: str) -> Response:
    try:
        response = await download(spider.crawler, url)
    except DOWNLOAD_ERRORS as error:
        reason = error_verdict(error).reason
        raise ExplorationError(_UNREAD.format(url=url, why=in_words(reason)), reason) from error
    if response.status != OK:
        reason = f"http_{response.status}"
        raise ExplorationError(_UNREAD.format(url=url, why=in_words(reason)), reason)
    return response


async def _probe(spider: SourceSpider, home: str) -> list[NoArticle]:
    asked = urljoin(home, PROBE_PATH + secrets.token_hex(6))
    try:
        response = await download(spider.crawler, asked)
        read = await _read(spider, response)
    except DOWNLOAD_ERRORS:
        return []
    except (UnreadablePage, TooCostly, LostReader):
        return []
    return [NoArticle.from_article(read.article, asked)] if response.status == OK else []


async def _read(spider: SourceSpider, response: Response) -> ReadPage:
    context = PageContext(_encoding(response))
    now = datetime.now(UTC)
    return await spider.extractor.extract(response.body, response.url, now, {}, context)


async def _robots(spider: SourceSpider, home: str) -> str:
    files = spider.crawler.get_extension(HostFiles)
    if files is None:
        return ""
    try:
        found = await files.get(urljoin(home, "/").rstrip("/"), "/robots.txt")
    except DOWNLOAD_ERRORS:
        return ""
    except Unreachable:
        return ""
    return decode(found.body)[0] if found.status == OK else ""


def _encoding(response: Response) -> str | None:
    return http_content_type_encoding(_headers(response).get("content-type"))


def _headers(response: Response) -> dict[str, str]:
    """Return the headers by name in lower case, several of one name between commas."""
    return {
        name.decode("latin-1").lower(): ", ".join(value.decode("latin-1") for value in values)
        for name, values in response.headers.items()
    }
