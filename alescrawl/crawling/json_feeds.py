"""Reading JSON Feed, versions 1 and 1.1 (jsonfeed.org)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from alescrawl.crawling.plain_text import plain_excerpt, plain_line
from alescrawl.crawling.routes import Flaw, UnreadableRoute
from alescrawl.crawling.web_address import web_address
from alescrawl.dataset.listed import Listed
from alescrawl.extraction.dates import parse_timestamp

if TYPE_CHECKING:
    from collections.abc import Iterator


def is_json(body: bytes) -> bool:
    """Return whether *body* begins as JSON does."""
    return body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}


def load_json(body: bytes) -> Any:  # noqa: ANN401 - whatever the server sent
    """Return the value of *body*; raise :exc:`UnreadableRoute` ``empty`` or ``not_json``."""
    if not body.strip():
        raise UnreadableRoute("empty")
    try:
        return json.loads(body.lstrip(b"\xef\xbb\xbf \t\r\n"))
    except (ValueError, RecursionError) as error:
        raise UnreadableRoute("not_json") from error


def read_json_feed(body: bytes, url: str) -> Iterator[Listed | Flaw]:
    """Yield the items of the feed at *url* in its order."""
    feed = load_json(body)
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise UnreadableRoute("not_a_feed")
    for item in items:
        entry = _entry(item, url) if isinstance(item, dict) else None
        yield entry or Flaw("no_address")


def _entry(item: dict[str, Any], base: str) -> Listed | None:
    link = _text(item, "url") or _text(item, "id") or ""
    address = web_address(base, link) if "/" in link else None
    if address is None:
        return None
    return Listed(
        address,
        published=parse_timestamp(_text(item, "date_published")),
        lastmod=parse_timestamp(_text(item, "date_modified")),
        title=plain_line(_text(item, "title")),
        authors=tuple(_authors(item)),
        tags=tuple(filter(None, map(plain_line, strings(item.get("tags"))))),
        excerpt=plain_excerpt(_text(item, "summary")),
    )


def _authors(item: dict[str, Any]) -> Iterator[str]:
    authors = item.get("authors") or [item.get("author")]
    for author in authors if isinstance(authors, list) else ():
        name = plain_line(_text(author, "name")) if isinstance(author, dict) else None
        if name:
            yield name


def strings(value: Any) -> list[str]:  # noqa: ANN401 - whatever the server sent
    """Return the texts of the list *value*; none where it is no list."""
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _text(item: dict[str, Any], name: str) -> str | None:
    value = item.get(name)
    return value if isinstance(value, str) else None
