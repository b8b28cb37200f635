"""What a news site calls itself, where its home page does not declare it."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast
from urllib.parse import urljoin, urlsplit

from lxml.etree import XPath

from alescrawl.crawling.pages.address_kinds import address_kind, is_like_headline, title_kind
from alescrawl.crawling.routes.model import Feed, Route, Sitemap, WordPressRest
from alescrawl.crawling.routes.pagination import place
from alescrawl.crawling.routes.web_address import base_of, site_of, web_address
from alescrawl.text.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lxml.html import HtmlElement


_LINKS = XPath("//link[@href]")


_ANCHORS = XPath("//a[@href]")


_ADDRESSES = XPath("//@href | //@src")


_GENERATORS = XPath("//meta[translate(@name, 'GENRATO', 'genrato') = 'generator']/@content")


_LINK_HEADER = re.compile(r"<([^<>]{1,2000})>\s*;([^<>]{1,500})")


_SITEMAP_LINE = re.compile(r"^[ \t]*site-?maps?[ \t]*:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)


_REST_RELATION: Final = "https://api.w.org/"


_POSTS: Final = "wp/v2/posts"


_SIGNS_READ: Final = 100_000


MOST_LINKED_FEEDS: Final = 20


class HomePage(NamedTuple):
    """The home page of a site as it answered; the names in *headers* are in lower case."""

    tree: HtmlElement
    url: str
    headers: Mapping[str, str]


def candidate_routes(home: HomePage, robots: str) -> list[Route]:
    """Return the routes that *home* and the text of robots.txt name, the most trusted first.

    Feeds that the head declares, then the REST interface of WordPress, the sitemaps of
    robots.txt, feeds that the page links to. Where one of the first three is named nowhere, the
    usual places of the system stand for it, with the status ``convention``.
    """
    systems = recognised_systems(home)
    feeds = [Feed(url) for url in _declared_feeds(home)]
    rest = [WordPressRest(url) for url in _declared_rest(home)]
    sitemaps = [Sitemap(url) for url in _sitemaps_of(robots, home.url)]
    # What lies behind a link may also be a page about feeds.
    linked = [Feed(url, "convention") for url in _linked_feeds(home)][:MOST_LINKED_FEEDS]
    if not feeds:
        feeds = [Feed(url, "convention") for url in _usual(home, systems, "feeds")]
    if not rest:
        rest = [WordPressRest(url, "convention") for url in _usual(home, systems, "rest")]
    if not sitemaps:
        sitemaps = [Sitemap(url, "convention") for url in _usual(home, systems, "sitemaps")]
    return _each_once([*feeds, *rest, *sitemaps, *linked])


def _sitemaps_of(robots: str, url: str) -> Iterator[str]:
    """Yield the sitemaps that *robots* names, relative to its host, in brackets or not."""
    for link in _SITEMAP_LINE.findall(robots):
        bare = link.strip("<>\"'")
        address = web_address(urljoin(url, "/"), bare) if "/" in bare else None
        if address is not None:
            yield address


def recognised_systems(home: HomePage) -> list[str]:
    """Return the names of the systems whose signs the page bears; ``["any"]`` without any."""
    headers = "\n".join(f"{name}: {value}" for name, value in home.headers.items())
    generators = "\n".join(f"generator: {value}" for value in _strings(_GENERATORS(home.tree)))
    addresses = "\n".join(_strings(_ADDRESSES(home.tree)))[:_SIGNS_READ]
    text = f"{headers}\n{generators}\n{addresses}"
    found = [
        name
        for name, facts in _systems().items()
        if any(re.search(sign, text, re.IGNORECASE) for sign in facts["signs"])
    ]
    return found or ["any"]


def _usual(home: HomePage, systems: Iterable[str], kind: str) -> Iterator[str]:
    for system in systems:
        for path in _systems()[system].get(kind, ()):
            if (address := web_address(home.url, path)) is not None:
                yield address


def _declared_feeds(home: HomePage) -> Iterator[str]:
    for rel, href, kind, title in _declared_links(home):
        is_feed = "alternate" in rel and _matches("types", kind) and "oembed" not in kind
        # XML may be anything: there the address must say that it is a feed.
        is_sure = "rss" in kind or "atom" in kind or "feed" in kind or _matches("addresses", href)
        if is_feed and is_sure and not _matches("others", f"{href} {title}"):
            yield href


def _declared_rest(home: HomePage) -> Iterator[str]:
    for rel, href, _, _ in _declared_links(home):
        if _REST_RELATION in rel:
            # Without pretty addresses the root is …/?rest_route=/.
            yield f"{href.rstrip('/')}/{_POSTS}"


def _declared_links(home: HomePage) -> Iterator[tuple[list[str], str, str, str]]:
    """Yield relation, address, type and title of the links of the head and of the headers."""
    base = base_of(home.tree, home.url)
    for link in cast("list[HtmlElement]", _LINKS(home.tree)):
        rel = (link.get("rel") or "").lower().split()
        if (address := web_address(base, link.get("href") or "")) is not None:
            yield rel, address, (link.get("type") or "").lower(), link.get("title") or ""
    for href, rest in _LINK_HEADER.findall(home.headers.get("link", "")):
        values = dict(re.findall(r'(\w+)\s*=\s*"?([^";,]*)', rest.lower()))
        if (address := web_address(home.url, href)) is not None:
            yield values.get("rel", "").split(), address, values.get("type", ""), ""


def _linked_feeds(home: HomePage) -> Iterator[str]:
    base = base_of(home.tree, home.url)
    for anchor in cast("list[HtmlElement]", _ANCHORS(home.tree)):
        address = web_address(base, anchor.get("href") or "")
        text = " ".join("".join(map(str, anchor.itertext())).split())
        if address is None or site_of(address) != site_of(home.url):
            continue
        if _matches("others", f"{address} {text}"):
            continue
        if _matches("addresses", address) or _matches("texts", text):
            yield address


def _each_once(routes: Iterable[Route]) -> list[Route]:
    found: dict[str, Route] = {}
    for route in routes:
        found.setdefault(route.url, route)
    return list(found.values())


def _strings(found: object) -> list[str]:
    return [str(each) for each in cast("list[object]", found)]


def _matches(kind: str, text: str) -> bool:
    return _feed_forms(kind).search(text) is not None


@cache
def _feed_forms(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(_facts("feed_links.toml")[kind]), re.IGNORECASE)


def _systems() -> Mapping[str, Mapping[str, list[str]]]:
    return _facts("site_systems.toml")


@cache
def _facts(name: str) -> dict[str, Any]:
    return tomllib.loads((files("alescrawl") / "data" / name).read_text(encoding="utf-8"))


MOST_SECTIONS: Final = 20


_LONGEST_NAME: Final = 40


_MENU_WORDS: Final = ("menu", "nav", "rubrique", "section")


_IN_MENU = XPath(
    "boolean(ancestor::nav or ancestor::header or ancestor::*["
    + " or ".join(f"contains(@class, '{word}') or contains(@id, '{word}')" for word in _MENU_WORDS)
    + "])"
)


def section_links(home: HomePage) -> list[str]:
    """Return the addresses of the sections that the menus of *home* name, in its order."""
    base = base_of(home.tree, home.url)
    found: dict[str, None] = {}
    for anchor in cast("list[HtmlElement]", _ANCHORS(home.tree)):
        address = (web_address(base, anchor.get("href") or "") or "").partition("#")[0]
        if address and address not in found and _is_section(address, anchor, home.url):
            found[address] = None
    return list(found)[:MOST_SECTIONS]


def _is_section(address: str, anchor: HtmlElement, home: str) -> bool:
    name = "".join(map(str, anchor.itertext())).strip()
    return (
        site_of(address) == site_of(home)
        and address.rstrip("/") != home.rstrip("/")
        and address_kind(address) in {None, "listing"}
        and place(address).number == 0
        and 0 < len(name) <= _LONGEST_NAME
        and (address_kind(address) == "listing" or not is_like_headline(address))
        and bool(_IN_MENU(anchor))
    )


_TITLE = XPath("string(/html/head/title)")


_FEED_TITLES = XPath("//link[@rel='alternate']/@title")


_SEPARATOR = re.compile(r"\s+[-–—|•·»:]+\s+")


_LETTERS = re.compile(r"[^\W\d_]+")


_MOST_WORDS: Final = 6


def site_name(home: HomePage) -> str | None:
    """Return the name of the site of *home* by its title; ``None`` where that may be a slogan.

    Taken is the piece of the title that its feeds bear too, or that its host spells, or the
    whole of a short title.
    """
    pieces = list(_pieces(normalise(str(_TITLE(home.tree)))))
    in_feeds = {
        piece
        for title in cast("list[str]", _FEED_TITLES(home.tree))
        for piece in _pieces(normalise(title))
    }
    host = _spelled(".".join((urlsplit(home.url).hostname or "").split(".")[:-1]))
    for piece in pieces:
        if piece in in_feeds or (host and _spelled(piece) in {host, host.removeprefix("www")}):
            return piece
    return pieces[0] if len(pieces) == 1 else None


def _pieces(title: str) -> Iterator[str]:
    for piece in _SEPARATOR.split(title):
        if 0 < len(piece.split()) <= _MOST_WORDS and title_kind(piece) is None:
            yield piece


def _spelled(text: str) -> str:
    return "".join(_LETTERS.findall(text)).lower()
