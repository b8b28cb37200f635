"""Discovery: follows a source's routes and offers what they list to the ledger."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from scrapy import Request

from alescrawl.crawling.failures import verdict
from alescrawl.crawling.readers import read_route
from alescrawl.crawling.routes import Answer, Flaw, Onward, UnreadableRoute
from alescrawl.dataset.listed import Listed
from alescrawl.extraction.canonical import without_tracking

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scrapy.http import Response
    from scrapy.http.headers import Headers
    from twisted.python.failure import Failure

    from alescrawl.crawling.routes import Route
    from alescrawl.crawling.spider import NewsSpider

OFFERED_AT_ONCE = 500
LONGEST_URL = 2_000
DEEPEST = 5
"""How many routes may lead from one to the next, pages of a listing not counted."""


class Discovery:
    """The routes of one run: which are still open, and what they listed."""

    def __init__(self, spider: NewsSpider) -> None:
        self._spider = spider
        self._run = spider.run
        self._open = 0
        self._asked: set[Route] = set()

    @property
    def done(self) -> bool:
        """Whether every route has answered."""
        return self._open == 0

    def start(self) -> list[Request]:
        """Return the requests for the source's declared routes."""
        return [request for route in self._spider.routes for request in self._ask(route, 0)]

    def _ask(self, route: Route, depth: int) -> Iterator[Request]:
        known = replace(route, status="seen")
        if known in self._asked:
            self._run.count("route/repeated")
            return
        self._asked.add(known)
        self._open += 1
        yield Request(
            route.address,
            callback=self._read,
            errback=self._failed,
            cb_kwargs={"route": route, "depth": depth},
            dont_filter=True,  # a loop of routes is noticed above, under a name of its own
        )

    def _read(self, response: Response, route: Route, depth: int) -> Iterator[Request]:
        onward: list[Onward] = []
        answer = Answer(route, response.body, response.url, _by_name(response.headers))
        try:
            self._offer(self._articles(read_route(answer), onward), route)
            self._run.route_read(route)
            for step in self._worth_reading(onward, depth):
                yield from self._ask(step.route, depth + (not step.next_page))
        except UnreadableRoute as error:
            self._run.route_failed(route, error.reason)
        finally:
            self._closed()

    def _articles(
        self, found: Iterable[Listed | Onward | Flaw], onward: list[Onward]
    ) -> Iterator[Listed]:
        """Yield the articles of what was *found*; put the routes it leads to into *onward*."""
        for each in found:
            if isinstance(each, Listed):
                yield each
            elif isinstance(each, Onward):
                onward.append(each)
            else:
                self._run.count(f"route/problem/{each.name}")

    def _worth_reading(self, onward: list[Onward], depth: int) -> Iterator[Onward]:
        """Yield the routes that may list an article of the period."""
        since = self._run.window.since
        for step in onward:
            if depth >= DEEPEST:
                self._run.count("route/too_deep")
            elif since is None or step.lastmod is None or step.lastmod >= since:
                yield step

    def _offer(self, listed: Iterable[Listed], route: Route) -> None:
        entries = self._entries(listed, route)
        while some := list(islice(entries, OFFERED_AT_ONCE)):
            self._run.offer(some, again=self._spider.limits.full)
            self._spider.wake()

    def _entries(self, listed: Iterable[Listed], route: Route) -> Iterator[Listed]:
        counts: Counter[str] = Counter()
        for entry in listed:
            reason = self._reason_to_pass(entry.url)
            counts[reason or "route/listed"] += 1
            if reason is None:
                yield replace(entry, url=without_tracking(entry.url), origin=route.origin)
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


def _by_name(headers: Headers) -> dict[str, str]:
    """Return the last value of each header, by its name in lower case."""
    return {
        name.decode("latin-1").lower(): values[-1].decode("latin-1")
        for name, values in headers.items()
        if values
    }
