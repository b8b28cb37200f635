"""Reading RSS (0.9 to 2.0) and Atom feeds."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from lxml import etree

from alescrawl.crawling.routes import UnreadableRoute
from alescrawl.dataset.listed import Listed
from alescrawl.extraction.dates import parse_timestamp

_FEED_ROOTS = frozenset({"rss", "RDF", "feed"})


def read_feed(body: bytes, url: str) -> list[Listed]:
    """Return the entries of the feed at *url* in its order, with absolute addresses.

    A damaged feed gives what can be read. Raises :exc:`UnreadableRoute` where *body* is not
    a feed: ``empty``, ``not_xml`` or ``not_a_feed``.
    """
    root = parse_xml(body)
    if local_name(root) not in _FEED_ROOTS:
        raise UnreadableRoute("not_a_feed")
    entries = (e for e in root.iter() if local_name(e) in {"item", "entry"})
    listed = (_entry(element, url) for element in entries)
    return [entry for entry in listed if entry is not None]


def parse_xml(body: bytes) -> etree._Element:
    """Return the root element of *body*, whatever can be made of it."""
    if not body.strip():
        raise UnreadableRoute("empty")
    # No entity is expanded and nothing is fetched: the XML comes from strangers.
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, remove_comments=True
    )
    try:
        root = etree.fromstring(body.lstrip(b"\xef\xbb\xbf \t\r\n"), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise UnreadableRoute("not_xml")
    return root


def local_name(element: etree._Element) -> str:
    """Return an element's name without its namespace; empty for instructions and entities."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _entry(element: etree._Element, base: str) -> Listed | None:
    fields = _fields(element)
    link = fields.get("link") or fields.get("permalink")
    if not link or not (address := web_address(base, link)):
        return None
    published = fields.get("pubDate") or fields.get("published") or fields.get("date")
    return Listed(
        address,
        published=parse_timestamp(published),
        lastmod=parse_timestamp(fields.get("updated") or fields.get("modified")),
        title=fields.get("title"),
    )


def web_address(base: str, link: str) -> str | None:
    """Return *link* as an absolute http address, ``None`` where it is none."""
    try:
        address = urljoin(base, link.strip())
        parts = urlsplit(address)
        # Asking for the port is what finds out that it is no number.
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        return None
    return address if usable else None


def _fields(element: etree._Element) -> dict[str, str]:
    """Return the texts of an entry by name, the first of each."""
    fields: dict[str, str] = {}
    for child in element:
        name, text = local_name(child), "".join(map(str, child.itertext())).strip()
        if name == "link":
            text = text or _atom_link(child)
        elif name == "guid" and child.get("isPermaLink") != "false":
            name = "permalink"
        if text:
            fields.setdefault(name, text)
    return fields


def _atom_link(link: etree._Element) -> str:
    return (link.get("href") or "") if link.get("rel", "alternate") == "alternate" else ""
