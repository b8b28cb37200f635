"""The rights that a page reserves in its meta tags: TDM reservation protocol and robots words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lxml.etree import XPath

from alescrawl.text.normalise import normalise

if TYPE_CHECKING:
    from lxml.html import HtmlElement


_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


_TAGS = ("html", "meta", "link", "title", "h1", "time", "abbr", "script")


_JSON_LD = "application/ld+json"


_ITEMPROPS = XPath("descendant::*/@itemprop")


_KEPT_ITEMS = frozenset(
    {
        "author",
        "creator",
        "datePublished",
        "dateModified",
        "dateCreated",
        "publisher",
        "articleSection",
        "isAccessibleForFree",
    }
)


@dataclass(slots=True)
class Head:
    """What the page states: meta values by lower-case name, links by rel, and the elements.

    Values keep the page's order; names of ``meta`` are read from ``property``, ``name``,
    ``itemprop`` and ``http-equiv``.
    """

    language: str | None = None
    metas: dict[str, list[str]] = field(default_factory=dict)
    links: dict[str, list[str]] = field(default_factory=dict)
    title: str = ""
    marks: list[HtmlElement] = field(default_factory=list)
    """The ``h1`` and ``time`` elements, and each ``abbr`` of a date, in the page's order."""
    scripts: list[str] = field(default_factory=list)
    items: dict[str, list[HtmlElement]] = field(default_factory=dict)

    @property
    def headings(self) -> list[HtmlElement]:
        """The ``h1`` elements, in order."""
        return [element for element in self.marks if element.tag == "h1"]

    def first(self, *names: str) -> str:
        """Return the first value that is not blank under *names*, on one line, or ""."""
        for name in names:
            for value in self.metas.get(name, ()):
                line = normalise(value)
                if line:
                    return line
        return ""

    def all(self, *names: str) -> list[str]:
        """Return the values of the first of *names* that has any."""
        for name in names:
            values = [line for value in self.metas.get(name, ()) if (line := normalise(value))]
            if values:
                return values
        return []

    def link(self, rel: str) -> str:
        """Return the first address linked with *rel*, or ""."""
        return next(iter(self.links.get(rel, ())), "")


def read_head(tree: HtmlElement) -> Head:
    """Return all that *tree* states about itself."""
    head = Head()
    readers = {
        "html": _read_html,
        "meta": _read_meta,
        "link": _read_link,
        "title": _read_title,
        "h1": _read_mark,
        "time": _read_mark,
        "abbr": _read_abbreviation,
        "script": _read_script,
    }
    for element in tree.iter(*_TAGS):
        readers[str(element.tag)](head, element)
    found: Any = _ITEMPROPS(tree)
    for name in found:
        if name in _KEPT_ITEMS:
            head.items.setdefault(str(name), []).append(name.getparent())
    return head


def _read_html(head: Head, element: HtmlElement) -> None:
    head.language = element.get("lang") or element.get("xml:lang")


def _read_meta(head: Head, element: HtmlElement) -> None:
    content = element.get("content")
    if not content:
        return
    for attribute in ("property", "name", "itemprop", "http-equiv"):
        name = element.get(attribute)
        if name:
            head.metas.setdefault(name.strip().lower(), []).append(content)
            return


def _read_link(head: Head, element: HtmlElement) -> None:
    rel, href = element.get("rel"), element.get("href")
    if rel and href:
        head.links.setdefault(rel.lower(), []).append(href.strip())


def _read_title(head: Head, element: HtmlElement) -> None:
    parent = element.getparent()
    if not head.title and parent is not None and parent.tag != "svg":
        head.title = normalise(element.text or "")


def _read_mark(head: Head, element: HtmlElement) -> None:
    head.marks.append(element)


def _read_abbreviation(head: Head, element: HtmlElement) -> None:
    if is_date_abbreviation(element):
        head.marks.append(element)


def is_date_abbreviation(element: HtmlElement) -> bool:
    """Tell an ``abbr`` whose title is a date (hAtom, as SPIP prints it)."""
    return element.tag == "abbr" and _ISO_DAY.match(element.get("title") or "") is not None


def _read_script(head: Head, element: HtmlElement) -> None:
    kind = element.get("type")
    if kind and element.text and _JSON_LD in kind.lower():
        head.scripts.append(element.text)


RESTRICTIONS = frozenset(
    {"noai", "noml", "noimageai", "noindex", "noarchive", "nosnippet", "max-snippet:0", "none"}
)


"""The words for robots that restrict the use of a page (X-Robots-Tag has the same ones)."""


_ROBOTS_NAMES = ("robots", "alescrawl", "googlebot", "googlebot-news")


_COLON = re.compile(r"\s*:\s*")


@dataclass(slots=True)
class Rights:
    """What the page says of text and data mining; ``None`` where it says nothing.

    ``signals`` are written as place, name and value: ``meta robots=noai``.
    """

    reserved: bool | None = None
    policy: str | None = None
    signals: list[str] = field(default_factory=list)


def read_rights(head: Head) -> Rights:
    """Return the rights stated in the meta tags (W3C TDMRep: only 0 and 1 have a meaning)."""
    rights = Rights()
    stated = [value.strip() for value in head.metas.get("tdm-reservation", ())]
    valid = [value for value in stated if value in {"0", "1"}]
    if valid:
        rights.reserved = "1" in valid
    rights.policy = next((v.strip() for v in head.metas.get("tdm-policy", ()) if v.strip()), None)
    rights.signals = [f"meta tdm-reservation={value}" for value in stated if value]
    if rights.policy:
        rights.signals.append(f"meta tdm-policy={rights.policy}")
    for name in _ROBOTS_NAMES:
        rights.signals += [f"meta {name}={word}" for word in _words(head.metas.get(name, []))]
    return rights


def _words(values: list[str]) -> list[str]:
    """Return the words of robots directives that restrict use, each once, in order."""
    words = [_COLON.sub(":", word.strip().lower()) for value in values for word in value.split(",")]
    return list(dict.fromkeys(word for word in words if word in RESTRICTIONS))
