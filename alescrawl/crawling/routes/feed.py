"""Reading RSS (0.9 to 2.0) and Atom feeds; a JSON feed is handed on."""

from __future__ import annotations

import json
import re
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from alescrawl.crawling.routes.model import Flaw, UnreadableRoute
from alescrawl.crawling.routes.plain_text import plain_excerpt, plain_line
from alescrawl.crawling.routes.web_address import web_address
from alescrawl.crawling.routes.xml_stream import XmlReading, local_name, text_of
from alescrawl.dataset.ledger.hints import Listed
from alescrawl.extraction.dates.dates import parse_timestamp
from alescrawl.extraction.page.charset import as_utf8

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from alescrawl.crawling.routes.model import Answer


_AROUND = 4_096
"""Characters that may stand before and after the JSON that was meant."""
_JSON_BEGINS = re.compile(r"""\[\s*+[{\]]|\{\s*+["}]""")
_MOST_TRIES = 20


def is_json(body: bytes) -> bool:
    """Return whether *body* begins as JSON does."""
    return body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}


def load_json(body: bytes, charset: str | None = None) -> Any:  # noqa: ANN401 - whatever the server sent
    """Return the value of *body*; raise :exc:`UnreadableRoute` ``empty`` or ``not_json``."""
    if not body.strip():
        raise UnreadableRoute("empty")
    body = as_utf8(body, charset)
    try:
        return json.loads(body.lstrip(b"\xef\xbb\xbf \t\r\n"))
    except (ValueError, RecursionError) as error:
        if (found := _within(body)) is not None:
            return found
        raise UnreadableRoute("not_json") from error


def _within(body: bytes) -> Any | None:  # noqa: ANN401 - whatever the server sent
    """Return the list or object between what PHP warns of before it and a comment after it."""
    text = body.decode("utf-8", "replace")
    for found in islice(_JSON_BEGINS.finditer(text, 0, _AROUND), _MOST_TRIES):
        try:
            value, end = json.JSONDecoder().raw_decode(text, found.start())
        except (ValueError, RecursionError):
            continue
        if value and len(text) - end <= _AROUND:
            return value
    return None


def read_json_feed(body: bytes, url: str, charset: str | None = None) -> Iterator[Listed | Flaw]:
    """Yield the items of the feed at *url* in its order."""
    feed = load_json(body, charset)
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise UnreadableRoute("not_a_feed")
    for item in items:
        entry = _json_entry(item, url) if isinstance(item, dict) else None
        yield entry or Flaw("no_address")


def _json_entry(item: dict[str, Any], base: str) -> Listed | None:
    link = _json_text(item, "url") or _json_text(item, "id") or ""
    address = web_address(base, link) if "/" in link else None
    if address is None:
        return None
    return Listed(
        address,
        published=parse_timestamp(_json_text(item, "date_published")),
        lastmod=parse_timestamp(_json_text(item, "date_modified")),
        title=plain_line(_json_text(item, "title")),
        authors=tuple(_authors(item)),
        tags=tuple(filter(None, map(plain_line, strings(item.get("tags"))))),
        excerpt=plain_excerpt(_json_text(item, "summary")),
    )


def _authors(item: dict[str, Any]) -> Iterator[str]:
    authors = item.get("authors") or [item.get("author")]
    for author in authors if isinstance(authors, list) else ():
        name = plain_line(_json_text(author, "name")) if isinstance(author, dict) else None
        if name:
            yield name


def strings(value: Any) -> list[str]:  # noqa: ANN401 - whatever the server sent
    """Return the texts of the list *value*; none where it is no list."""
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _json_text(item: dict[str, Any], name: str) -> str | None:
    value = item.get(name)
    return value if isinstance(value, str) else None


_ROOTS = frozenset({"rss", "RDF", "feed"})


_ENTRIES = frozenset({"item", "entry"})


_SEVERAL = frozenset({"creator", "author", "category", "subject"})


def read_feed(answer: Answer) -> Iterator[Listed | Flaw]:
    """Yield the entries of a feed in its order, with absolute addresses.

    A damaged feed gives what can be read. Raises
    :exc:`alescrawl.crawling.routes.model.UnreadableRoute`: ``empty``, ``not_xml``, ``not_json`` or
    ``not_a_feed``.
    """
    if is_json(answer.body):
        yield from read_json_feed(answer.body, answer.url, answer.charset)
        return
    xml = XmlReading(answer.body, _ROOTS, "not_a_feed", answer.charset)
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
    if child.get("rel", "alternate") != "alternate":
        return ""
    # What xml:base says, here and in the elements around.
    return urljoin(child.base or "", child.get("href") or "")


def _author(element: etree._Element) -> str:
    """Return a name: Atom has an element for it, RSS an address and the name in brackets."""
    names = (text_of(child) for child in element if local_name(child) == "name")
    if name := next(names, ""):
        return name
    address, _, name = text_of(element).partition("(")
    return name.rstrip(")") if "@" in address else text_of(element)


def _lines(texts: list[str] | None) -> tuple[str, ...]:
    return tuple(filter(None, map(plain_line, texts or ())))
