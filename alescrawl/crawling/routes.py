"""Routes: the facts about where a source lists its articles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal["seen", "convention"]
"""Whether the route was seen to exist, or is only what the source's system usually offers."""


class UnreadableRoute(Exception):  # noqa: N818 - what happened to the route
    """What a route answered is not what it should be; ``reason`` names how."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Feed:
    """An RSS or Atom feed."""

    url: str
    status: Status = "seen"


@dataclass(frozen=True, slots=True)
class Sitemap:
    """A sitemap or a sitemap index; gzip or not."""

    url: str
    status: Status = "seen"


Route = Feed | Sitemap
