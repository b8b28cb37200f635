"""What tags and class words say about the text inside them."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import Final

from lxml import etree

INLINE, BLOCK, SKIP, BREAK, LINK = range(5)
"""How the walk treats an element: part of a line, a line of its own, not text, a line break,
a link. What is not listed is INLINE, as in browsers."""

BLOCK_TAGS: Final = (
    "p div article section main body header footer aside nav h1 h2 h3 h4 h5 h6 ul ol li dl dt dd "
    "blockquote pre figure figcaption table caption thead tbody tfoot tr td th form fieldset "
    "legend details summary address center hgroup dialog html noscript"
).split()
SKIPPED_TAGS: Final = (
    "script style head template svg math iframe object embed video audio canvas map select "
    "option textarea input button meter progress datalist link meta title area source track "
    "param frame frameset noframes dir menuitem"
).split()

ROLES: Final[dict[object, int]] = {
    **dict.fromkeys(BLOCK_TAGS, BLOCK),
    **dict.fromkeys(SKIPPED_TAGS, SKIP),
    **dict.fromkeys((etree.Comment, etree.ProcessingInstruction, etree.Entity), SKIP),
    "br": BREAK,
    "hr": BREAK,
    "a": LINK,
}

TAG_IDS: Final[dict[object, int]] = {tag: i for i, tag in enumerate(BLOCK_TAGS)}
HEADINGS: Final = frozenset(TAG_IDS[f"h{n}"] for n in range(1, 7))

_WORD = re.compile(r"[A-Z]?[a-zà-ÿ]+|[A-Z]+")


@cache
def categories() -> tuple[str, ...]:
    """Return the names of the categories of class words; the n-th is bit n of a mask."""
    return tuple(_vocabulary()["class_words"])


@cache
def _vocabulary() -> dict[str, dict[str, str]]:
    path = files("alescrawl") / "data" / "boilerplate.json"
    loaded: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


@cache
def _word_bits() -> dict[str, int]:
    bits: dict[str, int] = {}
    for position, words in enumerate(_vocabulary()["class_words"].values()):
        for word in words.split():
            bits[word] = bits.get(word, 0) | 1 << position
    return bits


@cache
def phrases() -> dict[str, int]:
    """Return the openings of boilerplate lines, lower case, each with its category's number."""
    found: dict[str, int] = {}
    for position, lines in enumerate(_vocabulary()["phrases"].values()):
        for phrase in lines.split("|"):
            found[phrase.strip()] = position
    return found


_seen: dict[str, int] = {}
_SEEN_LIMIT = 20_000


def class_bits(names: str) -> int:
    """Return the categories that the words of a class or id attribute belong to, as a mask."""
    bits = _seen.get(names)
    if bits is None:
        if len(_seen) >= _SEEN_LIMIT:
            _seen.clear()
        bits = _seen[names] = _read_bits(names)
    return bits


def _read_bits(names: str) -> int:
    known = _word_bits()
    bits = 0
    for word in _WORD.findall(names[:300]):
        bits |= known.get(word.lower(), 0)
    return bits
