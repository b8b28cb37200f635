"""The Atom feed of a watch list (RFC 4287), as feed readers take it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from lxml import etree

from alescrawl.watch.items import Item
from alescrawl.watch.wording import item_html

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from alescrawl.watch.book import Known
    from alescrawl.watch.entries import WatchList
    from alescrawl.watch.wording import Wording

_ATOM: Final = "http://www.w3.org/2005/Atom"
_XML: Final = "{http://www.w3.org/XML/1998/namespace}"
_BEGINNING: Final = datetime(2020, 1, 1, tzinfo=UTC)
ENTRIES: Final = 200
"""The newest items that a feed has."""


def atom(
    watched: WatchList,
    items: Sequence[tuple[Known, Item | etree._Element]],
    wording: Wording,
    base: str,
) -> bytes:
    """Return the feed of *watched* with its newest *items*, or elements of an earlier feed.

    *base* is the address at which feeds are to be had, empty where they are read as files.
    """
    newest = max((known.updated for known, _ in items), default=_BEGINNING)
    feed = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})  # type: ignore[dict-item]
    feed.set(f"{_XML}lang", wording.language)
    _add(feed, "id", feed_id(watched.name))
    _add(feed, "title", _plain(wording("feed_title", title=watched.title)))
    _add(feed, "updated", _moment(newest))
    _add(feed, "generator", "alescrawl")
    author = etree.SubElement(feed, f"{{{_ATOM}}}author")
    _add(author, "name", "alescrawl")
    if base:
        address = f"{base.rstrip('/')}/{quote(watched.name)}.atom"
        _add(feed, "link", rel="self", type="application/atom+xml", href=address)
    for known, item in items:
        if not isinstance(item, Item):
            feed.append(item)
        else:
            _entry(feed, watched.name, known, item, wording)
    etree.indent(feed)
    return bytes(etree.tostring(feed, xml_declaration=True, encoding="UTF-8"))


def entries_of(path: Path) -> dict[str, etree._Element]:
    """Return the entries of the feed at *path* by the item they are of; none where it has none."""
    try:
        feed = etree.parse(path, etree.XMLParser(resolve_entities=False, remove_blank_text=True))
    except (OSError, etree.XMLSyntaxError):
        return {}
    entries = feed.getroot().findall(f"{{{_ATOM}}}entry")
    return {(e.findtext(f"{{{_ATOM}}}id") or "").rpartition("/")[2]: e for e in entries}


def feed_id(name: str) -> str:
    """Return the identifier of the feed of a list, which stays as it is wherever it lies."""
    return f"tag:alescrawl,2026:watch/{quote(name)}"


def _entry(feed: etree._Element, name: str, known: Known, item: Item, wording: Wording) -> None:
    entry = etree.SubElement(feed, f"{{{_ATOM}}}entry")
    _add(entry, "id", f"{feed_id(name)}/{known.item}")
    _add(entry, "title", _plain(item.title))
    _add(entry, "link", rel="alternate", href=item.url)
    _add(entry, "published", _moment(item.published or known.found_at))
    _add(entry, "updated", _moment(known.updated))
    for signed in item.authors or (item.publisher,):
        author = etree.SubElement(entry, f"{{{_ATOM}}}author")
        _add(author, "name", _plain(signed))
    for label in item.labels:
        _add(entry, "category", term=_plain(label))
    content = _add(entry, "content", _plain(item_html(item, wording)), type="html")
    content.set(f"{_XML}base", item.url)


def _add(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
    added = etree.SubElement(parent, f"{{{_ATOM}}}{tag}", attributes)
    added.text = text or None
    return added


def _plain(text: str) -> str:
    """Return *text* without the characters that XML does not allow."""
    return "".join(c for c in text if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff"))


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
