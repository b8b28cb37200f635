"""Reading sitemaps and sitemap indexes, with lastmod and the news block, in bounded memory."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

from alescrawl.crawling.routes.model import Flaw, Onward, Sitemap, UnreadableRoute
from alescrawl.crawling.routes.plain_text import plain_line
from alescrawl.crawling.routes.web_address import web_address
from alescrawl.crawling.routes.xml_stream import XmlReading, local_name
from alescrawl.dataset.ledger.hints import Listed
from alescrawl.extraction.dates.dates import parse_timestamp
from alescrawl.extraction.page.charset import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from alescrawl.crawling.routes.model import Answer

_OTHERS = re.compile(
    r"/wp-sitemap-(?:taxonomies-|users-|posts-page-)"
    r"|/(?:category|post_tag|post_format|author|page|attachment|product(?:_cat)?)-sitemap\d*\.xml"
    r"|/sitemap-(?:tags|authors|pages)\.xml"
)
"""What WordPress (core, Yoast, Rank Math) and Ghost call their sitemaps of other pages."""
_POSTS = re.compile(r"/wp-sitemap-posts-post-\d+\.xml|/post-sitemap\d*\.xml")

GZIP_MAGIC = b"\x1f\x8b"
MAX_UNPACKED = 64 * 1024 * 1024
"""The protocol allows 50 MB; more is a bomb."""

_ROOTS = frozenset({"urlset", "sitemapindex"})
_ENTRIES = frozenset({"url", "sitemap"})
_TEXT = re.compile(rb"(?:\xef\xbb\xbf)?\s*https?://\S+\s*(?:[\r\n]|$)")


def read_sitemap(answer: Answer) -> Iterator[Listed | Onward | Flaw]:
    """Yield the pages and the sitemaps that a sitemap lists.

    A damaged or cut file gives what can be read. All but news are listed completely. Raises
    :exc:`UnreadableRoute`: ``empty``, ``not_xml``, ``not_a_sitemap``, ``bad_gzip`` or
    ``too_large``.
    """
    content, is_whole = unpacked(answer.body)
    if _TEXT.match(content):
        yield from _read_text(content, answer.route.url, answer.charset)
    else:
        yield from _read_xml(content, answer)
    if not is_whole:
        yield Flaw("cut_short", partial=True)


def _read_text(content: bytes, sitemap: str, charset: str | None) -> Iterator[Listed | Flaw]:
    """Yield the addresses of a sitemap that has one a line (sitemaps.org, « Text file »)."""
    for line in decode(content, charset)[0].split("\n"):
        address = web_address("", line)
        if address is not None:
            yield Listed(address, listed_by=sitemap)
        elif line.strip():
            yield Flaw("no_address")


def _read_xml(content: bytes, answer: Answer) -> Iterator[Listed | Onward | Flaw]:
    xml = XmlReading(content, _ROOTS, "not_a_sitemap", answer.charset)
    for element in xml.elements(_ENTRIES):
        entry = _entry(element, answer)
        if entry is None:
            yield Flaw("no_address")
        elif local_name(element) == "sitemap":
            yield Onward(Sitemap(entry.url), lastmod=entry.lastmod)
        else:
            yield entry
    yield from xml.flaws()


def unpacked(body: bytes) -> tuple[bytes, bool]:
    """Return *body* without its gzip layer, if it has one, and whether it is whole.

    A cut file gives what it holds.
    """
    if not body.startswith(GZIP_MAGIC):
        return body, True
    content, rest = b"", body
    while rest.startswith(GZIP_MAGIC):
        stream = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        try:
            content += stream.decompress(rest, MAX_UNPACKED - len(content) or 1)
        except zlib.error as error:
            if not content:
                raise UnreadableRoute("bad_gzip") from error
            return content, False
        if stream.unconsumed_tail:
            raise UnreadableRoute("too_large")
        if not stream.eof:
            return content, False
        rest = stream.unused_data  # a file may have several members
    return content, True


def _entry(element: etree._Element, answer: Answer) -> Listed | None:
    fields: dict[str, str] = {}
    for child in element.iter():
        # The image and video extensions have a loc, a title and a date of their own.
        if (text := (child.text or "").strip()) and not _of_media(child):
            fields.setdefault(local_name(child), text)
    address = web_address(answer.url, fields.get("loc", ""))
    if address is None:
        return None
    return Listed(
        address,
        published=parse_timestamp(fields.get("publication_date")),
        lastmod=parse_timestamp(fields.get("lastmod")),
        title=plain_line(fields.get("title")),
        tags=_keywords(fields.get("keywords")),
        # News sitemaps name what is two days old at most (Google's rule).
        listed_by=None if "publication_date" in fields else answer.route.url,
    )


def _keywords(text: str | None) -> tuple[str, ...]:
    return tuple(filter(None, map(plain_line, text.split(",")))) if text else ()


def _of_media(element: etree._Element) -> bool:
    tag = str(element.tag)
    namespace = tag.rpartition("}")[0] or tag.rpartition(":")[0]  # or a prefix not declared
    return "image" in namespace or "video" in namespace


def is_of_posts(url: str) -> bool:
    """Return whether the sitemap at *url* lists what the REST interface of WordPress lists."""
    return _POSTS.search(url) is not None


def is_of_no_article(url: str) -> bool:
    """Return whether the sitemap at *url* is named for pages that are no articles."""
    return _OTHERS.search(url) is not None
