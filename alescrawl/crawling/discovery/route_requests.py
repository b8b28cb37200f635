"""Discovery: follows a source's routes and offers what they list to the ledger."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from scrapy import Request

from alescrawl.crawling.discovery.listed_filter import ListedFilter, Tally, batches
from alescrawl.crawling.discovery.paging import Inventory, Paging
from alescrawl.crawling.failures import RunEnding, verdict
from alescrawl.crawling.hosts.conditional_requests import is_unchanged, route_validators
from alescrawl.crawling.hosts.shared import shared_hosts
from alescrawl.crawling.routes.model import (
    Listing,
    Onward,
    Sitemap,
    UnreadableRoute,
    WordPressRest,
)
from alescrawl.crawling.routes.readers import answer_of
from alescrawl.crawling.routes.sitemap import is_of_no_article, is_of_posts
from alescrawl.crawling.routes.wordpress_rest import total_posts
from alescrawl.dataset.ledger.addresses import NOT_MODIFIED
from alescrawl.dataset.ledger.hints import Listed
from alescrawl.dataset.ledger.route_visits import RouteVisit

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable, Iterator
    from datetime import datetime

    from scrapy.http import Response
    from twisted.python.failure import Failure

    from alescrawl.crawling.discovery.source_spider import SourceSpider
    from alescrawl.crawling.routes.model import Answer, Flaw, Route

OFFERED_AT_ONCE = 500
FIRST = 300
"""Of what a route lists, kept until it is known whether any of it is of the source."""
DEEPEST = 5
"""How many routes may lead from one to the next, pages of a listing not counted."""


@dataclass(slots=True)
class _Step:
    """A route that is asked: as the *lastmod* of the route before it says, as one of many pages.

    *root* is the declared route that led to it.
    """

    route: Route
    depth: int = 0
    lastmod: datetime | None = None
    root: Route | None = None
    paging: Paging | None = None
    onward: list[Onward] = field(default_factory=list)
    partial: bool = False
    damaged: bool = False
    first: list[Listed] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)


class Discovery:
    """The routes of one run: which are still open, and what they listed.

    Calls *wake* whenever one has answered or listed something.
    """

    def __init__(self, spider: SourceSpider, wake: Callable[[], None]) -> None:
        self._spider = spider
        self._wake = wake
        self._run = spider.run
        self._filter = ListedFilter(spider, spider.run.count)
        self._open = 0
        self._open_pagings = 0
        self._hosts = shared_hosts(spider.crawler)
        self._asked: set[Route] = set()
        self._complete: dict[Route, RouteVisit] = {}
        self._covered: dict[str, _Step] = {}
        self._rest_failed = False

    @property
    def done(self) -> bool:
        """Whether every route has answered."""
        return self._open == 0

    @property
    def has_told_most(self) -> bool:
        """Whether every route has answered but for the further pages of long ones."""
        return self._open == self._open_pagings

    def start(self, routes: Iterable[Route]) -> list[Request]:
        """Return the requests for *routes*."""
        return [each for route in routes for each in self._ask(_Step(route, root=route))]

    def _ask(self, step: _Step) -> Iterator[Request]:
        known = replace(step.route, status="seen")
        if known in self._asked:
            self._run.count("route/repeated")
            return
        self._asked.add(known)
        last = self._last_visit(step)
        if is_unchanged(last, step.lastmod):
            self._run.count("route/unchanged")
            return
        self._open += 1
        self._open_pagings += step.paging is not None
        yield Request(
            step.route.address,
            headers=route_validators(last, self._run.window.since),
            callback=self._read,
            errback=self._failed,
            cb_kwargs={"step": step},
            meta={"handle_httpstatus_list": [NOT_MODIFIED, *step.route.statuses]},
            dont_filter=True,  # a loop of routes is noticed above, under a name of its own
        )

    def _last_visit(self, step: _Step) -> RouteVisit | None:
        """Return the last visit; ``None`` where all is wanted again, or of a further page."""
        if self._spider.limits.full or self._spider.explores or step.paging is not None:
            return None
        return self._run.routes.last_visit(step.route)

    async def _read(self, response: Response, step: _Step) -> AsyncIterator[Request]:
        is_closed = True
        try:
            if response.status == NOT_MODIFIED:
                self._not_modified(step)
                return
            async for request in self._taken(response, step):
                yield request
        except RunEnding:
            # What the lists no longer name is only known once all are read.
            is_closed = False
        except UnreadableRoute as error:
            for request in self._instead(step, error.reason):
                yield request
        finally:
            # Also after a fault of ours: the spider waits for every route.
            if is_closed:
                self._closed(step)

    async def _taken(self, response: Response, step: _Step) -> AsyncIterator[Request]:
        """Offer what an answer lists; yield the requests for where it leads."""
        answer = answer_of(step.route, response)
        listed: Iterable[Listed | Onward | Flaw] = await self._spider.read_route(answer)
        root = step.root or step.route
        self._run.moves.note_answer(root.url, response)
        await self._offer_in_turns(self._articles(listed, step), step)
        self._weigh(response, step)
        self._run.routes.note_listed(root, step.tally.seen, fresh=step.tally.fresh > 0)
        answered = response.url if step.route == root else ""
        self._spider.route_listed(root, step.tally.seen, answered)
        for request in self._follow(step, answer):
            yield request

    def _instead(self, step: _Step, reason: str) -> Iterator[Request]:
        """Note that the route of *step* failed; yield the requests for what it stood for.

        The sitemaps of posts are read where the interface of WordPress stops half-way.
        """
        self._run.routes.note_failed(step.route, reason)
        if _is_rest(step.route):
            self._rest_failed = True
            for each in self._covered.values():
                yield from self._ask(each)
            self._covered.clear()

    def _is_worth_it(self, step: _Step) -> bool:
        """Return whether a sitemap may list articles that no other route lists better.

        WordPress dates nothing in its sitemaps: all posts of all years would be asked for.
        """
        url = step.route.url
        is_covered = self._run.routes.has_read(WordPressRest) and not self._rest_failed
        if is_of_posts(url) and is_covered:
            self._covered[url] = step
            return False
        return not is_of_no_article(url)

    def _not_modified(self, step: _Step) -> None:
        last = self._last_visit(step)
        if last is None:
            self._run.routes.note_failed(step.route, f"http_{NOT_MODIFIED}")
            return
        self._run.routes.note_read(step.route)
        self._run.routes.keep_visit(
            step.route, replace(last, lastmod=step.lastmod, http_status=NOT_MODIFIED)
        )
        self._run.count("route/not_modified")

    def _follow(self, step: _Step, answer: Answer) -> Iterator[Request]:
        """Yield the requests that follow from a step; keep the visit where that is all of it."""
        if _is_void(step):
            self._run.routes.note_failed(step.route, "empty")
            return
        pages = [each for each in step.onward if each.next_page]
        others = [each for each in step.onward if not each.next_page]
        for each in self._worth_reading(others, step.depth):
            further = _Step(each.route, step.depth + 1, each.lastmod, step.root)
            if self._is_worth_it(further):
                yield from self._ask(further)
        visit = _visit(step, answer)
        if pages or step.paging is not None:
            yield from self._next_page(step, pages, visit)
        else:
            # Of an index nothing is kept: that it is as it was says nothing about its sitemaps.
            whole = not (others or step.partial)
            lists_all = whole and not step.damaged and step.tally.listed > 0
            self._note_read(step.route, visit if whole else None, lists_all=lists_all)

    def _next_page(self, step: _Step, pages: list[Onward], visit: RouteVisit) -> Iterator[Request]:
        paging = step.paging or Paging(step.route, self._run, self._last_visit(step), visit)
        paging.is_whole = paging.is_whole and not step.partial
        paging.is_damaged = paging.is_damaged or step.damaged
        requests: list[Request] = []
        following = next(iter(pages), None)
        if paging.goes_on(step.tally, following) and following is not None:
            further = _Step(
                following.route, step.depth, root=step.root, paging=paging, tally=Tally(paging.seen)
            )
            requests += self._ask(further)
        if step.paging is None or not requests:
            visit = paging.visit(is_over=not requests)
            self._note_read(paging.route, visit, lists_all=paging.is_complete())
        if not requests and paging.is_short():
            inventory = paging.inventory()
            first = _Step(inventory.route, step.depth, root=step.root, paging=inventory)
            requests += self._ask(first)
        yield from requests

    def _note_read(self, route: Route, visit: RouteVisit | None, *, lists_all: bool) -> None:
        """Note that *route* was read, and keep *visit*: at the end where it *lists_all* there is.

        Else a run that is killed before that would never learn what is no longer listed.
        """
        if lists_all and visit is not None and isinstance(route, Sitemap | WordPressRest):
            self._complete[route] = visit
            visit = None
        self._run.routes.note_read(route)
        if visit is not None:
            self._run.routes.keep_visit(route, visit)

    def _articles(self, found: Iterable[Listed | Onward | Flaw], step: _Step) -> Iterator[Listed]:
        """Yield the articles of what was *found*; note the rest in *step*."""
        for each in found:
            if isinstance(each, Listed):
                if len(step.first) < FIRST:
                    step.first.append(each)
                yield each
            elif isinstance(each, Onward):
                step.onward.append(each)
            else:
                step.partial = step.partial or each.partial
                step.damaged = step.damaged or each.damaged
                self._run.count(f"route/problem/{each.name}")

    def _weigh(self, response: Response, step: _Step) -> None:
        """Have the list of *step* weighed where none of it is of the source: it may have moved."""
        if not step.tally.listed and step.first:
            # Where the place is followed, more of it than the first is read by the next run.
            step.partial = True
            self._run.moves.weigh_list(
                response, step.first, lambda: self._offer(iter(step.first), step)
            )

    def _worth_reading(self, onward: list[Onward], depth: int) -> Iterator[Onward]:
        """Yield the routes that may list an article of the period."""
        since = self._run.window.since
        for each in onward:
            if depth >= DEEPEST:
                self._run.count("route/too_deep")
            elif since is None or each.lastmod is None or each.lastmod >= since:
                yield each

    async def _offer_in_turns(self, listed: Iterable[Listed], step: _Step) -> None:
        """Offer what an answer lists; raise :exc:`RunEnding` where the run is to end.

        A list may be long: between its parts others have their turn, and signals are heard.
        """
        for _ in self._offers(listed, step):
            await asyncio.sleep(0)
            if self._hosts.is_ending:
                raise RunEnding

    def _offer(self, listed: Iterable[Listed], step: _Step) -> None:
        for _ in self._offers(listed, step):
            pass

    def _offers(self, listed: Iterable[Listed], step: _Step) -> Iterator[None]:
        """Hand the ledger what is *listed*, a part each time."""
        entries = self._filter.articles(listed, step.route, step.tally)
        last = step.paging.last if step.paging is not None else self._last_visit(step)
        for some in batches(entries, OFFERED_AT_ONCE):
            if isinstance(step.paging, Inventory):
                self._run.routes.still_listed(some)
            else:
                if last is not None and last.total is not None:
                    step.tally.added += self._run.routes.added(some, last)
                step.tally.fresh += self._run.frontier.offer(some, again=self._spider.limits.full)
                self._wake()
            yield

    def _failed(self, failure: Failure) -> Iterator[Request]:
        if isinstance(failure.value, RunEnding):
            # Not closed, as in _read.
            return
        request: Request = failure.request  # type: ignore[attr-defined]
        step: _Step = request.cb_kwargs["step"]
        yield from self._instead(step, verdict(failure).reason)
        self._closed(step)

    def _closed(self, step: _Step) -> None:
        self._open -= 1
        self._open_pagings -= step.paging is not None
        if self.done:
            # Not before: what one sitemap no longer names may have moved to another.
            self._hand_over_lists()
        self._wake()

    def _hand_over_lists(self) -> None:
        # Of these sitemaps an earlier run, in which the interface failed, may have read posts.
        covered = self._covered if any(map(_is_rest, self._complete)) else ()
        if self._complete:
            self._run.routes.lists_read(self._complete, covered)
        self._complete.clear()


def _is_void(step: _Step) -> bool:
    """Tell a page at which a convention alone supposes a list, and that lists no article.

    Some sites answer with a page for visitors where there is nothing.
    """
    route = step.route
    is_supposed = isinstance(route, Listing) and route.status == "convention"
    return is_supposed and step.paging is None and not (step.tally.listed or step.onward)


def _is_rest(route: Route) -> bool:
    return isinstance(route, WordPressRest)


def _visit(step: _Step, answer: Answer) -> RouteVisit:
    if not step.route.conditional:
        return RouteVisit(lastmod=step.lastmod)
    return RouteVisit(
        etag=answer.headers.get("etag"),
        last_modified=answer.headers.get("last-modified"),
        lastmod=step.lastmod,
        total=total_posts(answer) if _is_rest(step.route) else None,
    )
