"""An article split over several pages: which page is which part, and where the others are."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import parse_qsl, urljoin, urlsplit

from alescrawl.extraction.canonical import canonical_url, without_tracking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_FACTS: Final = tomllib.loads(
    (files("alescrawl") / "data" / "part_links.toml").read_text(encoding="utf-8")
)
_PARAMETERS = frozenset(_FACTS["parameters"])
_ON, _BACK = frozenset(_FACTS["onward"]), frozenset(_FACTS["back"])
_CLASSES = frozenset(_FACTS["classes"])
_JOINT = "|".join(map(re.escape, sorted(_FACTS["joints"], key=len, reverse=True)))
_NUMBER = r"(?P<number>[2-9]|[1-9]\d)"
_BELOW = re.compile(rf"(?P<stem>.*[^/])/{_NUMBER}/?", re.DOTALL)
_JOINED = re.compile(rf"(?P<stem>.*[^/])(?:{_JOINT}){_NUMBER}(?P<end>\.\w{{2,5}}|/)?", re.DOTALL)
_VALUE = re.compile(rf"{_NUMBER}(?:-\d+)?")
_LETTERS = re.compile(r"[^\W\d_]+")
_ROOTED = ("/", "http://", "https://")
_RELS = frozenset({"next", "prev", "canonical"})
_LINKS_SEEN = 3_000


@dataclass(frozen=True, slots=True)
class Split:
    """The parts of an article that one of its pages tells of.

    ``first`` is the address of the first page where the page read is a later one; ``later`` are
    the numbers and addresses of the parts linked, without the one read, in order.
    """

    first: str | None = None
    later: tuple[tuple[int, str], ...] = ()


class _Address(NamedTuple):
    """An address as a part of something: of which first page, and its number."""

    first: str
    number: int
    sure: bool
    """Whether nothing but a part has such an address; else the link must say so."""


class _Link(NamedTuple):
    url: str
    element: HtmlElement


def read_split(tree: HtmlElement, url: str, part_of: str | None = None) -> Split:
    """Return the split that the page *tree* at *url* is part of; empty where it is whole.

    *part_of* is the address of the first page where that is known.
    """
    own = canonical_url(url)
    if part_of is not None:
        first = canonical_url(part_of)
        return Split(part_of, tuple(_parts(list(_links(tree, url, [first])), first, own)))
    firsts = {address.first: canonical_url(address.first) for address in _readings(url)}
    links = list(_links(tree, url, [own, *firsts.values()]))
    for address, first in firsts.items():
        if any(_leads_back(e, "1") and canonical_url(link) == first for link, e in links):
            return Split(address, tuple(_parts(links, first, own)))
    return Split(None, tuple(_parts(links, own, own)))


def _parts(links: list[_Link], first: str, own: str) -> Iterator[tuple[int, str]]:
    """Yield the parts after *first* among *links*, but for the page itself."""
    found: dict[int, str] = {}
    for url, element in links:
        for address in _readings(url):
            is_part = address.sure or _leads_on(element, str(address.number))
            if is_part and canonical_url(address.first) == first and canonical_url(url) != own:
                found.setdefault(address.number, without_tracking(url))
    yield from sorted(found.items())


def _links(tree: HtmlElement, base: str, firsts: list[str]) -> Iterator[_Link]:
    """Yield the links to pages of the host of *base*, and what the head says comes next.

    Left out are those that surely lead to no part of what begins at one of *firsts*.
    """
    host, names = urlsplit(base).netloc, [_last_name(first) for first in firsts]
    for element in islice(tree.iter("a", "link"), _LINKS_SEEN):
        href = (element.get("href") or "").strip()
        if not href or not _may_lead(href, names):
            continue
        if element.tag == "link" and not _RELS & set((element.get("rel") or "").lower().split()):
            continue
        try:
            url = urljoin(base, href)
            is_own = urlsplit(url).netloc == host and "comment" not in urlsplit(url).fragment
        except ValueError:
            continue
        if is_own:
            yield _Link(url, element)


def _last_name(url: str) -> str:
    """Return the end of the path, which the address of each part has in it; "" where unsure."""
    name = urlsplit(url).path.rstrip("/").rpartition("/")[2].partition(".")[0]
    return name if name.isascii() and "%" not in name else ""


def _may_lead(href: str, names: list[str]) -> bool:
    """Whether an address has one of *names* in it, or gets it from the page it stands in."""
    return any(name in href for name in names) or not href.startswith(_ROOTED)


def _readings(url: str) -> Iterator[_Address]:
    """Yield the ways in which *url* may be the address of a later part."""
    path, _, query = url.partition("#")[0].partition("?")
    pairs = parse_qsl(query, keep_blank_values=True)
    for name, value in pairs:
        if name in _PARAMETERS and (found := _VALUE.fullmatch(value)):
            rest = [p for p in query.split("&") if p.partition("=")[0] != name]
            first = f"{path}?{'&'.join(rest)}" if rest else path
            yield _Address(first, int(found["number"]), sure=True)
    end = f"?{query}" if query else ""
    if found := _BELOW.fullmatch(path):
        yield _Address(f"{found['stem']}/{end}", int(found["number"]), sure=True)
    if found := _JOINED.fullmatch(path):
        stem = f"{found['stem']}{found['end'] or ''}{end}"
        yield _Address(stem, int(found["number"]), sure=False)


def _leads_on(element: HtmlElement, number: str) -> bool:
    """Return whether a link says that it leads to the page *number* of the same article."""
    return _leads(element, number, {"next"}, _ON)


def _leads_back(element: HtmlElement, number: str) -> bool:
    return _leads(element, number, {"prev", "canonical"}, _BACK)


def _leads(element: HtmlElement, number: str, rels: set[str], words: frozenset[str]) -> bool:
    if rels & set((element.get("rel") or "").lower().split()):
        return True
    text = " ".join("".join(map(str, element.itertext())).split()).lower()
    if text == number or " ".join(_LETTERS.findall(text)) in words:
        return True
    parent = element.getparent()
    classes = f"{element.get('class')} {parent.get('class') if parent is not None else ''}"
    return bool(_CLASSES & set(classes.split()))
