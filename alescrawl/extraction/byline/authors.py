"""Who signed an article: gathers the bylines of a page, best source first."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING, Any

from alescrawl.extraction.byline.byline import parse_byline
from alescrawl.extraction.byline.names import is_given_name
from alescrawl.extraction.byline.persons import distinct_persons
from alescrawl.extraction.byline.printed import (
    bylines_anywhere,
    bylines_near,
    labelled_bylines,
    lines_of_several,
)
from alescrawl.extraction.byline.signatures import signature_below, signature_of
from alescrawl.extraction.title.site_names import fold
from alescrawl.text.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from lxml.html import HtmlElement

    from alescrawl.extraction.page.facts import Facts
    from alescrawl.extraction.page.structured import Structured
    from alescrawl.items import Origin

_META = (
    "author",
    "article:author",
    "og:article:author",
    "article:author_name",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "dc.contributor",
    "byl",
    "byline",
    "authors",
    "article.author",
    "citation_author",
    "cxenseparse:author",
    "cxenseparse:recs:author",
    "creator",
    "twitter:data1",
)

_BETWEEN = re.compile(
    r"<br\b[^<>]{0,200}>|</?(?:p|li|ul|ol|div|h[1-6])\b[^<>]{0,200}>|</\w{1,9}>\s*<\w[^<>]{0,200}>",
    re.IGNORECASE,
)
_LINES = re.compile(r"\s*[\r\n]+\s*")
_CODE = re.compile(r"<(script|style)\b[^<>]{0,200}>[^<]{0,2000}</\1>", re.IGNORECASE)
_TAG = re.compile(r"</?\w[^<>]{0,300}>")
_SCOPES = ("article", "main", "header", "li", "section", "aside")
_MOST = 30
_MOST_PRINTED = 8
_SHORTEST_HOUSE = 5


@dataclass(slots=True)
class Signature:
    """Who signed: persons; agencies and desks; the publisher; and the byline they stand in."""

    authors: list[str] = field(default_factory=list)
    agencies: list[str] = field(default_factory=list)
    house: list[str] = field(default_factory=list)
    byline: str | None = None
    origin: Origin | None = None

    def add(self, text: str, houses: Collection[str]) -> None:
        """Add those whom the byline *text* names; *houses* are folded names of the publisher."""
        if fold(text) in houses:
            _add(self.house, text)
            return
        read = parse_byline(text)
        for name in read.authors:
            _add(self.house if _is_house(name, houses) else self.authors, name)
        for name in read.agencies:
            _add(self.house if _is_house(name, houses) else self.agencies, name)
        self.authors = distinct_persons(self.authors)


def read_signature(facts: Facts, chosen: list[str]) -> Signature:
    """Return who signed: the first source that names a person or an agency.

    *chosen* are the bylines that the source's selector found. The publisher counts only where
    nobody else signs.
    """
    houses = {fold(house) for house in facts.houses}
    house = Signature()
    for read in (_stated, _printed, _labelled, _anywhere):
        if read is _anywhere and house.origin == "generic":
            break  # the publisher signs near the title: other names stand for other articles
        for origin, bylines in read(facts, chosen):
            signature = Signature(origin=origin, byline=", ".join(bylines) or None)
            for byline in bylines[:_MOST]:
                signature.add(byline, houses)
            if signature.authors or signature.agencies:
                return _with_others(signature, facts, houses)
            if signature.house and not house.house:
                house = signature
    house.agencies = house.house[:1]
    return house


def _with_others(signature: Signature, facts: Facts, houses: set[str]) -> Signature:
    """Return *signature*, or the printed one that names others beside its only author.

    Some systems state the first of several authors and print them all.
    """
    if len(signature.authors) != 1 or signature.origin not in {"json-ld", "meta"}:
        return signature
    for text in islice(lines_of_several(facts.around), _MOST_PRINTED):
        printed = Signature(byline=text, origin="generic")
        printed.add(text, houses)
        is_further = len(printed.authors) > 1 and signature.authors[0] in printed.authors
        if is_further and all(map(_is_person, set(printed.authors) - set(signature.authors))):
            return printed
    return signature


def _is_person(name: str) -> bool:
    return any(map(is_given_name, name.split()))


def _stated(facts: Facts, chosen: list[str]) -> Iterator[tuple[Origin, list[str]]]:
    yield "json-ld", [plain_names(name) for name in _structured(facts.structured)]
    yield "selector", chosen
    for name in _META:
        names = map(plain_names, facts.head.all(name))
        yield "meta", [name for name in names if "://" not in name]
    yield "microdata", _microdata(facts.head.items.get("author", []))


def _printed(facts: Facts, _: list[str]) -> Iterator[tuple[Origin, list[str]]]:
    for text in bylines_near(facts.around):
        yield "generic", [text]


def _labelled(facts: Facts, _: list[str]) -> Iterator[tuple[Origin, list[str]]]:
    signature = signature_of(facts.last_lines, facts.houses)
    signature = signature or signature_below(facts.tree, facts.last_lines)
    yield "text", [signature] if signature else []
    for text in labelled_bylines(facts.tree):
        yield "generic", [text]


def _anywhere(facts: Facts, _: list[str]) -> Iterator[tuple[Origin, list[str]]]:
    for text in bylines_anywhere(facts.named):
        yield "generic", [text]


def plain_names(text: str) -> str:
    """Return *text* without markup, escaped or not; what it sets apart is parted by commas."""
    if "&" in text:
        text = unescape(text)
    if "<" not in text:
        return text
    text = _CODE.sub(" ", text)
    return normalise(_TAG.sub(" ", _BETWEEN.sub(" , ", text))).strip(" ,")


def _microdata(elements: list[HtmlElement]) -> list[str]:
    """Return the authors in the scope of the first: later ones may be of other articles."""
    scopes = [next(element.iterancestors(*_SCOPES), None) for element in elements[:_MOST]]
    return [
        name
        for element, scope in zip(elements, scopes, strict=False)
        if scope is scopes[0] and (name := _name_in(element))
    ]


def _structured(structured: Structured) -> list[str]:
    for key in ("author", "creator"):
        stated = (_LINES.sub(", ", _person(value).strip()) for value in structured.values(key))
        names = [name for text in stated if (name := normalise(text))]
        if names:
            return names
    return []


def _person(value: Any) -> str:  # noqa: ANN401 - any JSON
    """Return the name in a JSON-LD author: a text, or a node with a name or its two parts."""
    if isinstance(value, dict):
        name = value.get("name") or " ".join(
            str(value[key]) for key in ("givenName", "familyName") if value.get(key)
        )
        return ", ".join(map(str, name)) if isinstance(name, list) else str(name)
    return value if isinstance(value, str) and "://" not in value else ""


def _name_in(element: HtmlElement) -> str:
    """Return the name in a microdata author: its ``name`` property, or its words."""
    inner: Any = element.xpath(".//*[@itemprop='name']")
    named = inner[0] if inner else element
    return normalise(named.get("content") or " ".join(named.itertext()))


def _add(names: list[str], name: str) -> None:
    if name not in names:
        names.append(name)


def _is_house(name: str, houses: Collection[str]) -> bool:
    """Tell whether *name* is one of the *houses*, or the beginning of what one is called."""
    mine = fold(name)
    return mine in houses or (
        len(mine) >= _SHORTEST_HOUSE and any(house.startswith(mine) for house in houses)
    )
