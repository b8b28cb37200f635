"""The text that structured data state as the article's body, and when to believe it."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Final

from lxml import etree
from lxml.html import HTMLParser

from alescrawl.extraction.blocks import read_blocks

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST_STATED: Final = 250
"""A shorter stated body is a description under another name."""
MUCH_MORE: Final = 2
"""The page must show less than one part in so many for the stated body to be taken."""
_TAG: Final = re.compile(
    r"</?(?:p|br|div|h[1-6]|ul|ol|li|a|strong|em|b|i|span|figure)\b[^<>]{0,500}>"
)
_LINE: Final = re.compile(r"\s*[\r\n\u2028\u2029]+\s*")


def stated_paragraphs(article_body: str) -> list[str]:
    """Return the paragraphs of a stated body, which may be text or HTML, also escaped HTML."""
    text = unescape(article_body) if "&" in article_body else article_body
    if _TAG.search(text):
        return _html_paragraphs(text)
    return [" ".join(line.split()) for line in _LINE.split(text.strip()) if line.strip()]


def _html_paragraphs(text: str) -> list[str]:
    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        tree = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return []
    return [] if tree is None else list(read_blocks(tree).text)


def says_more(stated: Sequence[str], shown: Sequence[str]) -> bool:
    """Return whether *stated* is the body of an article of which the page shows little.

    So it is where the page builds its text with scripts. Both are lists of paragraphs.
    """
    size = sum(map(len, stated))
    return size >= LEAST_STATED and size > MUCH_MORE * sum(map(len, shown))
