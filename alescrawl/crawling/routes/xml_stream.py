"""Reading the XML of feeds and sitemaps from strangers: in pieces, in bounded memory, repaired."""

from __future__ import annotations

import re
from html.entities import html5
from io import BytesIO
from typing import TYPE_CHECKING

from lxml import etree

from alescrawl.crawling.routes.model import Flaw, UnreadableRoute
from alescrawl.extraction.page.attributes import with_bounded_attributes
from alescrawl.extraction.page.charset import as_utf8

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_BOM_AND_SPACE = b"\xef\xbb\xbf \t\r\n"
_AROUND = 4_096
"""How many bytes may stand before and after a document: warnings of PHP, comments."""
_ILL_FORMED = re.compile(
    rb"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)|<(?![!?])[^<>]*<"
)
_TO_REPAIR = re.compile(
    rb"&(?:(?P<entity>[A-Za-z][A-Za-z0-9]{1,31});|(#?\w{1,99};)?)"
    rb"|(?P<tag></?[A-Za-z_:][\w:.-]*+)[^<>]*+(?=<)|<(?![!?])(?=[^<>]*<)"
)
_QUOTED, _UNQUOTED = b"<![CDATA[", b"]]>"
_LONE = {b"&": b"&amp;", b"<": b"&lt;"}
_OF_XML = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})


class XmlReading:
    """One reading of *body*; afterwards ``is_cut`` and ``is_damaged`` say how whole it was.

    *charset* is what the HTTP header declares.

    *roots* are the names that the document may have, *otherwise* is the reason of the
    :exc:`UnreadableRoute` where it has another; others are ``empty`` and ``not_xml``.
    """

    def __init__(
        self, body: bytes, roots: Collection[str], otherwise: str, charset: str | None = None
    ) -> None:
        self._xml = _document(body, charset)
        self._roots = roots
        self._otherwise = otherwise
        self.is_cut = False
        self.is_damaged = False

    def elements(self, names: Collection[str]) -> Iterator[etree._Element]:
        """Yield the elements with one of the local *names*; each is freed when the next comes."""
        events = self._parsed(names)
        root = None
        for element in self._read(events):
            root = root or self._checked_root(element.getroottree().getroot())
            yield element
            _forget(element)
        root = root or self._checked_root(events.root)
        closing = rf"</(?:[\w.-]+:)?{root}\s*>".encode()
        self.is_cut = self.is_damaged and not re.search(closing, self._xml[-_AROUND:])

    def flaws(self) -> Iterator[Flaw]:
        """Yield what was wrong with a document that has been read."""
        if self.is_cut:
            yield Flaw("cut_short", partial=True)
        elif self.is_damaged:
            yield Flaw("damaged_xml", damaged=True)

    def _checked_root(self, root: etree._Element | None) -> str:
        if root is None:
            raise UnreadableRoute("not_xml")
        name = local_name(root)
        if name not in self._roots:
            raise UnreadableRoute(self._otherwise)
        return name

    def _parsed(self, names: Collection[str]) -> etree.iterparse[tuple[str, etree._Element]]:
        # No entity is expanded and nothing is fetched.
        return etree.iterparse(
            BytesIO(self._xml),
            events=("end",),
            tag=[f"{{*}}{name}" for name in names],
            recover=True,
            resolve_entities=False,
            no_network=True,
            remove_comments=True,
            encoding="utf-8",  # whatever it declares
        )

    def _read(
        self, events: etree.iterparse[tuple[str, etree._Element]]
    ) -> Iterator[etree._Element]:
        try:
            yield from (element for _, element in events)
        except etree.XMLSyntaxError:
            self.is_damaged = True
        self.is_damaged = self.is_damaged or any(e.level_name == "FATAL" for e in events.error_log)


def local_name(element: etree._Element) -> str:
    """Return an element's name without namespace or prefix; empty for instructions and entities.

    A prefix that the document does not declare is still in the tag.
    """
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2] if isinstance(tag, str) else ""


def text_of(element: etree._Element) -> str:
    """Return the text below *element*, trimmed."""
    return "".join(map(str, element.itertext())).strip()


def _document(body: bytes, charset: str | None) -> bytes:
    """Return *body* in UTF-8 from where the document begins, with its entities in order."""
    xml = as_utf8(body, charset).lstrip(_BOM_AND_SPACE)
    if not xml:
        raise UnreadableRoute("empty")
    xml = xml[max(xml.find(b"<?xml", 0, _AROUND), 0) :]
    xml = with_bounded_attributes(xml)
    return b"".join(_in_order(xml)) if _ILL_FORMED.search(xml) else xml


def _in_order(xml: bytes) -> Iterator[bytes]:
    """Yield *xml* in pieces, with its entities in order but for CDATA, where there are none."""
    at = 0
    while (begin := xml.find(_QUOTED, at)) >= 0 and (end := xml.find(_UNQUOTED, begin)) >= 0:
        yield _TO_REPAIR.sub(_repaired, xml[at:begin])
        yield xml[begin:end]
        at = end
    yield _TO_REPAIR.sub(_repaired, xml[at:])


def _repaired(match: re.Match[bytes]) -> bytes:
    """Return an entity of HTML as numbers, a lone ``&`` or ``<`` as an entity, an open tag closed.

    libxml2 looks for the end of each open tag anew.
    """
    found, name = match[0], match["entity"]
    if found in _LONE:
        return _LONE[found]
    if match["tag"]:
        return match["tag"] + b">"
    if name is None or name in _OF_XML:
        return found
    characters = html5.get(f"{name.decode()};", "")
    return b"".join(b"&#%d;" % ord(character) for character in characters) or found


def _forget(element: etree._Element) -> None:
    """Free what was read: a sitemap may list 50,000 addresses."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
