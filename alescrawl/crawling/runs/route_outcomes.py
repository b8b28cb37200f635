"""What the routes of a run came to: read, not there, or failed and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alescrawl.crawling.routes.model import ABSENT
from alescrawl.dataset.gate.verdicts import Routes

if TYPE_CHECKING:
    from collections.abc import Callable

    from alescrawl.crawling.routes.model import Route


class RouteRecords:
    """The routes that have answered or could not be asked; *count* is told of each.

    ``failed`` and ``absent`` give addresses with the reason. A route that is absent only a
    convention told of, so that none is no failure.
    """

    def __init__(self, count: Callable[[str], None]) -> None:
        self._count = count
        self.failed: list[tuple[str, str]] = []
        self.absent: list[tuple[str, str]] = []
        self._read = 0
        self._all: list[Route] = []
        self._kinds_read: set[type[Route]] = set()

    def note_read(self, route: Route) -> None:
        """Count a route that answered as it should, if only that nothing changed."""
        self._all.append(route)
        self._kinds_read.add(type(route))
        self._read += 1
        self._count("route/read")

    def note_failed(self, route: Route, reason: str) -> None:
        """Count a route that could not be read, and remember which."""
        self._all.append(route)
        if route.status == "convention" and reason in ABSENT:
            self.absent.append((route.url, reason))
            self._count("route/absent")
            return
        self.failed.append((route.url, reason))
        self._count(f"route/failed/{reason}")

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

    def answered(self) -> Routes:
        """Return how many were read, and why others were not."""
        return Routes(self._read, [reason for _, reason in self.failed])
