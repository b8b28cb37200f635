"""What tags and class words say about the text inside them."""

from __future__ import annotations

import json
import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import _Element

INLINE, STRONG, BLOCK, LINK, SKIP, BREAK, MEDIA = range(7)
"""How the walk treats an element: part of a line, the same with emphasis, a line of its own, a
link; and those it does not enter: not text, a line break, a picture or player. What is not listed
is INLINE, as in browsers."""

_BLOCK_NAMES: Final = (
    "p div article section main body header footer aside nav h1 h2 h3 h4 h5 h6 ul ol li dl dt dd "
    "blockquote pre figure figcaption table caption thead tbody tfoot tr td th form fieldset "
    "legend details summary address center hgroup dialog html noscript"
)
_SKIPPED_NAMES: Final = (
    "script style head template svg math iframe object embed video audio canvas map select nav "
    "option textarea input button meter progress datalist link meta title area source track "
    "param frame frameset noframes dir menuitem"
)
BLOCK_TAGS: Final = tuple(_BLOCK_NAMES.split())
MEDIA_TAGS: Final = ("img", "picture", "video", "iframe", "amp-img", "object", "audio", "embed")
SKIPPED_TAGS: Final = tuple(_SKIPPED_NAMES.split())

ROLES: Final[dict[object, int]] = {
    **dict.fromkeys(BLOCK_TAGS, BLOCK),
    **dict.fromkeys(SKIPPED_TAGS, SKIP),
    **dict.fromkeys((etree.Comment, etree.ProcessingInstruction, etree.Entity), SKIP),
    **dict.fromkeys(MEDIA_TAGS, MEDIA),
    "br": BREAK,
    "hr": BREAK,
    "a": LINK,
    **dict.fromkeys(("strong", "b", "em", "i"), STRONG),
}

TAG_IDS: Final[dict[object, int]] = {tag: i for i, tag in enumerate(BLOCK_TAGS)}
HEADINGS: Final = frozenset(TAG_IDS[f"h{n}"] for n in range(1, 7))

_ONLY_LETTERS = {code: " " for code in range(0x80) if not chr(code).isalpha()}
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_START = 3
"""Letters of a part of a word by which it is looked up: no part is shorter."""


@cache
def _class_words() -> dict[str, dict[str, list[str]]]:
    path = files("alescrawl") / "data" / "class_words.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def categories() -> tuple[str, ...]:
    """Return the names of the categories of class words; the n-th is bit n of a mask."""
    return tuple(_class_words())


@cache
def _bits(field: str) -> dict[str, int]:
    bits: dict[str, int] = {}
    for position, words in enumerate(_class_words().values()):
        for word in words[field]:
            bits[word] = bits.get(word, 0) | 1 << position
    return bits


@cache
def phrases() -> dict[str, int]:
    """Return the openings of boilerplate lines, lower case, each with its category's number."""
    return {
        phrase.strip(): position
        for position, lines in enumerate(_boilerplate()["phrases"].values())
        for phrase in lines.split("|")
    }


@cache
def phrase_categories() -> tuple[str, ...]:
    """Return the names of the categories of boilerplate lines."""
    return tuple(_boilerplate()["phrases"])


@cache
def keywords() -> dict[str, frozenset[str]]:
    """Return the words that are frequent in what is no article, by what they speak of."""
    return {name: frozenset(words.split()) for name, words in _boilerplate()["keywords"].items()}


@cache
def _boilerplate() -> dict[str, dict[str, str]]:
    path = files("alescrawl") / "data" / "boilerplate.json"
    loaded: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


_seen: dict[str, int] = {}
_SEEN_LIMIT = 20_000
_NAMES_LIMIT = 300


def class_bits(names: str) -> int:
    """Return the categories that the words of a class or id attribute belong to, as a mask."""
    bits = _seen.get(names)
    if bits is None:
        if len(_seen) >= _SEEN_LIMIT:
            _seen.clear()
        bits = _seen[names] = _read_bits(names)
    return bits


def _read_bits(names: str) -> int:
    bits = 0
    names = names[:_NAMES_LIMIT]
    lower = names.lower()
    whole = _bits("whole")
    for name in _whole_words().intersection(lower.split()):
        bits |= whole[name]
    for letters in names.translate(_ONLY_LETTERS).split():
        bits |= _bits_of_letters(letters)
    if "-" in lower:
        for part, bit in _hyphened_parts():
            if part in lower:
                bits |= bit
    return bits


@lru_cache(maxsize=20_000)
def _bits_of_letters(letters: str) -> int:
    """Return the categories of what many names are made of: letters without anything between."""
    bits = 0
    whole = _bits("whole")
    for word in _WORD.findall(letters):
        bits |= whole.get(word.lower(), 0)
    lower = letters.lower()
    starts = _parts_by_start()
    for place in range(len(lower) - _START + 1):
        for part, bit in starts.get(lower[place : place + _START], ()):
            if lower.startswith(part, place):
                bits |= bit
    return bits


@cache
def _whole_words() -> frozenset[str]:
    return frozenset(_bits("whole"))


@cache
def _hyphened_parts() -> list[tuple[str, int]]:
    return [(part, bit) for part, bit in _bits("part").items() if "-" in part]


@cache
def _parts_by_start() -> dict[str, list[tuple[str, int]]]:
    starts: dict[str, list[tuple[str, int]]] = {}
    for part, bit in _bits("part").items():
        starts.setdefault(part[:_START], []).append((part, bit))
    return starts


_NAMING: Final = frozenset(
    (
        "class", "id", "itemprop", "role", "data-testid", "data-test-id", "data-component",
        "data-module", "data-type", "data-block", "data-role",
    )
)  # fmt: skip
"""Attributes whose words say what a box is for."""


def own_bits(element: _Element) -> int:
    """Return the categories that the attributes of *element* name, as a mask."""
    bits = 0
    for name in element.keys():  # noqa: SIM118 - an element is no dictionary
        if name in _NAMING:
            bits |= class_bits(element.get(name, ""))
        elif name in _HIDING and _hides(name, element.get(name, "")):
            bits |= class_bits("hidden")
    return bits


_GLOSS: Final = re.compile("tooltip|infobulle", re.IGNORECASE)


def is_gloss(element: _Element) -> bool:
    """Tell an explanation of the word before it, which shows when that is pointed at."""
    names = element.get("class") or element.get("role")
    if not names or _GLOSS.search(names) is None:
        return False
    before, parent = element.getprevious(), element.getparent()
    text = before.tail if before is not None else parent.text if parent is not None else None
    return (text or " ")[-1].isalnum()


_HIDING: Final = frozenset(("style", "hidden", "aria-hidden"))


def _hides(name: str, value: str) -> bool:
    if name == "style":
        return "display" in value and "none" in value
    return name == "hidden" or value == "true"
