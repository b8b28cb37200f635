"""Who signed an article: gathers the bylines of a page, best source first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from alescrawl.extraction.byline import parse_byline
from alescrawl.text.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from alescrawl.extraction.meta import Head
    from alescrawl.extraction.structured import Structured
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
_PRINTED = (
    "//*[(@rel='author' or contains(@class,'author') or contains(@class,'Author')"
    " or contains(@class,'byline') or contains(@class,'Byline') or contains(@class,'auteur')"
    " or contains(@class,'signature') or contains(@class,'autor') or contains(@class,'writer'))"
    " and not(ancestor::aside or ancestor::footer or ancestor::nav)]"
)
_LONGEST_BYLINE = 200
_MOST_PRINTED = 12


@dataclass(slots=True)
class Signature:
    """Who signed: persons, agencies and desks, and the byline they were read from."""

    authors: list[str] = field(default_factory=list)
    agencies: list[str] = field(default_factory=list)
    byline: str | None = None
    origin: Origin | None = None

    def add(self, text: str, publisher: str) -> None:
        """Add those whom the byline *text* names."""
        read = parse_byline(text, publisher=publisher)
        self.authors += [name for name in read.authors if name not in self.authors]
        self.agencies += [name for name in read.agencies if name not in self.agencies]


def read_signature(
    tree: HtmlElement,
    head: Head,
    structured: Structured,
    *,
    chosen: list[str],
    publisher: str = "",
    heading: HtmlElement | None = None,
) -> Signature:
    """Return who signed: the first source that names a person, else the first that names anyone.

    *chosen* are the bylines that the source's selector found. *publisher* is an agency, not a
    person, wherever it signs.
    """
    fallback = Signature()
    for origin, bylines in _sources(tree, head, structured, chosen, heading):
        signature = Signature(origin=origin, byline=", ".join(bylines) or None)
        for byline in bylines:
            signature.add(byline, publisher)
        if signature.authors:
            return signature
        if signature.agencies and not fallback.agencies:
            fallback = signature
    return fallback


def _sources(
    tree: HtmlElement,
    head: Head,
    structured: Structured,
    chosen: list[str],
    heading: HtmlElement | None,
) -> Iterator[tuple[Origin, list[str]]]:
    yield "json-ld", _structured(structured)
    yield "selector", chosen
    for name in _META:
        yield "meta", [value for value in head.all(name) if "://" not in value]
    yield "microdata", [_name_in(element) for element in head.items.get("author", ())]
    del heading
    for element in tree.xpath(_PRINTED)[:_MOST_PRINTED]:
        text = normalise(" ".join(element.itertext()))
        if len(text) <= _LONGEST_BYLINE:
            yield "generic", [text]


def _structured(structured: Structured) -> list[str]:
    for key in ("author", "creator"):
        names = [name for value in structured.values(key) if (name := normalise(_person(value)))]
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
