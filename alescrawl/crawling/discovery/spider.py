"""NewsSpider: from the facts about a source to its articles. A source adds facts, no logic."""

from __future__ import annotations

import asyncio
import sys
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Self
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals

from alescrawl.crawling.arguments import LIMIT_NAMES, read_limits, refuse_unknown
from alescrawl.crawling.discovery.article_reader import read_articles
from alescrawl.crawling.discovery.exploration import ExplorationError, home_routes
from alescrawl.crawling.discovery.route_requests import Discovery
from alescrawl.crawling.failures import HostStopped, RunEnding, Verdict, verdict
from alescrawl.crawling.hosts.conditional_requests import VALIDATORS, validators
from alescrawl.crawling.hosts.rights import stated_rights
from alescrawl.crawling.hosts.rights_policy import RightsPolicy
from alescrawl.crawling.hosts.shared import commons_of
from alescrawl.crawling.pages.address_kinds import address_kind
from alescrawl.crawling.pages.extractor import Extractor
from alescrawl.crawling.routes.model import Listing
from alescrawl.crawling.runs.estimate import LONG, estimate
from alescrawl.crawling.runs.run import Run
from alescrawl.crawling.source import Source, any_of
from alescrawl.dataset.ledger.addresses import NOT_MODIFIED

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection, Iterable, Iterator, Mapping, Sequence

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from alescrawl.crawling.pages.reader import ReadPage
    from alescrawl.crawling.routes.model import Route
    from alescrawl.dataset.ledger.frontier import Candidate
    from alescrawl.dataset.ledger.hints import Listed
    from alescrawl.items import Article

BATCH = 32
"""Addresses taken from the ledger at a time; no more than this wait in Scrapy's own queue."""


class NewsSpider(Source, Spider):
    """Crawls the articles that the routes of one source list, only what is new or changed.

    Subclasses are facts. Arguments: ``since`` and ``until`` (dates of publication, the latter
    excluded), ``limit`` (pages asked for at most), ``full=1`` (all again, unconditionally),
    ``estimate=1`` (no articles, only how many and how long).
    Raises :exc:`ArgumentError` for anything else.
    """

    everything: ClassVar[bool] = False
    """Whether a run that does not say since is about all articles, not those since the first."""

    only_listed: ClassVar[bool] = False
    """Whether a run asks only for what it listed itself, not for what else is due."""

    judges_pages: ClassVar[bool] = True
    """Whether pages that are no article, but a list of them or a legal notice, are passed over."""

    explores: ClassVar[bool] = False
    """Whether its routes are being found out: all are read, and further ones hang on what the
    first answered."""

    argument_names: ClassVar[Sequence[str]] = LIMIT_NAMES

    def __init__(self, name: str | None = None, **arguments: str) -> None:
        self.check_arguments(arguments)
        super().__init__(name)
        self.limits = read_limits(arguments)
        self.allowed_domains = self.domains
        self._article_url = any_of(self.article_urls)
        self._ignored_url = any_of(self.ignored_urls)
        self._taken = 0
        self._has_more = False
        self._has_room = True
        self._news = asyncio.Event()

    @classmethod
    def check_arguments(cls, arguments: Mapping[str, str]) -> None:
        """Raise :exc:`ArgumentError` where *arguments* cannot be understood."""
        refuse_unknown(arguments, cls.argument_names)
        read_limits(arguments)

    @cached_property
    def run(self) -> Run:
        """The run that this spider reports to."""
        run = self.crawler.get_extension(Run)
        if run is None:
            raise RuntimeError("NewsSpider needs the extension alescrawl.crawling.runs.run.Run")
        return run

    @cached_property
    def extractor(self) -> Extractor:
        """What reads the pages of this spider."""
        extractor = self.crawler.get_extension(Extractor)
        if extractor is None:
            raise RuntimeError("NewsSpider needs alescrawl.crawling.pages.extractor.Extractor")
        return extractor

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:  # noqa: ANN401
        """Return the spider, which asks for more whenever Scrapy has nothing left to ask for."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        # Fired whenever a request could be sent and none waits: the time to take the next ones.
        crawler.signals.connect(spider.room_found, signals.scheduler_empty)
        return spider

    @property
    def source(self) -> str:
        """The name of the source in the dataset."""
        return self.name

    def further_routes(self) -> Sequence[Route]:
        """Return the routes to ask when the first have answered; none unless overridden."""
        return ()

    def route_listed(self, route: Route, addresses: Collection[int]) -> None:
        """Note the hashes of the articles that *route*, or what it leads to, listed."""

    def closing_lines(self) -> Iterable[str]:
        """Return the lines to print when the crawl is over, after its summary."""
        return ()

    async def start(self) -> AsyncIterator[Request]:
        """Yield the requests for the routes, then those for articles as fast as they are done."""
        if self.run.error is not None:
            return
        discovery = Discovery(self)
        for request in discovery.start(self.routes):
            yield request
        if self.explores:
            await self._all_routes(discovery)
            for request in discovery.start(self.further_routes()):
                yield request
        for request in discovery.start(await self._routes_of_home(discovery)):
            yield request
        await self._routes_told(discovery)
        if self.limits.estimate:
            return
        while (batch := self._batch_for_room()) or not (discovery.done and self._has_room):
            for request in self._requests(batch):
                yield request
            await self._wait()

    async def _routes_of_home(self, discovery: Discovery) -> Sequence[Route]:
        """Return the routes that the home page names, where none of the known ones is there."""
        while self.run.routes.none_is_there and not discovery.done:
            await self._wait()
        if self.explores or self.home is None or not self.run.routes.none_is_there:
            return ()
        self.run.count("route/explored")
        try:
            return await home_routes(self, self.home)
        except ExplorationError as error:
            if not isinstance(error.__cause__, RunEnding):
                self.run.routes.note_failed(Listing(self.home), error.reason)
            return ()

    async def _routes_told(self, discovery: Discovery) -> None:
        """Wait for what the routes say of articles: it is wanted when their pages are read."""
        if self._is_to_know_all:
            await self._all_routes(discovery)
            self._say_how_much()
        while not discovery.has_told_most:
            await self._wait()

    async def _all_routes(self, discovery: Discovery) -> None:
        while not discovery.done:
            await self._wait()

    @property
    def _is_to_know_all(self) -> bool:
        """Whether no article is asked for before all routes are read.

        Only then is it known which are the newest so many, and how long a long run takes.
        """
        limits = self.limits
        return limits.estimate or limits.limit is not None or limits.window.since is not None

    def _say_how_much(self) -> None:
        """Say how long a long run takes, before it begins."""
        found = estimate(self.crawler, self.run.due(), self.limits.limit)
        if self.limits.estimate:
            self.run.estimate = found
        elif found.seconds > LONG and not commons_of(self.crawler).is_of_many:
            print(f"{self.source}: {found}", file=sys.stderr)  # noqa: T201 - for the user

    def is_own_host(self, url: str) -> bool:
        """Return whether *url* lies on one of ``domains`` or below; without any, it does."""
        own = tuple(f".{domain}" for domain in self.domains)
        return not own or f".{urlsplit(url).hostname}".endswith(own)

    def is_article_url(self, url: str) -> bool:
        """Return whether the article of *url* is one of this source, by its address."""
        if self._ignored_url.search(url):
            return False
        if not self.article_urls:
            return not self.judges_pages or address_kind(url) is None
        return self._article_url.search(url) is not None

    def is_digest(self, url: str) -> bool:
        """Return whether the page at *url* holds many items, each an article."""
        return any_of(self.digests).search(url) is not None

    def keeps_text(self, article: Article) -> bool:
        """Return whether the words of *article* may be kept, by what it says of its rights."""
        return self.rights == "text" and self._policy.meaning(article) == "ignore"

    @cached_property
    def _policy(self) -> RightsPolicy:
        return RightsPolicy(self.settings.getdict("ALESCRAWL_RIGHTS"))

    def reason_to_refuse(self, read: ReadPage) -> str | None:
        """Return the name of why the page that was *read* is no article of this source."""
        return read.kind if self.judges_pages and read.kind != "article" else None

    def wake(self) -> None:
        """Tell :meth:`start` that there may be more to ask for."""
        self._news.set()

    def room_found(self) -> None:
        """Tell :meth:`start` that Scrapy has sent all that it was given."""
        self._has_room = True
        self.wake()

    async def _wait(self) -> None:
        # Cleared afterwards: what happened before this call must not be slept through.
        await self._news.wait()
        self._news.clear()

    def _batch_for_room(self) -> list[Candidate]:
        """Return the next addresses once Scrapy has sent all of the last: they wait on disk."""
        batch = self._next_batch() if self._has_room else []
        self._has_room = self._has_room and not batch
        return batch

    def _next_batch(self) -> list[Candidate]:
        room = BATCH
        if self.limits.limit is not None:
            room = min(room, self.limits.limit - self._taken)
        batch = self.run.take(room) if room > 0 else []
        self._taken += len(batch)
        return batch

    def _requests(self, batch: list[Candidate]) -> Iterator[Request]:
        yield from filter(None, map(self._article_request, batch))

    def _article_request(self, candidate: Candidate, *, again: bool = False) -> Request | None:
        try:
            return Request(
                candidate.listed_url,
                headers={} if again else self._validators(candidate),
                callback=self.parse_article,
                errback=self.article_failed,
                cb_kwargs={"candidate": candidate},
                meta={"handle_httpstatus_list": [NOT_MODIFIED]},
                dont_filter=True,  # the ledger gives each address once
            )
        except ValueError:
            self.run.no_article(candidate, Verdict("refused", "bad_address"))
            self.room_found()
            return None

    def _validators(self, candidate: Candidate) -> dict[str, str]:
        if self.limits.full:
            return {}
        return validators(candidate.etag, candidate.last_modified)

    async def parse_article(
        self, response: Response, candidate: Candidate
    ) -> AsyncIterator[Article | Request]:
        """Yield the articles that *response* shows, if any, or requests for what it led to."""
        if response.status == NOT_MODIFIED:
            if not self._is_newly_reserved(response, candidate):
                self.run.not_modified(candidate)
            elif (request := self._article_request(candidate, again=True)) is not None:
                yield request
        elif articles := await read_articles(self, response, candidate):
            for article in articles:
                yield article
        elif self._has_more:
            # start() may have ended, with this page the last that it asked for.
            self._has_more = False
            for request in self._requests(self._next_batch()):
                yield request

    def _is_newly_reserved(self, response: Response, candidate: Candidate) -> bool:
        """Return whether an answer without a page reserves one whose text the dataset has.

        What its page itself says counts more, and it was asked for only if it had changed.
        """
        was_conditional = any(response.request.headers.get(n) for n in VALIDATORS)  # type: ignore[union-attr]
        means = self._policy.meaning(stated_rights(response))
        return was_conditional and means != "ignore" and self.run.has_words(candidate)

    def led_to(self, listed: Listed) -> None:
        """Take up an address that a page, no route, led to."""
        self.run.offer([listed])
        self._has_more = True

    def article_failed(self, failure: Failure) -> None:
        """Record what became of a request that brought no page."""
        request: Request = failure.request  # type: ignore[attr-defined]
        if isinstance(failure.value, RunEnding):
            return
        if isinstance(failure.value, HostStopped):
            self.run.postponed(request.cb_kwargs["candidate"], failure.value)
            return
        response = getattr(failure.value, "response", None)
        self.run.no_article(request.cb_kwargs["candidate"], verdict(failure), response)
