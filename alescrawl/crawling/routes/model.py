"""Routes: the facts about where a source lists its articles, and what reading one gives.

A new kind of route is a subclass of :class:`Route`, a :class:`Reader` in a module of its own, and
a line in :mod:`alescrawl.crawling.routes.readers`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple, Protocol

from w3lib.encoding import http_content_type_encoding

from alescrawl.items import PARIS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from alescrawl.dataset.ledger.hints import Listed, RouteOrigin

Status = Literal["seen", "convention"]
"""Whether the route was seen to work, or is only supposed: a list that nobody checked names it, or
it is what the source's system usually offers."""


_REST_QUERY = (
    "per_page=50&orderby=modified&order=desc&_embed=author,wp:term&_fields=link,date,date_gmt,"
    "modified,modified_gmt,title,excerpt,content.protected,_links,_embedded"
)

_INVENTORY_QUERY = "per_page=100&orderby=id&order=asc&_fields=link"

ABSENT = frozenset(
    {"http_401", "http_403", "http_404", "http_405", "http_410", "robots", "empty"}
    | {"not_xml", "not_a_feed", "not_a_sitemap", "not_json", "not_posts", "not_html"}
)
"""What an address answers at which there is no route: a convention that a site does not keep."""


class UnreadableRoute(Exception):  # noqa: N818 - what happened to the route
    """What a route answered is not what it should be; ``reason`` names how."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Route:
    """One address at which a source lists articles.

    What that rests on, each with the day, month or year of it: *confirmed* by a run of this
    program, *seen* to work by others, or *listed* by somebody who does not say that it does.
    """

    url: str
    status: Status = "seen"
    confirmed: str = field(default="", kw_only=True, compare=False)
    seen: str = field(default="", kw_only=True, compare=False)
    listed: str = field(default="", kw_only=True, compare=False)

    origin: ClassVar[RouteOrigin] = "listing"
    """The provenance of what such a route says about an article."""

    most_empty_pages: ClassVar[int] = 3
    """After how many pages on end without a further article no more are asked for."""

    conditional: ClassVar[bool] = True
    """Whether the address is the same each time, so that the answer may be « not modified »."""

    statuses: ClassVar[frozenset[int]] = frozenset()
    """HTTP statuses that are an answer too: a day without articles may be « not found »."""

    @property
    def address(self) -> str:
        """The address to ask for."""
        return self.url


@dataclass(frozen=True, slots=True)
class Feed(Route):
    """An RSS, Atom or JSON feed."""

    origin: ClassVar[RouteOrigin] = "feed"


@dataclass(frozen=True, slots=True)
class Sitemap(Route):
    """A sitemap or a sitemap index; XML or text, gzip or not."""

    origin: ClassVar[RouteOrigin] = "sitemap"


@dataclass(frozen=True, slots=True)
class WordPressRest(Route):
    """The posts of WordPress's REST interface: ``…/wp-json/wp/v2/posts``, with a query or not.

    Asked are the posts that changed last first, so that later runs stop at what is known.
    """

    page: int = 1

    origin: ClassVar[RouteOrigin] = "rest"

    @property
    def address(self) -> str:
        """The address of this page."""
        return f"{self.url}{'&' if '?' in self.url else '?'}{_REST_QUERY}&page={self.page}"


@dataclass(frozen=True, slots=True)
class WordPressInventory(WordPressRest):
    """The addresses of all posts of such an interface, and nothing else of them.

    The oldest are first, so that no new post pushes another to a page that has been read.
    """

    most_empty_pages: ClassVar[int] = 100

    @property
    def address(self) -> str:
        """The address of this page."""
        return f"{self.url}{'&' if '?' in self.url else '?'}{_INVENTORY_QUERY}&page={self.page}"


@dataclass(frozen=True, slots=True)
class Listing(Route):
    """A page that names articles, newest first: a home page, a section, a tag, a day.

    Its further pages are found by its own links.
    """

    origin: ClassVar[RouteOrigin] = "listing"


@dataclass(frozen=True, slots=True)
class Archive(Route):
    """A listing for each day, or month, with its date in the address.

    ``https://journal.example/{year}/{month}/{day}/``; a month's has no ``{day}``. Asked are
    the newest first, from *day* on (without it: today, in Paris); *further* is the address of a
    further page of that day.
    """

    day: date | None = None
    further: str = ""

    most_empty_pages: ClassVar[int] = 31
    conditional: ClassVar[bool] = False
    statuses: ClassVar[frozenset[int]] = frozenset({404, 410})

    @property
    def first_day(self) -> date:
        """The first day that the page is about."""
        day = self.day or datetime.now(PARIS).date()
        return day if "{day}" in self.url else day.replace(day=1)

    @property
    def address(self) -> str:
        """The address of the page."""
        day = self.first_day
        return self.further or self.url.format(
            year=f"{day.year:04d}", month=f"{day.month:02d}", day=f"{day.day:02d}"
        )


class Answer(NamedTuple):
    """What a server said when a route was asked: *url* is where it said so, after redirects.

    The names in *headers* are in lower case.
    """

    route: Route
    body: bytes
    url: str
    headers: Mapping[str, str]
    status: int = 200

    @property
    def charset(self) -> str | None:
        """The charset that the HTTP header declares, if any."""
        return http_content_type_encoding(self.headers.get("content-type", ""))


@dataclass(frozen=True, slots=True)
class Onward:
    """A further route to ask: a sitemap of an index, the next page of a listing.

    *lastmod* is when it changed last, as the route that leads there says. A page that is
    *next_page* of the one read is asked for only while there is something new to be found.
    """

    route: Route
    lastmod: datetime | None = None
    next_page: bool = False


@dataclass(frozen=True, slots=True)
class Flaw:
    """A fault of a route that was read all the same; counted as ``route/problem/NAME``.

    What is *partial* lists less than it should, and is read again the next time; what is
    *damaged* may list less.
    """

    name: str
    partial: bool = False
    damaged: bool = False


class Reader(Protocol):
    """Reads the answer of one kind of route.

    Yields the articles it lists, the routes it leads to and the flaws it has, in any order.
    Raises :exc:`UnreadableRoute` where the answer is not of that kind.
    """

    def __call__(self, answer: Answer, /) -> Iterator[Listed | Onward | Flaw]:
        """Read *answer*."""
