"""The routes of a run: what they came to, what they list, and when they were read before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alescrawl.crawling.routes.model import ABSENT
from alescrawl.crawling.runs.open_ledger import LedgerPart, uses_ledger
from alescrawl.dataset.gate.verdicts import Routes
from alescrawl.dataset.ledger.route_health import RouteNews, note_health

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from alescrawl.crawling.routes.model import Route
    from alescrawl.crawling.runs.open_ledger import Count, LedgerAccess
    from alescrawl.dataset.ledger.hints import Listed
    from alescrawl.dataset.ledger.route_visits import RouteVisit


class RunRoutes(LedgerPart):
    """The routes that have answered or could not be asked.

    ``failed`` and ``absent`` give addresses with the reason. A route that is absent only a
    convention told of, so that none is no failure.
    """

    def __init__(self, access: LedgerAccess, count: Count) -> None:
        super().__init__(access, count)
        self.failed: list[tuple[str, str]] = []
        self.absent: list[tuple[str, str]] = []
        self._read: list[str] = []
        self._all: list[Route] = []
        self._kinds_read: set[type[Route]] = set()
        self._news: dict[str, RouteNews] = {}

    def state(self, routes: Iterable[Route]) -> None:
        """Keep the health of *routes*, which the source's module states."""
        self._news = {each.url: RouteNews(each.url, type(each).__name__) for each in routes}

    @uses_ledger
    def note_listed(self, route: Route, addresses: Collection[int], *, fresh: bool) -> None:
        """Note that *route*, or what it leads to, listed articles at *addresses*, by their hashes.

        *fresh* says whether one was new or had changed: of two routes that list it, to the first.
        """
        news = self._news.get(route.url)
        if news is None or not addresses:
            return
        news.lists = True
        news.has_news = news.has_news or fresh
        if not news.has_news and any(each.has_news for each in self._news.values()):
            news.has_news = any(hash(url) in addresses for url in self._ledger.new_addresses())

    @uses_ledger
    def keep_health(self, left: Mapping[str, str]) -> None:
        """Keep what this run learned of the routes that it asked.

        Those that *left* for a foreign host are not there.
        """
        asked = {route.url for route in self._all}
        news = [each for url, each in self._news.items() if url in asked or each.lists]
        for each in news:
            if each.url in left:
                each.is_read, each.reason = False, "foreign"
        with self._ledger.ledger.transaction() as db:
            note_health(db, self._ledger.source, news)

    def note_read(self, route: Route) -> None:
        """Count a route that answered as it should, if only that nothing changed."""
        self._all.append(route)
        self._kinds_read.add(type(route))
        self._read.append(route.url)
        if (news := self._news.get(route.url)) is not None:
            news.is_read = True
        self.count("route/read")

    @uses_ledger
    def last_visit(self, route: Route) -> RouteVisit | None:
        """Return what is known of *route* from earlier runs that read it with the same facts."""
        return self._ledger.visits.last(route.url)

    @uses_ledger
    def keep_visit(self, route: Route, visit: RouteVisit) -> None:
        """Keep the *visit* to a route for the next run."""
        self._ledger.visits.record(route.url, visit)

    @uses_ledger
    def still_listed(self, entries: Sequence[Listed]) -> None:
        """Note the addresses that a complete list still names."""
        self._ledger.unlisted.still_listed(entries)

    @uses_ledger
    def added(self, entries: Sequence[Listed], last: RouteVisit) -> int:
        """Return how many of *entries* a route did not list yet at its *last* visit."""
        return self._ledger.unlisted.added(entries, last)

    @uses_ledger
    def lists_read(self, read: Mapping[Route, RouteVisit], covered: Iterable[str] = ()) -> None:
        """Make due what the lists that were *read* whole no longer name; keep their visits.

        The lists at the addresses *covered* name nothing that one of these does not.
        """
        count = self._ledger.unlisted.recheck({*covered, *(route.url for route in read)})
        for route, visit in read.items():
            self._ledger.visits.record(route.url, visit)
        if count:
            self.count("route/no_longer_listed", count)

    def note_failed(self, route: Route, reason: str) -> None:
        """Count a route that could not be read, and remember which."""
        self._all.append(route)
        if (news := self._news.get(route.url)) is not None:
            news.reason = reason
        if route.status == "convention" and reason in ABSENT:
            self.absent.append((route.url, reason))
            self.count("route/absent")
            return
        self.failed.append((route.url, reason))
        self.count(f"route/failed/{reason}")

    @property
    def none_is_there(self) -> bool:
        """Whether all that answered so far said that there is no route; also before any did."""
        return not self._read and all(reason in ABSENT for _, reason in self.failed)

    def has_read(self, kind: type[Route]) -> bool:
        """Return whether a route of *kind* has answered as it should."""
        return kind in self._kinds_read

    def lie_on(self, origin: str) -> bool:
        """Return whether one of them lies on *origin*."""
        return any(route.url.startswith(f"{origin}/") for route in self._all)

    def answered(self, left: Mapping[str, str], moves: Sequence[str]) -> Routes:
        """Return how many were read, and why others were not.

        *left* are those that answered from a foreign host; *moves* say where the source moved to.
        """
        read = sum(url not in left for url in self._read)
        failed = [reason for url, reason in self.failed if url not in left]
        return Routes(read, failed, sorted(set(left.values())), moves)
