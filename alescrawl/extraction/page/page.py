"""A page as it came, decoded and parsed once; everything else reads the one tree."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, cast

from lxml import etree

from alescrawl.extraction.page.attributes import with_bounded_attributes
from alescrawl.extraction.page.charset import decode
from alescrawl.extraction.page.gates import empty_gates

if TYPE_CHECKING:
    from typing import Self

    from lxml.html import HtmlElement

Reason = Literal["empty_body", "not_html"]

_BINARY = (
    b"%PDF",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
    b"RIFF",
    b"OggS",
    b"ID3",
    b"wOF",
    b"Rar!",
    b"7z\xbc\xaf",
)
_HEAD = 4_096
_BLANK = "\ufeff\0 \t\r\n\f\v\xa0"
_TAG = re.compile(r"<(?:!--|!doctype\b|/?([a-z][\w:-]{0,40})(?=[\s/>]))", re.IGNORECASE)
_ELEMENT = re.compile(r"<([a-z][\w:-]{0,40})(?=[\s/>])", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?(?:-->|$)", re.DOTALL)
_JSON = re.compile(r"\s{0,99}(?:[\w.$]{1,60}\()?(?:\{\s{0,99}[\"}]|\[\s{0,99}[\"{\[\]\d])")
_XML_ROOTS = frozenset({"rss", "feed", "rdf:rdf", "urlset", "sitemapindex", "svg", "opml"})
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1f]")
_MANY_CONTROLS = 40


class UnreadablePage(Exception):  # noqa: N818 - named for what the caller has in hand
    """The body is no page: ``reason`` is empty_body or not_html. Asking again will not help."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


@dataclass(slots=True)
class Page:
    """A parsed page.

    ``tree`` is the root element, without comments and processing instructions, in plain lxml
    elements (without the methods that lxml.html adds). ``encoding`` is what the bytes were read
    as (``unicode`` where text was given). ``problems`` names what was wrong: charset_wrong (what
    is declared does not decode), invalid_utf8 (bytes replaced), null_bytes, too_deep (what is
    nested deeper than 2,048 elements, and all after it, is not read).
    """

    url: str
    tree: HtmlElement
    encoding: str
    problems: list[str] = field(default_factory=list)
    is_gated: bool = False
    """Whether a box, whose words are not in ``tree``, stands for what only members read."""

    @classmethod
    def from_html(cls, html: bytes | str, url: str, encoding: str | None = None) -> Self:
        """Return the page of *html*; *encoding* is the charset of its HTTP header, if any.

        Raises :class:`UnreadablePage` for a blank body and for what is not HTML. Damaged
        pages are read as far as they go.
        """
        text, used, problems = _decoded(html, encoding)
        _check(text)
        if isinstance(html, str) or problems or used != "utf-8":
            html = text.encode("utf-8", "replace")
        tree = _parse(html, problems)
        return cls(url, tree, used, problems, empty_gates(tree, html))


def _decoded(html: bytes | str, encoding: str | None) -> tuple[str, str, list[str]]:
    if isinstance(html, str):
        return html, "unicode", []
    if html.startswith(_BINARY):
        raise UnreadablePage("not_html")
    return decode(html, encoding)


def _check(text: str) -> None:
    """Raise unless *text* may be an HTML page."""
    if not text.strip(_BLANK):
        raise UnreadablePage("empty_body")
    if not _TAG.search(text) or _JSON.match(text) or _is_xml(text) or _is_noise(text):
        raise UnreadablePage("not_html")


def _is_xml(text: str) -> bool:
    if not text[:100].lstrip(_BLANK).startswith("<?xml"):
        return _root(text) in _XML_ROOTS
    return _root(_COMMENT.sub("", text[:_HEAD])) not in {"", "html"}


def _root(text: str) -> str:
    found = _ELEMENT.search(text, 0, _HEAD)
    return found[1].lower() if found else ""


def _is_noise(text: str) -> bool:
    return len(_CONTROLS.findall(text, 0, _HEAD)) > _MANY_CONTROLS


def _parse(data: bytes, problems: list[str]) -> HtmlElement:
    """Return the root of the page in UTF-8; add to *problems* what was met."""
    if b"\0" in data:
        data = data.replace(b"\0", b"")
        problems.append("null_bytes")
    # A parser of its own for each page: lxml makes threads wait for one another at a shared one.
    parser = etree.HTMLParser(
        encoding="utf-8",
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        # Elements of lxml.html would cost a call in Python for each; their methods are not used.
        markup = with_bounded_attributes(data)
        tree = cast("HtmlElement | None", etree.fromstring(markup, parser))
    except (etree.ParserError, etree.XMLSyntaxError):
        tree = None
    if tree is None:
        raise UnreadablePage("empty_body")
    error = parser.error_log.last_error
    if error is not None and error.type_name == "ERR_RESOURCE_LIMIT":
        problems.append("too_deep")
    return tree
