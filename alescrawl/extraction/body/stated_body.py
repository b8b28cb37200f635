"""The text that structured data state as the article's body, and when to believe it."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Final

from lxml import etree
from lxml.html import HTMLParser

from alescrawl.extraction.body.blocks import read_blocks
from alescrawl.extraction.page.attributes import with_bounded_attributes
from alescrawl.extraction.page.markup import HEADINGS, TAG_IDS
from alescrawl.items import Paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alescrawl.extraction.body.blocks import Blocks
    from alescrawl.items import ParagraphKind

LEAST_STATED: Final = 250
"""A shorter stated body is a description under another name."""
MUCH_MORE: Final = 2
"""The page must show less than one part in so many for the stated body to be taken."""
_TAG: Final = re.compile(
    r"</?(?:p|br|div|h[1-6]|ul|ol|li|a|strong|em|b|i|span|figure)\b[^<>]{0,500}>"
)
_LINE: Final = re.compile(r"[\r\n\u2028\u2029]+")


def read_stated(article_body: str) -> list[Paragraph]:
    """Return the paragraphs of a stated body, which may be text or HTML, also escaped HTML."""
    text = unescape(article_body) if "&" in article_body else article_body
    if _TAG.search(text):
        return _read_html(text)
    lines = (" ".join(line.split()) for line in _LINE.split(text))
    return [Paragraph("paragraph", line) for line in lines if line]


def _read_html(text: str) -> list[Paragraph]:
    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        markup = with_bounded_attributes(text.encode("utf-8", "replace"))
        tree = etree.fromstring(markup, parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return []
    if tree is None:
        return []
    blocks = read_blocks(tree)
    return [Paragraph(_kind(blocks, i), line) for i, line in enumerate(blocks.text)]


def _kind(blocks: Blocks, index: int) -> ParagraphKind:
    box = blocks.box[index]
    if blocks.boxes.tag[box] in HEADINGS:
        return "subhead"
    within = blocks.boxes.within[box]
    if within & 1 << TAG_IDS["blockquote"]:
        return "quote"
    return "list_item" if within & 1 << TAG_IDS["li"] else "paragraph"


def says_more(stated: Sequence[str], shown: Sequence[str]) -> bool:
    """Return whether *stated* is the body of an article of which the page shows little.

    So it is where the page builds its text with scripts. Both are lists of paragraphs.
    """
    size = sum(map(len, stated))
    return size >= LEAST_STATED and size > MUCH_MORE * sum(map(len, shown))
