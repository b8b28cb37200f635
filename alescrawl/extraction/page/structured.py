"""Find this page's article among the nodes of its JSON-LD."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit

from alescrawl.extraction.page.json_ld import read_json
from alescrawl.text.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Node = dict[str, Any]

_ARTICLE_TYPES = {
    "newsarticle": 4,
    "reportagenewsarticle": 4,
    "analysisnewsarticle": 4,
    "opinionnewsarticle": 4,
    "backgroundnewsarticle": 4,
    "reviewnewsarticle": 4,
    "askpublicnewsarticle": 4,
    "liveblogposting": 4,
    "satiricalarticle": 4,
    "advertisercontentarticle": 4,
    "article": 3,
    "report": 3,
    "blogposting": 3,
    "techarticle": 3,
    "scholarlyarticle": 3,
    "socialmediaposting": 2,
    "discussionforumposting": 2,
    "webpage": 0,
    "itempage": 0,
    "videoobject": 0,
    "podcastepisode": 0,
    "radioepisode": 0,
    "creativework": 0,
}
"""schema.org types that may be the page's article, with how much each is worth."""

_WAYS_DOWN = ("@graph", "mainEntity", "mainEntityOfPage", "subjectOf", "about", "hasPart")
_MOST_NODES = 3_000
_REFERENCE = {"@id", "@type"}
_HERE, _ELSEWHERE = 5, -3
_EMPTY: Final[tuple[Any, ...]] = (None, "", [], {})
_NOT_WORD = re.compile(r"[\W_]+")


@dataclass(slots=True)
class Structured:
    """What the page's JSON-LD says of its article; empty where it has none.

    ``node`` is the article's node, completed by other nodes that describe the same article.
    ``roots`` are all values read. ``broken`` is true where a script could not be read even
    after repair.
    """

    node: Node = field(default_factory=dict)
    roots: list[Any] = field(default_factory=list)
    broken: bool = False
    _index: dict[str, Node] | None = None

    def resolve(self, value: object) -> object:
        """Follow a reference ``{"@id": …}`` to the node it names."""
        if isinstance(value, dict) and "@id" in value and set(value) <= _REFERENCE:
            if self._index is None:
                self._index = _indexed(self.roots)
            return self._index.get(str(value["@id"]), value)
        return value

    def values(self, key: str) -> list[Any]:
        """Return the values of *key*, references followed, in order; lists are flattened."""
        return [self.resolve(value) for value in _flat(self.node.get(key))]

    def text(self, *keys: str) -> str:
        """Return the first text found under *keys*, on one line; "" where there is none."""
        for key in keys:
            for value in self.values(key):
                line = normalise(_words(value))
                if line:
                    return line
        return ""


def read_structured(
    scripts: Iterable[str], urls: Iterable[str], titles: Iterable[str]
) -> Structured:
    """Return the article described by the JSON-LD *scripts* of a page.

    *urls* are the addresses the page goes by, *titles* what it calls itself: of several
    articles the one that agrees with them is the page's own.
    """
    found = Structured()
    for script in scripts:
        values = read_json(script)
        if values is None:
            found.broken = True
        found.roots.extend(values or ())
    page = _Page(
        {_path(url) for url in urls} - {""}, {folded_title(title) for title in titles} - {""}
    )
    found.node = _choose(found.roots, page)
    return found


@dataclass(slots=True, frozen=True)
class _Page:
    """What the page calls itself: paths of its addresses, folded titles."""

    paths: set[str]
    titles: set[str]

    def agreement(self, node: Node) -> int:
        """Return how well *node* agrees with the page: above 0 yes, below 0 no."""
        return self._by_address(node) + self._by_headline(node)

    def _by_address(self, node: Node) -> int:
        stated = {_path(url) for url in _addresses(node)} - {""}
        if not stated:
            return 0
        return _HERE if stated & self.paths else _ELSEWHERE

    def _by_headline(self, node: Node) -> int:
        headline = folded_title(_words(node.get("headline") or node.get("name")))
        if not headline or not self.titles:
            return 0
        return 4 if any(t.startswith(headline) or headline in t for t in self.titles) else -1


def _choose(roots: list[Any], page: _Page) -> Node:
    """Return the page's own article, its gaps filled from other nodes about the same."""
    ranked = sorted(
        ((_worth(node), page.agreement(node), -rank, node) for rank, node in _candidates(roots)),
        key=lambda scored: (scored[0] + scored[1], scored[2]),
        reverse=True,
    )
    chosen = [node for worth, agreement, _, node in ranked if agreement > 0 and worth >= 0]
    if not chosen:
        alone = [
            node for worth, agreement, _, node in ranked if worth > 0 and agreement > _ELSEWHERE
        ]
        chosen = (
            alone[:1] if len({folded_title(_words(n.get("headline"))) for n in alone}) == 1 else []
        )
    merged: Node = {}
    for node in reversed(chosen):
        merged.update((key, value) for key, value in node.items() if value not in _EMPTY)
    return merged


def _candidates(roots: list[Any]) -> Iterator[tuple[int, Node]]:
    """Yield the nodes of article-like types that are not parts of lists of other articles."""
    stack = list(reversed(roots))
    for rank in range(_MOST_NODES):
        if not stack:
            return
        value = stack.pop()
        if isinstance(value, list):
            stack.extend(reversed(value))
        elif isinstance(value, dict):
            if _worth(value) >= 0:
                yield rank, value
            stack.extend(
                value[key] for key in _WAYS_DOWN if isinstance(value.get(key), dict | list)
            )


def _indexed(roots: list[Any]) -> dict[str, Node]:
    """Return the fullest node of each ``@id``."""
    index: dict[str, Node] = {}
    stack = list(roots)
    for _ in range(_MOST_NODES):
        if not stack:
            break
        value = stack.pop()
        if isinstance(value, dict):
            name = value.get("@id")
            if isinstance(name, str) and len(value) > len(index.get(name, ())):
                index[name] = value
            stack.extend(value.values())
        elif isinstance(value, list):
            stack.extend(value)
    return index


def _worth(node: Node) -> int:
    """Return what the node's type is worth; -1 where it is nothing like an article."""
    types = _flat(node.get("@type"))
    return max(
        (_ARTICLE_TYPES.get(str(t).rpartition("/")[2].lower(), -1) for t in types), default=-1
    )


def _addresses(node: Node) -> Iterator[str]:
    for key in ("url", "mainEntityOfPage", "@id"):
        for value in _flat(node.get(key)):
            address = value.get("@id") or value.get("url") if isinstance(value, dict) else value
            if isinstance(address, str):
                yield address


def _path(url: str) -> str:
    """Return the path of *url* as one compares it; "" for a front page."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return unquote(parts.path).strip("/").lower()


def _flat(value: object) -> list[Any]:
    """Return *value* as a flat list, without empty members."""
    if isinstance(value, list):
        return [item for member in value[:200] for item in _members(member)]
    return [] if value in _EMPTY else [value]


def _members(value: object) -> list[Any]:
    if isinstance(value, list):
        return [item for item in value if item not in _EMPTY]
    return [] if value in _EMPTY else [value]


def _words(value: object) -> str:
    if isinstance(value, dict):
        value = next((value[key] for key in ("name", "@value", "headline") if value.get(key)), "")
    if isinstance(value, list):
        value = value[0] if value else ""
    return value if isinstance(value, str) else ""


def folded_title(text: str) -> str:
    """Return *text* as one compares headlines: letters and digits alone, without case."""
    return _NOT_WORD.sub("", html.unescape(text).casefold())
