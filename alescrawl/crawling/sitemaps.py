"""Reading sitemaps and sitemap indexes, with lastmod and the news block, in bounded memory."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from lxml import etree

from alescrawl.crawling.feeds import local_name, web_address
from alescrawl.crawling.routes import UnreadableRoute
from alescrawl.dataset.listed import Listed
from alescrawl.extraction.dates import parse_timestamp

if TYPE_CHECKING:
    from collections.abc import Iterator

GZIP_MAGIC = b"\x1f\x8b"
MAX_UNPACKED = 64 * 1024 * 1024
"""The protocol allows 50 MB; more is a bomb."""


def read_sitemap(body: bytes, url: str) -> Iterator[tuple[bool, Listed]]:
    """Yield what the sitemap at *url* lists: whether it is a sitemap itself, and the entry.

    A damaged or cut file gives what can be read. Raises :exc:`UnreadableRoute` where *body* is
    no sitemap: ``empty``, ``not_xml``, ``not_a_sitemap`` or ``too_large``.
    """
    xml = unpacked(body)
    if not xml.strip():
        raise UnreadableRoute("empty")
    seen_root = False
    for event, element in _events(xml):
        name = local_name(element)
        if event == "start":
            seen_root = seen_root or _check_root(name)
        elif name in {"url", "sitemap"}:
            if (entry := _entry(element, url)) is not None:
                yield name == "sitemap", entry
            _forget(element)
    if not seen_root:
        raise UnreadableRoute("not_xml")


def unpacked(body: bytes) -> bytes:
    """Return *body* without its gzip layer, if it has one; a cut file gives what it holds."""
    if not body.startswith(GZIP_MAGIC):
        return body
    stream = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        xml = stream.decompress(body, MAX_UNPACKED)
    except zlib.error as error:
        raise UnreadableRoute("bad_gzip") from error
    if stream.unconsumed_tail:
        raise UnreadableRoute("too_large")
    return xml


def _events(xml: bytes) -> Iterator[tuple[str, etree._Element]]:
    stream = BytesIO(xml.lstrip(b"\xef\xbb\xbf \t\r\n"))
    try:
        yield from etree.iterparse(
            stream,
            events=("start", "end"),
            recover=True,
            resolve_entities=False,
            no_network=True,
            remove_comments=True,
        )
    except etree.XMLSyntaxError:
        return


def _check_root(name: str) -> bool:
    if name not in {"urlset", "sitemapindex"}:
        raise UnreadableRoute("not_a_sitemap")
    return True


def _forget(element: etree._Element) -> None:
    """Free what was read: a sitemap may list 50,000 addresses."""
    element.clear()
    while element.getprevious() is not None:
        parent = element.getparent()
        if parent is None:
            return
        del parent[0]


def _entry(element: etree._Element, base: str) -> Listed | None:
    fields: dict[str, str] = {}
    for child in element.iter():
        # The image and video extensions have a loc, a title and a date of their own.
        if (text := (child.text or "").strip()) and not _of_media(child):
            fields.setdefault(local_name(child), text)
    address = web_address(base, fields.get("loc", ""))
    if not fields.get("loc") or address is None:
        return None
    return Listed(
        address,
        published=parse_timestamp(fields.get("publication_date")),
        lastmod=parse_timestamp(fields.get("lastmod")),
        title=fields.get("title"),
    )


def _of_media(element: etree._Element) -> bool:
    namespace = etree.QName(element).namespace if isinstance(element.tag, str) else None
    return namespace is not None and ("image" in namespace or "video" in namespace)
