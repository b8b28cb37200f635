"""NewsSpider: from the facts about a source to its articles. A source adds facts, no logic."""

from __future__ import annotations

import asyncio
from functools import cached_property
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, Self

from scrapy import signals

from alescrawl.crawling.discovery.source_spider import SourceSpider
from alescrawl.crawling.failures import HostStopped, RunEnding, Verdict, verdict

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from alescrawl.crawling.discovery.article_reader import ArticleReader, NotAnArticle
    from alescrawl.crawling.discovery.article_requests import ArticleRequests
    from alescrawl.dataset.ledger.frontier import Candidate
    from alescrawl.items import Article

MANY: Final = 200
"""Pages that a run may ask a source for before it matters how many of them are articles."""


class NewsSpider(SourceSpider):
    """Crawls the articles that the routes of one source list, only what is new or changed.

    Subclasses are facts. Arguments: ``since`` and ``until`` (dates of publication, the latter
    excluded), ``limit`` (pages asked for at most), ``full=1`` (all again, unconditionally),
    ``estimate=1`` (no articles, only how many and how long).
    Raises :exc:`ArgumentError` for anything else.
    """

    def __init__(self, name: str | None = None, **arguments: str) -> None:
        super().__init__(name, **arguments)
        self._led_further = False
        self._scheduler_is_empty = True
        self._wakeup = asyncio.Event()

    @cached_property
    def _articles(self) -> ArticleRequests:
        from alescrawl.crawling.discovery.article_requests import ArticleRequests

        return ArticleRequests(
            self.run.frontier,
            self.limits,
            self.parse_article,
            self.article_failed,
            self._most_pages,
        )

    def _most_pages(self) -> float:
        """Return how many pages may have been asked for, given the articles found by now."""
        each = self.settings.getfloat("ALESCRAWL_PAGES_PER_ARTICLE")
        if each <= 0 or self.only_listed:
            return float("inf")
        found = sum(n for name, n in self.run.counts.items() if name.startswith("article/"))
        return MANY + each * found

    @cached_property
    def _reader(self) -> ArticleReader:
        from alescrawl.crawling.discovery.article_reader import ArticleReader

        return ArticleReader(self)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:  # noqa: ANN401
        """Return the spider, which asks for more whenever Scrapy has nothing left to ask for."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        # Fired whenever a request could be sent and none waits: the time to take the next ones.
        crawler.signals.connect(spider.scheduler_empty, signals.scheduler_empty)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Yield the requests for the routes, then those for articles as fast as they are done."""
        from alescrawl.crawling.discovery.route_order import RouteOrder
        from alescrawl.crawling.discovery.route_requests import Discovery

        if self.run.error is not None:
            return
        discovery = Discovery(self, self.wake)
        async for request in RouteOrder(self, discovery, self._wait).requests():
            yield request
        if self.limits.estimate:
            return
        while (batch := self._next_batch()) or not (discovery.done and self._scheduler_is_empty):
            for request in self._requests(batch):
                yield request
            await self._wait()

    def wake(self) -> None:
        """Tell :meth:`start` that there may be more to ask for."""
        self._wakeup.set()

    def scheduler_empty(self) -> None:
        """Tell :meth:`start` that Scrapy has sent all that it was given."""
        self._scheduler_is_empty = True
        self.wake()

    async def _wait(self) -> None:
        # Cleared afterwards: what happened before this call must not be slept through.
        await self._wakeup.wait()
        self._wakeup.clear()

    def _next_batch(self) -> list[Candidate]:
        """Return the next addresses once Scrapy has sent all of the last: they wait on disk."""
        batch = self._articles.take() if self._scheduler_is_empty else []
        self._scheduler_is_empty = self._scheduler_is_empty and not batch
        return batch

    def _requests(self, batch: list[Candidate], *, again: bool = False) -> Iterator[Request]:
        for candidate in batch:
            if (request := self._articles.request(candidate, again=again)) is not None:
                yield request
            else:
                self.run.recorder.no_article(candidate, Verdict("refused", "bad_address"))
                self.scheduler_empty()

    def parse(self, response: Response) -> Iterator[Article]:
        """Yield the article that *response* shows, for `scrapy parse` and the shell.

        It is read as a crawl reads it, but alone: without what routes and the ledger know of it.
        A crawl uses :meth:`parse_article`.
        """
        from alescrawl.crawling.discovery.article_reader import read_alone

        read = read_alone(self, response)
        if read.kind != "article":
            self.logger.warning("%s is no article but: %s", response.url, read.kind)
            return
        yield read.article

    async def parse_article(
        self, response: Response, candidate: Candidate
    ) -> AsyncIterator[Article | Request]:
        """Yield the articles that *response* shows, if any, or requests for what it led to."""
        from alescrawl.crawling.discovery.article_reader import NotAnArticle

        if response.status == HTTPStatus.NOT_MODIFIED:
            if await self._is_newly_reserved(response, candidate):
                for request in self._requests([candidate], again=True):
                    yield request
            else:
                self.run.recorder.not_modified(candidate)
            return
        try:
            read = await self._reader.read(response, candidate)
        except RunEnding:
            # Its address stays due.
            return
        except NotAnArticle as error:
            await self._note_no_article(error, response, candidate)
            for request in self._further_requests():
                yield request
            return
        if read.newsletter is not None:
            self.run.recorder.newsletter_read(read.newsletter)
        for article in read.articles:
            yield article
        for request in self._further_requests():
            yield request

    async def _is_newly_reserved(self, response: Response, candidate: Candidate) -> bool:
        """Return whether an answer without a page reserves one whose text the dataset has.

        What its page itself says counts more, and it was asked for only if it had changed.
        """
        from alescrawl.crawling.discovery.article_requests import was_conditional

        means = self.rights_policy.meaning(await self.stated_rights(response))
        return (
            was_conditional(response)
            and means != "ignore"
            and self.run.recorder.has_words(candidate)
        )

    async def _note_no_article(
        self, error: NotAnArticle, response: Response, candidate: Candidate
    ) -> None:
        """Record why a page is no article, keep the first for a look, take up where it leads."""
        from alescrawl.crawling.discovery.article_reader import raw_page
        from alescrawl.dataset.ledger.hints import Listed

        if error.first_part is not None:
            self.run.frontier.offer([Listed(error.first_part)])
            self._led_further = True
        self.run.recorder.no_article(candidate, error.verdict, response)
        # What says that it is reserved is not kept, whatever it is.
        is_first = error.verdict.status == "not_article" and self.run.refused is None
        if is_first and self.keeps_text(await self.stated_rights(response)):
            self.run.refused = raw_page(response)

    def _further_requests(self) -> Iterator[Request]:
        """Yield requests for what pages led to, or told: :meth:`start` may have ended."""
        if self._led_further or self.run.moves.has_further:
            self._led_further = self.run.moves.has_further = False
            yield from self._requests(self._articles.take())

    def article_failed(self, failure: Failure) -> None:
        """Record what became of a request that brought no page."""
        request: Request = failure.request  # type: ignore[attr-defined]
        candidate: Candidate = request.cb_kwargs["candidate"]
        if isinstance(failure.value, RunEnding):
            return
        if isinstance(failure.value, HostStopped):
            self.run.frontier.postpone(candidate, failure.value)
            return
        response = getattr(failure.value, "response", None)
        self.run.recorder.no_article(candidate, verdict(failure), response)
