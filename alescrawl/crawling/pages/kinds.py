"""What a page says it is: by the marks of its system, its structured data, its headline."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, cast

from lxml.etree import XPath

from alescrawl.crawling.pages.address_kinds import title_kind
from alescrawl.extraction.page.json_ld import read_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.html import HtmlElement

    from alescrawl.crawling.pages.address_kinds import Kind

_FACTS: Final = tomllib.loads(
    (files("alescrawl") / "data" / "page_marks.toml").read_text(encoding="utf-8")
)
_REST = re.compile(r"wp(?:/|%2f)v2(?:/|%2f)(\w+)(?:/|%2f)\d+", re.IGNORECASE)
_NOT_ARTICLES = frozenset({"legal", "contact", "about"})
_JSON_LINKS = XPath("//link[@rel='alternate' and @type='application/json']/@href")
_PASSWORD = XPath("//input[@name='post_password']")
_OUTER = XPath("/html | /html/body")
_JSON_LD = XPath("//script[@type='application/ld+json']/text()")
_OG_TYPE = XPath("//meta[@property='og:type']/@content")


def stated_kind(tree: HtmlElement, title: str | None) -> Kind | None:
    """Return what the page *tree* with the headline *title* says it is, if it does."""
    if title and (kind := title_kind(title)) in _NOT_ARTICLES:
        return kind
    kind = next(_marks(tree), None)
    if kind in {"article", None} and _PASSWORD(tree):
        return "protected"
    return kind


def _marks(tree: HtmlElement) -> Iterator[Kind]:
    """Yield what the marks of the page say, the most reliable first."""
    for found in map(_REST.search, _strings(_JSON_LINKS(tree))):
        if found and (kind := _kinds("rest").get(found[1].lower())) is not None:
            yield kind
    outer = cast("list[HtmlElement]", _OUTER(tree))
    words = {word for element in outer for word in (element.get("class") or "").split()}
    yield from (kind for kind, marks in _body_marks() if all(_is_met(m, words) for m in marks))
    yield from _types(tree, outer)
    for og_type in _strings(_OG_TYPE(tree)):
        if (kind := _kinds("og_types").get(og_type.lower())) is not None:
            yield kind


def _is_met(mark: re.Pattern[str], words: set[str]) -> bool:
    return any(map(mark.fullmatch, words))


def _types(tree: HtmlElement, outer: list[HtmlElement]) -> Iterator[Kind]:
    """Yield the kinds that types of schema.org state, of the page itself or of its one article."""
    names = [element.get("itemtype") or "" for element in outer]
    for script in _strings(_JSON_LD(tree)):
        names += _type_names(read_json(script) or [])
    found = [kind for name in names if (kind := _type_kind(name)) is not None]
    # Several articles are a list of them.
    if found.count("article") == 1:
        yield "article"
    yield from (kind for kind in found if kind != "article")


def _type_names(values: list[object]) -> Iterator[str]:
    """Yield the types of the nodes at the top, or in the graph that stands there."""
    for value in values:
        for node in (value, *_flat(value.get("@graph"))) if isinstance(value, dict) else ():
            if isinstance(node, dict):
                yield from (name for name in _flat(node.get("@type")) if isinstance(name, str))


def _flat(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _type_kind(name: str) -> Kind | None:
    return _kinds("types").get(name.rpartition("/")[2].lower())


def _strings(found: object) -> list[str]:
    return [str(each) for each in cast("list[object]", found)]


@cache
def _kinds(table: str) -> Mapping[str, Kind]:
    return cast("Mapping[str, Kind]", _FACTS[table])


@cache
def _body_marks() -> list[tuple[Kind, list[re.Pattern[str]]]]:
    kinds = cast("Mapping[Kind, list[str]]", _FACTS["body"])
    return [
        (kind, [re.compile(word) for word in mark.split()])
        for kind, marks in kinds.items()
        for mark in marks
    ]
