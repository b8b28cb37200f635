"""Plain text from the snippets of HTML that feeds and interfaces give as titles and excerpts."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from lxml import etree

from alescrawl.extraction.page.attributes import with_bounded_attributes
from alescrawl.text.normalise import as_printed, normalise

LONGEST = 20_000
_BLOCKS = ("p", "div", "br", "li", "h2", "h3", "blockquote")


@cache
def route_words() -> dict[str, Any]:
    """Return the words by which routes are read."""
    path = files("alescrawl") / "data" / "route_words.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def plain_line(markup: str | None) -> str | None:
    """Return the text of *markup* on one line; ``None`` where it has none."""
    if not markup:
        return None
    if "<" in markup:
        markup = " ".join(_lines(markup))
    return as_printed(markup) or None


def plain_excerpt(markup: str | None) -> str | None:
    """Return the one paragraph that *markup* is; ``None`` where it is more: a whole text."""
    if not markup or len(markup) > LONGEST:
        return None
    lines = [as_printed(line) for line in _lines(markup)] if "<" in markup else [as_printed(markup)]
    lines = [line for line in lines if line and not _is_footer(line)]
    return lines[0] if len(lines) == 1 else None


def _is_footer(line: str) -> bool:
    plain = normalise(line).lower()
    return any(words in plain for words in route_words()["feed_footers"])


def _lines(markup: str) -> list[str]:
    page = with_bounded_attributes(f"<body><div>{markup[:LONGEST]}".encode("utf-8", "replace"))
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = etree.fromstring(page.replace(b"\0", b""), parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return []
    for element in tree.iter(*_BLOCKS):
        element.text = f"\n{element.text or ''}"
        element.tail = f"\n{element.tail or ''}"
    return "".join(map(str, tree.itertext())).split("\n")
