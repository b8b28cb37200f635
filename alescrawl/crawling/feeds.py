"""Reading RSS (0.9 to 2.0) and Atom feeds; a JSON feed is handed on."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from alescrawl.crawling.json_feeds import is_json, read_json_feed
from alescrawl.crawling.plain_text import plain_excerpt, plain_line
from alescrawl.crawling.routes import Flaw
from alescrawl.crawling.web_address import web_address
from alescrawl.crawling.xml_reading import XmlReading, local_name, text_of
from alescrawl.dataset.listed import Listed
from alescrawl.extraction.dates import parse_timestamp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from alescrawl.crawling.routes import Answer

_ROOTS = frozenset({"rss", "RDF", "feed"})
_ENTRIES = frozenset({"item", "entry"})
_SEVERAL = frozenset({"creator", "author", "category", "subject"})


def read_feed(answer: Answer) -> Iterator[Listed | Flaw]:
    """Yield the entries of a feed in its order, with absolute addresses.

    A damaged feed gives what can be read. Raises
    :exc:`alescrawl.crawling.routes.UnreadableRoute`: ``empty``, ``not_xml``, ``not_json`` or
    ``not_a_feed``.
    """
    if is_json(answer.body):
        yield from read_json_feed(answer.body, answer.url)
        return
    xml = XmlReading(answer.body, _ROOTS, "not_a_feed")
    base = None
    for element in xml.elements(_ENTRIES):
        base = base or _base(element, answer.url)
        yield _entry(element, base) or Flaw("no_address")
    yield from xml.flaws()


def _base(entry: etree._Element, url: str) -> str:
    """Return what relative links are relative to: in RSS the site that the channel names."""
    channel = entry.getparent()
    if channel is None or local_name(channel) != "channel":
        return url
    links = (text_of(child) for child in channel if local_name(child) == "link")
    site = urljoin(url, next(filter(None, links), ""))
    return site if _host(site) == _host(url) else url


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _entry(element: etree._Element, base: str) -> Listed | None:
    fields, several = _fields(element)
    links = (fields.get(name) for name in ("origLink", "link", "permalink"))
    address = web_address(base, next(filter(None, links), ""))
    if address is None:
        return None
    published = (fields.get(name) for name in ("pubDate", "published", "date", "created", "issued"))
    return Listed(
        address,
        published=parse_timestamp(next(filter(None, published), None)),
        lastmod=parse_timestamp(fields.get("updated") or fields.get("modified")),
        title=plain_line(fields.get("title")),
        authors=_lines(several.get("creator") or several.get("author")),
        tags=_lines(several.get("category") or several.get("subject")),
        excerpt=plain_excerpt(fields.get("description") or fields.get("summary")),
    )


def _fields(element: etree._Element) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Return the texts of an entry by name: the first of each, and all of those of some."""
    fields: dict[str, str] = {}
    several: dict[str, list[str]] = {}
    for child in element:
        name, text = local_name(child), _text(child)
        if name == "guid" and child.get("isPermaLink") != "false":
            name = "permalink"
        if text and name in _SEVERAL:
            several.setdefault(name, []).append(text)
        elif text:
            fields.setdefault(name, text)
    return fields, several


def _text(child: etree._Element) -> str:
    name = local_name(child)
    if name == "author":
        return _author(child)
    text = text_of(child)
    if text or name not in {"link", "category"}:
        return text
    if name == "category":
        return child.get("label") or child.get("term") or ""
    return (child.get("href") or "") if child.get("rel", "alternate") == "alternate" else ""


def _author(element: etree._Element) -> str:
    """Return a name: Atom has an element for it, RSS an address and the name in brackets."""
    names = (text_of(child) for child in element if local_name(child) == "name")
    if name := next(names, ""):
        return name
    address, _, name = text_of(element).partition("(")
    return name.rstrip(")") if "@" in address else text_of(element)


def _lines(texts: list[str] | None) -> tuple[str, ...]:
    return tuple(filter(None, map(plain_line, texts or ())))
