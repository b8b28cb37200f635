"""The boxes that sites print in place of the rest of an article that is for members."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from lxml.etree import XPath

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

_NAMED: Final = ("class", "id", "data-testid")
_NAMING: Final = XPath(
    "//*[contains(@class, $word) or contains(@id, $word) or contains(@data-testid, $word)]"
)
_WHOLE: Final = frozenset({"html", "body", "main", "article"})
"""What the article itself is in bears such a word for another reason."""
_TEXT: Final = XPath("string()")
_LEAST_WORDS: Final = 3


@cache
def _boxes() -> tuple[tuple[bytes, str], ...]:
    path = files("alescrawl") / "data" / "paywall_marks.toml"
    words: list[str] = tomllib.loads(path.read_text(encoding="utf-8"))["boxes"]
    return tuple((word.encode(), word) for word in words)


def empty_gates(tree: HtmlElement, html: str | bytes) -> bool:
    """Take the words out of the gates in *tree*, the page *html*; return whether there is one.

    A box without words waits for a script, which may never fill it.
    """
    data = html.encode() if isinstance(html, str) else html
    named = [word for raw, word in _boxes() if raw in data]
    found = list(_gates(tree, named)) if named else []
    for gate in found:
        gate.clear(keep_tail=True)
    return bool(found)


def _gates(tree: HtmlElement, words: Iterable[str]) -> Iterator[HtmlElement]:
    for word in words:
        elements: Any = _NAMING(tree, word=word)
        for element in elements:
            if _is_called(element, word) and _is_shown(element) and _has_words(element):
                yield element


def _is_called(element: HtmlElement, word: str) -> bool:
    if element.tag in _WHOLE or next(element.iter("h1"), None) is not None:
        return False
    return any(word in element.get(name, "").split() for name in _NAMED)


def _is_shown(element: HtmlElement) -> bool:
    return not any(
        each.get("hidden") is not None or "display:none" in each.get("style", "").replace(" ", "")
        for each in (element, *element.iterancestors())
    )


def _has_words(element: HtmlElement) -> bool:
    return len(str(_TEXT(element)).split()) >= _LEAST_WORDS
