"""What a route says about an article before its page is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

RouteOrigin = Literal["rest", "feed", "sitemap", "listing"]
"""The kind of route that said it; a kind of provenance, see :data:`alescrawl.items.Origin`."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One article as a route lists it; texts are plain, times are UTC.

    *latest* bounds the publication from above, where no route says when it was: the end of the
    day in whose folder the article lies. *listed_by* is the address of the route where it names
    all that there are, so that what it no longer names may be gone; feeds, listings and sitemaps of
    news name the newest only.
    """

    url: str
    published: datetime | None = None
    lastmod: datetime | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    tags: tuple[str, ...] = ()
    excerpt: str | None = None
    origin: RouteOrigin = "listing"
    latest: datetime | None = None
    listed_by: str | None = None
