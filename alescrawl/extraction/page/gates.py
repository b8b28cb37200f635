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
_MOST_PLACES: Final = 100
_LONGEST_TAG: Final = 2_000


@cache
def _marks() -> dict[str, list[str]]:
    path = files("alescrawl") / "data" / "paywall_marks.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def _by_piece() -> dict[bytes, list[tuple[bytes, str]]]:
    """Return the words by the first piece in them: a page without it is asked for none."""
    pieces = [piece.encode() for piece in _marks()["pieces"]]
    found: dict[bytes, list[tuple[bytes, str]]] = {piece: [] for piece in pieces}
    for word in _marks()["boxes"]:
        raw = word.encode()
        found[next(piece for piece in pieces if piece in raw)].append((raw, word))
    return found


def empty_gates(tree: HtmlElement, html: str | bytes) -> bool:
    """Take the words out of the gates in *tree*, the page *html*; return whether there is one.

    A box without words waits for a script, which may never fill it.
    """
    data = html.encode() if isinstance(html, str) else html
    named = [
        word
        for piece, words in _by_piece().items()
        if piece in data
        for raw, word in words
        if _is_in_tag(data, raw)
    ]
    found = list(_gates(tree, named)) if named else []
    for gate in found:
        gate.clear(keep_tail=True)
    return bool(found)


def _is_in_tag(data: bytes, word: bytes) -> bool:
    """Tell whether *word* stands in an attribute, not in a script or a text alone."""
    place = data.find(word)
    for _ in range(_MOST_PLACES):
        if place < 0:
            return False
        tag = data.rfind(b"<", max(0, place - _LONGEST_TAG), place)
        if tag >= 0 and b"=" in (inner := data[tag:place]) and b">" not in inner:
            return True
        place = data.find(word, place + 1)
    return True


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
