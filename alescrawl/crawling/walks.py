"""Walking the pages of a route, newest first: how far, and when that is enough."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from alescrawl.dataset.route_visits import RouteVisit

if TYPE_CHECKING:
    from datetime import datetime

    from alescrawl.crawling.routes import Onward, Route
    from alescrawl.crawling.run import Run
    from alescrawl.crawling.sifting import Tally

MOST_PAGES = 2_000


class Walk:
    """The pages of one route in one run.

    *last* is the visit before this run. Where it read all further pages, a page on which
    everything is known ends the walk; else what an interrupted walk left out may follow.
    *now* is the visit to the first page in this run.
    """

    def __init__(self, route: Route, run: Run, last: RouteVisit | None, now: RouteVisit) -> None:
        self.route = route
        self.is_whole = True
        self._now = now
        self._walked_since: datetime | None = None
        self._run = run
        self._last = last if last is not None and last.walked_back_to(run.window.since) else None
        self._pages = 0
        self._barren = 0
        self.seen: set[int] = set()

    def goes_on(self, page: Tally, following: Onward | None) -> bool:
        """Return whether *following*, the page after *page*, is to be asked for."""
        self._pages += 1
        self._barren = 0 if page.listed else self._barren + 1
        self.seen = page.seen
        since = self._run.window.since
        if following is None:
            return False
        if page.all_before(since) or _is_before(following, since):
            self._walked_since = since
            return False
        if self._last is not None and page.listed and not page.fresh:
            self._walked_since = self._last.walked_since
            return False
        return self._bounded(page) is None

    def visit(self, *, is_over: bool) -> RouteVisit:
        """Return the visit to keep: until a walk is over, the next run cannot rely on it."""
        if is_over and self.is_whole:
            return replace(self._now, walked_since=self._walked_since)
        return RouteVisit(walked=False)

    def _bounded(self, page: Tally) -> str | None:
        """Return the reason to stop where the pages themselves have no end; count it."""
        reason = None
        if self._barren >= self.route.most_barren:
            reason = "route/walk/repeats" if page.repeated else "route/walk/empty"
        elif self._pages >= MOST_PAGES:
            reason = "route/walk/too_long"
        if reason is not None:
            self._run.count(reason)
        return reason


def _is_before(page: Onward, since: datetime | None) -> bool:
    return since is not None and page.lastmod is not None and page.lastmod < since
