"""Where a listing goes on: the page after it, by what its links say or by their addresses."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, cast
from urllib.parse import urlsplit

from lxml.etree import XPath

from alescrawl.crawling.pages.address_kinds import address_kind
from alescrawl.crawling.routes.plain_text import route_words
from alescrawl.crawling.routes.web_address import base_of, web_address
from alescrawl.text.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_NEXT = XPath(
    "//link[@href and contains(concat(' ', @rel, ' '), ' next ')]"
    " | //a[@href and contains(concat(' ', @rel, ' '), ' next ')]"
)
_LINKS = XPath("//a[@href]")
_NEXT_ATTRIBUTES = ("data-next-url", "data-next-page-url", "data-next")
_LOADER_ATTRIBUTES = (*_NEXT_ATTRIBUTES, "data-url", "data-href")
_LOADERS = XPath(f"//*[{' or '.join(f'@{name}' for name in _LOADER_ATTRIBUTES)}]")
LONGEST_LABEL = 60
_LETTERS = re.compile(r"[^\W\d_]+")


class Place(NamedTuple):
    """A page of a listing: the address without its number, and the number, 0 without any."""

    listing: str
    number: int


def next_pages(tree: HtmlElement, url: str) -> Iterator[str]:
    """Yield the addresses that may be the page after *url*, the most likely first, each once.

    Read are rel=next, links that say it (« Page suivante », « Articles plus anciens »), numbered
    pages, and addresses that a script would load. All lie on the same host, none is *url*.
    """
    base, here = base_of(tree, url), place(url)
    seen = {url}
    for link, is_declared in _links(tree, here, base):
        address = (web_address(base, link) or "").partition("#")[0]
        if address in seen or urlsplit(address).netloc != urlsplit(url).netloc:
            continue
        seen.add(address)
        if _is_further(address, here, is_declared=is_declared):
            yield address


def place(url: str) -> Place:
    """Return which page of which listing *url* is.

    >>> place("https://journal.example/economie/page/3/?tri=date")
    Place(listing='https://journal.example/economie/?tri=date', number=3)
    """
    for form in _forms():
        if found := form.search(url):
            rest = f"{url[: found.start()]}{found['end'] or ''}{url[found.end() :]}"
            return Place(_tidy(rest), int(found["number"]))
    return Place(_tidy(url), 0)


def _tidy(url: str) -> str:
    address, _, query = url.partition("?")
    query = "&".join(filter(None, query.split("&")))
    return f"{address.rstrip('/')}/{'?' if query else ''}{query}"


def _is_further(address: str, here: Place, *, is_declared: bool) -> bool:
    """Whether *address* may be a later page: « Voir plus » also stands below a single article."""
    there = place(address)
    if there.listing == here.listing:
        return there.number > here.number
    same_path = there.listing.partition("?")[0] == here.listing.partition("?")[0]
    return is_declared or same_path or there.number > 0 or address_kind(address) == "listing"


def _links(tree: HtmlElement, here: Place, base: str) -> Iterator[tuple[str, bool]]:
    """Yield the links that may lead on, and whether the page declares that they do."""
    for element in cast("list[HtmlElement]", _NEXT(tree)):
        yield element.get("href") or "", True
    links = cast("list[HtmlElement]", _LINKS(tree))
    yield from ((link.get("href") or "", False) for link in links if _says_next(link))
    yield from ((address, False) for address in _numbered(links, here, base))
    for element in cast("list[HtmlElement]", _LOADERS(tree)):
        if _says_loader(element):
            yield from ((a, False) for a in map(element.get, _LOADER_ATTRIBUTES) if a)


def _says_next(link: HtmlElement) -> bool:
    labels = ("".join(map(str, link.itertext())), link.get("aria-label"), link.get("title"))
    short = [label.strip() for label in labels if label and len(label.strip()) <= LONGEST_LABEL]
    return any(label in route_words()["next_signs"] for label in short) or any(
        _letters(label) in _next_labels() for label in short
    )


def _letters(label: str) -> str:
    return " ".join(_LETTERS.findall(normalise(label).lower()))


def _numbered(links: list[HtmlElement], here: Place, base: str) -> Iterator[str]:
    """Yield the numbered pages after this one, the nearest first."""
    pages: list[tuple[int, str]] = []
    for link in links:
        label = "".join(map(str, link.itertext())).strip()
        if not label.isdecimal() or len(label) > len("9999") or int(label) <= 1:
            continue
        address = web_address(base, link.get("href") or "") or ""
        there = place(address.partition("#")[0])
        if there.listing == here.listing and there.number > here.number:
            pages.append((there.number, address))
    yield from (address for _, address in sorted(pages))


def _says_loader(element: HtmlElement) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
    has_next = any(element.get(name) for name in _NEXT_ATTRIBUTES)
    return has_next or any(word in names for word in route_words()["loaders"])


@cache
def _next_labels() -> frozenset[str]:
    return frozenset(map(_letters, route_words()["next_labels"]))


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    parameters = "|".join(route_words()["page_parameters"])
    return (
        re.compile(rf"(?<=[?&])(?:{parameters})=(?P<number>\d{{1,7}})(?P<end>)(?=&|$)"),
        *(re.compile(form) for form in route_words()["page_paths"]),
    )
