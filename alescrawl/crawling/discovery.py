"""Discovery: follows a source's routes and offers what they list to the ledger."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from scrapy import Request

from alescrawl.crawling.failures import verdict
from alescrawl.crawling.feeds import Listed, read_feed
from alescrawl.crawling.routes import Feed, Sitemap, UnreadableRoute
from alescrawl.crawling.sitemaps import read_sitemap
from alescrawl.dataset.frontier import Entry
from alescrawl.extraction.canonical import canonical_url, without_tracking

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scrapy.http import Response
    from twisted.python.failure import Failure

    from alescrawl.crawling.routes import Route
    from alescrawl.crawling.spider import NewsSpider

OFFERED_AT_ONCE = 500
LONGEST_URL = 2_000
DEEPEST_SITEMAP = 5


class Discovery:
    """The routes of one run: which are still open, and what they listed."""

    def __init__(self, spider: NewsSpider) -> None:
        self._spider = spider
        self._run = spider.run
        self._open = 0
        self._sitemaps: set[str] = set()

    @property
    def done(self) -> bool:
        """Whether every route has answered."""
        return self._open == 0

    def start(self) -> list[Request]:
        """Return the requests for the source's declared routes."""
        return [request for route in self._spider.routes for request in self._ask(route, 0)]

    def _ask(self, route: Route, depth: int) -> Iterator[Request]:
        if isinstance(route, Sitemap):
            if route.url in self._sitemaps:
                self._run.count("route/repeated_sitemap")
                return
            self._sitemaps.add(route.url)
        self._open += 1
        callback = self._parse_feed if isinstance(route, Feed) else self._parse_sitemap
        yield Request(
            route.url,
            callback=callback,
            errback=self._failed,
            cb_kwargs={"route": route, "depth": depth},
            dont_filter=True,  # a loop of sitemaps is noticed above, under a name of its own
        )

    def _parse_feed(self, response: Response, route: Route, depth: int) -> None:
        del depth
        try:
            self._offer(read_feed(response.body, response.url))
            self._run.route_read(route)
        except UnreadableRoute as error:
            self._run.route_failed(route, error.reason)
        finally:
            self._closed()

    def _parse_sitemap(self, response: Response, route: Route, depth: int) -> Iterator[Request]:
        children: list[Listed] = []
        try:
            self._offer(self._articles(response, children))
            self._run.route_read(route)
            for child in self._worth_reading(children, depth):
                yield from self._ask(Sitemap(child.url), depth + 1)
        except UnreadableRoute as error:
            self._run.route_failed(route, error.reason)
        finally:
            self._closed()

    @staticmethod
    def _articles(response: Response, children: list[Listed]) -> Iterator[Listed]:
        """Yield the pages that a sitemap lists; put the sitemaps it lists into *children*."""
        for is_sitemap, listed in read_sitemap(response.body, response.url):
            if is_sitemap:
                children.append(listed)
            else:
                yield listed

    def _worth_reading(self, children: list[Listed], depth: int) -> Iterator[Listed]:
        """Yield the sitemaps that may list an article of the period."""
        since = self._run.window.since
        for child in children:
            if depth >= DEEPEST_SITEMAP:
                self._run.count("route/too_deep")
            elif since is None or child.lastmod is None or child.lastmod >= since:
                yield child

    def _offer(self, listed: Iterable[Listed]) -> None:
        entries = self._entries(listed)
        while some := list(islice(entries, OFFERED_AT_ONCE)):
            self._run.offer(some, again=self._spider.limits.full)
            self._spider.wake()

    def _entries(self, listed: Iterable[Listed]) -> Iterator[Entry]:
        counts: Counter[str] = Counter()
        for entry in listed:
            reason = self._reason_to_pass(entry.url)
            counts[reason or "route/listed"] += 1
            if reason is None:
                yield Entry(
                    canonical_url(entry.url),
                    without_tracking(entry.url),
                    entry.published,
                    entry.lastmod,
                    entry.title,
                )
        for name, count in counts.items():
            self._run.count(name, count)

    def _reason_to_pass(self, url: str) -> str | None:
        if len(url) > LONGEST_URL:
            return "route/url_too_long"
        return None if self._spider.is_article_url(url) else "route/not_an_article_url"

    def _failed(self, failure: Failure) -> None:
        request: Request = failure.request  # type: ignore[attr-defined]
        self._run.route_failed(request.cb_kwargs["route"], verdict(failure).reason)
        self._closed()

    def _closed(self) -> None:
        self._open -= 1
        self._spider.wake()
