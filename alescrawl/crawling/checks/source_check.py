"""Looks at sources as a crawl would, with few requests: robots.txt, rights, each first page."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Final, Self
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals

from alescrawl.crawling.checks.model import RouteCheck, SourceCheck
from alescrawl.crawling.failures import RunEnding, verdict
from alescrawl.crawling.hosts.rights import apply_rights, rights_of_page
from alescrawl.crawling.hosts.rights_policy import RightsPolicy
from alescrawl.crawling.pages.extractor import Extractor
from alescrawl.crawling.pages.reading_processes import LostReader, TooCostly
from alescrawl.crawling.routes.model import ABSENT, Listing, Onward, UnreadableRoute
from alescrawl.crawling.routes.readers import WholeReading, answer_of, read_whole
from alescrawl.crawling.runs.summary import in_words
from alescrawl.dataset.ledger.hints import Listed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from alescrawl.crawling.checks.model import Outcome
    from alescrawl.crawling.discovery.spider import NewsSpider
    from alescrawl.crawling.hosts.robots import RobotsRules
    from alescrawl.crawling.routes.model import Route

_REFUSED: Final = frozenset(
    {"robots", "host_refuses", "host_closed", "http_429", "http_401"}
    | {"http_402", "http_403", "http_407", "http_451"}
)


class CheckSpider(Spider):
    """Asks for the first page of each route of *sources*, and for one article of each.

    Robots.txt, reservations, delays and waits are those of a crawl, since its middlewares ask.
    Nothing is stored; ``checks`` holds what was found, by name.
    """

    name = "check-sources"
    custom_settings: ClassVar[dict[str, Any]] = {  # type: ignore[misc]  # Scrapy's own form
        "ITEM_PIPELINES": {},
        "RETRY_TIMES": 1,
    }

    def __init__(self, sources: Sequence[type[NewsSpider]]) -> None:
        super().__init__()
        self._sources = {each.name: each() for each in sources}
        now = datetime.now(UTC)
        self.checks = {n: SourceCheck(n, s.publisher, now) for n, s in self._sources.items()}

    @property
    def _extractor(self) -> Extractor:
        extractor = self.crawler.get_extension(Extractor)
        if extractor is None:
            raise RuntimeError("CheckSpider needs alescrawl.crawling.pages.extractor.Extractor")
        return extractor

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:  # noqa: ANN401
        """Return the spider, which is told what each robots.txt says."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.robots_read, signals.robots_parsed)
        return spider

    def named_urls(self) -> Iterator[str]:
        """Yield addresses at the origins that the sources name."""
        for source in self._sources.values():
            yield from source.named_urls()

    async def start(self) -> AsyncIterator[Request]:
        """Yield a request for each route."""
        for name, source in self._sources.items():
            for request in self._ask(name, source.routes or [_home(source)]):
                yield request

    def robots_read(self, robotparser: RobotsRules, request: Request) -> None:
        """Note the Crawl-delay of the host of *request*."""
        name = request.cb_kwargs.get("name")
        if name is not None and robotparser.delay:
            self.checks[name].crawl_delay = robotparser.delay

    async def read(self, response: Response, name: str, route: Route) -> AsyncIterator[Request]:
        """Note what a route answered, and ask for the newest article that it lists."""
        try:
            read = await self._extractor.call(read_whole, answer_of(route, response))
        except RunEnding:
            return
        except (TooCostly, LostReader):
            read = WholeReading([], "too_costly")
        for request in self._noted(read, response, name, route):
            yield request

    def _noted(
        self, read: WholeReading, response: Response, name: str, route: Route
    ) -> Iterator[Request]:
        check, source = self.checks[name], self._sources[name]
        try:
            found = list(read)
        except UnreadableRoute as error:
            self._note(check, route, _unread(error.reason), in_words(error.reason))
            yield from self._after(name)
            return
        listed = [each.url for each in found if isinstance(each, Listed)]
        own = [url for url in listed if source.is_own_host(url) and source.is_article_url(url)]
        leads_on = any(isinstance(each, Onward) and not each.next_page for each in found)
        is_list = bool(own or leads_on)
        outcome: Outcome = "works" if is_list else "empty"
        detail = "" if is_list or not listed else f"{len(listed)} addresses, none of an article"
        if _place(response.url) != _place(route.address):
            outcome, detail = "moved", f"to {response.url}"
        self._note(check, route, outcome, detail, articles=len(own), lists=is_list)
        if own and not check.sample:
            check.sample = own[0]
            yield self._request(own[0], name, self.read_rights, self.article_failed)
        yield from self._after(name)

    def route_failed(self, failure: Failure) -> Iterator[Request]:
        """Note why a route could not be read."""
        request: Request = failure.request  # type: ignore[attr-defined]
        name, route = request.cb_kwargs["name"], request.cb_kwargs["route"]
        reason = verdict(failure).reason
        self._note(self.checks[name], route, _unread(reason), in_words(reason))
        yield from self._after(name)

    async def read_rights(self, response: Response, name: str) -> None:
        """Note what an article says of its rights, and its host of it."""
        try:
            stated = await self._extractor.call(rights_of_page, response.body, response.url)
        except (TooCostly, LostReader, RunEnding):
            return
        apply_rights(stated, response)
        check = self.checks[name]
        check.rights = stated.rights_signals
        check.reserves = self._rights_policy.meaning(stated) != "ignore"

    @cached_property
    def _rights_policy(self) -> RightsPolicy:
        return RightsPolicy(self.settings.getdict("ALESCRAWL_RIGHTS"))

    def article_failed(self, failure: Failure) -> None:
        """Note where articles are refused though the routes are not."""
        request: Request = failure.request  # type: ignore[attr-defined]
        reason = verdict(failure).reason
        if reason in _REFUSED:
            self.checks[request.cb_kwargs["name"]].refusal = f"{request.url}: {in_words(reason)}"

    def _ask(self, name: str, routes: Sequence[Route]) -> Iterator[Request]:
        self.checks[name].open_routes += len(routes)
        for route in routes:
            yield self._request(
                route.address,
                name,
                self.read,
                self.route_failed,
                route=route,
                statuses=[*route.statuses],
            )

    def _request(
        self,
        url: str,
        name: str,
        callback: Any,  # noqa: ANN401 - Scrapy's
        errback: Any,  # noqa: ANN401 - Scrapy's
        statuses: Sequence[int] = (),
        **more: Route,
    ) -> Request:
        return Request(
            url,
            callback=callback,
            errback=errback,
            cb_kwargs={"name": name, **more},
            meta={"handle_httpstatus_list": list(statuses)},
            dont_filter=True,
        )

    def _after(self, name: str) -> Iterator[Request]:
        """Ask for the home page where none of the routes is there, as a crawl does."""
        check, source = self.checks[name], self._sources[name]
        check.open_routes -= 1
        asked_home = any(route.url == source.home for route in check.routes)
        absent = all(each.outcome in {"gone", "empty"} for each in check.routes)
        if not check.open_routes and absent and not asked_home:
            yield from self._ask(name, [_home(source)])

    def _note(
        self,
        check: SourceCheck,
        route: Route,
        outcome: Outcome,
        detail: str = "",
        *,
        articles: int = 0,
        lists: bool = False,
    ) -> None:
        kind = type(route).__name__
        check.routes.append(
            RouteCheck(route.url, kind, route.status, outcome, detail, articles, lists)
        )


def _home(source: NewsSpider) -> Listing:
    return Listing(source.home or "", status="convention")


def _unread(reason: str) -> Outcome:
    """Return what the *reason* for which a route could not be read comes to."""
    if reason in _REFUSED:
        return "blocked"
    if reason in {"http_404", "http_410"}:
        return "gone"
    return "empty" if reason in ABSENT and not reason.startswith("http_") else "unreachable"


def _place(url: str) -> tuple[str, str, str]:
    """Return where *url* lies: http or https, www. and a last slash make no difference."""
    parts = urlsplit(url)
    return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/"), parts.query
