"""The further pages of a route, newest first: how far to read them, and when it is enough."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from alescrawl.crawling.routes.model import WordPressInventory
from alescrawl.dataset.ledger.route_visits import RouteVisit

if TYPE_CHECKING:
    from datetime import datetime

    from alescrawl.crawling.discovery.listed_filter import Tally
    from alescrawl.crawling.routes.model import Onward, Route
    from alescrawl.crawling.runs.run import Run

MOST_PAGES = 2_000


class Paging:
    """The pages of one route in one run.

    *last* is the visit before this run. Where it read all further pages, a page on which
    everything is known is the last; else what an interrupted run left out may follow.
    *now* is the visit to the first page in this run. ``at_end`` says whether the last page was
    read, to which nothing older was left.
    """

    def __init__(self, route: Route, run: Run, last: RouteVisit | None, now: RouteVisit) -> None:
        self.route = route
        self.is_whole = True
        self.is_damaged = False
        self.at_end = False
        self.last = last
        self._now = now
        self._added = 0
        self._walked_since: datetime | None = None
        self._run = run
        relied_on = last is not None and last.walked_back_to(run.window.since)
        self._known_from = last if relied_on else None
        self._pages = 0
        self._empty_pages = 0
        self.seen: set[int] = set()

    def goes_on(self, page: Tally, following: Onward | None) -> bool:
        """Return whether *following*, the page after *page*, is to be asked for."""
        self._pages += 1
        self._empty_pages = 0 if page.listed else self._empty_pages + 1
        self.seen = page.seen
        self._added += page.added
        since = self._run.window.since
        if following is None:
            self.at_end = True
            return False
        if page.all_before(since) or _is_before(following, since):
            self._walked_since = since
            return False
        if self._known_from is not None and page.listed and not page.fresh:
            self._walked_since = self._known_from.walked_since
            return False
        return self._bounded(page) is None

    def visit(self, *, is_over: bool) -> RouteVisit:
        """Return the visit to keep: until the last page is read, the next run cannot rely on it."""
        total = self._expected() if not is_over or self.is_short() else self._now.total
        if is_over and self.is_whole:
            return replace(self._now, walked_since=self._walked_since, total=total)
        return RouteVisit(walked=False, total=total)

    def is_complete(self) -> bool:
        """Return whether every page of the list was read, and none was damaged."""
        return self.is_whole and self.at_end and not self.is_damaged

    def is_short(self) -> bool:
        """Return whether entries are missing on pages that were not read."""
        expected, total = self._expected(), self._now.total
        if self.is_complete() or expected is None or total is None:
            return False
        return total < expected

    def inventory(self) -> Inventory:
        """Return the reading of all pages that shows which these are."""
        return Inventory(self.route, self._run, self.visit(is_over=True), self._now.total)

    def _expected(self) -> int | None:
        """Return how many entries there are if none was removed."""
        before = self.last.total if self.last is not None else None
        return None if before is None else before + self._added

    def _bounded(self, page: Tally) -> str | None:
        """Return the reason to stop where the pages themselves have no end; count it."""
        reason = None
        if self._empty_pages >= self.route.most_empty_pages:
            reason = "route/walk/repeats" if page.repeated else "route/walk/empty"
        elif self._pages >= MOST_PAGES:
            reason = "route/walk/too_long"
        if reason is not None:
            self._run.count(reason)
        return reason


class Inventory(Paging):
    """All pages of a list, of which nothing is wanted but the addresses.

    *found* is the visit that called for it, *total* what the list counted then: it is kept only
    where the inventory comes to its end, since until then something is missing.
    """

    def __init__(self, route: Route, run: Run, found: RouteVisit, total: int | None) -> None:
        super().__init__(WordPressInventory(route.url, route.status), run, None, found)
        self._total = total

    def visit(self, *, is_over: bool) -> RouteVisit:
        """Return the visit to keep."""
        return (
            replace(self._now, total=self._total) if is_over and self.is_complete() else self._now
        )


def _is_before(page: Onward, since: datetime | None) -> bool:
    return since is not None and page.lastmod is not None and page.lastmod < since
