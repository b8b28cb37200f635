"""What a look at the sources came to: of each route, and of each source as a whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from datetime import datetime

Outcome = Literal["works", "reserved", "moved", "blocked", "unreachable", "empty", "gone"]
"""*works*: lists articles of the source. *reserved*: works, but its rights let no text be kept.
*moved*: answers from another address than the facts name. *blocked*: robots.txt or the host
refuses. *unreachable*: no answer. *empty*: an answer that lists no article of the source, or is
no such route. *gone*: not there."""

WELL: Final = frozenset({"works", "reserved"})
_WORST_FIRST: Final[tuple[Outcome, ...]] = ("blocked", "unreachable", "moved", "empty", "gone")


@dataclass(slots=True)
class RouteCheck:
    """What one route answered: ``articles`` of the source are listed on its first page."""

    url: str
    kind: str
    status: str
    outcome: Outcome
    detail: str = ""
    articles: int = 0
    lists: bool = False
    """Whether it lists articles, or leads to further lists, wherever it lies now."""


@dataclass(slots=True)
class SourceCheck:
    """What the routes of one source answered, and what its host and an article say of rights.

    ``crawl_delay`` is in seconds; ``refusal`` says why an article could not be asked for.
    """

    source: str
    publisher: str | None
    checked_at: datetime
    routes: list[RouteCheck] = field(default_factory=list)
    rights: list[str] = field(default_factory=list)
    reserves: bool = False
    refusal: str = ""
    crawl_delay: float | None = None
    open_routes: int = 0
    sample: str = ""
    """The article that was asked for what it says of its rights."""

    @property
    def outcome(self) -> Outcome:
        """What the source as a whole comes to: one route that lists its articles is enough."""
        listing = [route for route in self.routes if route.lists]
        if not listing:
            found = {route.outcome for route in self.routes}
            return next((each for each in _WORST_FIRST if each in found), "gone")
        if self.refusal:
            return "blocked"
        if self.reserves:
            return "reserved"
        return "works" if any(route.outcome == "works" for route in listing) else "moved"

    @property
    def works(self) -> bool:
        """Whether a crawl finds articles there."""
        return not self.refusal and any(route.lists for route in self.routes)

    @property
    def articles(self) -> int:
        """The most articles that one of its routes lists on its first page."""
        return max((route.articles for route in self.routes), default=0)

    def remarks(self) -> list[str]:
        """Return what a person should know besides the outcome, one line each.

        That a route is not there of which only a convention told is none of it, where others are.
        """
        unusual = [
            f"{route.url}: {route.outcome}{f' ({route.detail})' if route.detail else ''}"
            for route in self.routes
            if route.outcome != "works" and not (self.works and _is_supposed(route))
        ]
        return [*filter(None, [self.refusal]), *unusual, *self.rights]

    def rows(self) -> list[dict[str, object]]:
        """Return a row of the file of checks for each route."""
        return [
            {
                "source": self.source,
                "outcome": self.outcome,
                "works": self.works,
                "route": route.url,
                "route_kind": route.kind,
                "route_status": route.status,
                "route_outcome": route.outcome,
                "route_detail": route.detail or None,
                "articles": route.articles,
                "rights": self.rights,
                "refusal": self.refusal or None,
                "crawl_delay": self.crawl_delay,
                "checked_at": self.checked_at,
            }
            for route in self.routes
        ]


def _is_supposed(route: RouteCheck) -> bool:
    return route.status == "convention" and route.outcome in {"gone", "empty"}
