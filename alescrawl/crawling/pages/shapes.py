"""Whether a page that does not say what it is looks like an article or like a list of others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lxml.etree import XPath

from alescrawl.crawling.pages.address_kinds import is_like_headline
from alescrawl.extraction.body.blocks import read_blocks

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from alescrawl.crawling.pages.address_kinds import Kind

_WORD: Final = re.compile(r"[^\W_]{2,}")
_LINKED: Final = 0.7
"""Share of a block's characters in links from which it leads elsewhere."""
_ALL_LINKED: Final = 0.9
_TEASER_WORDS: Final = 3
_MANY_TEASERS: Final = 4
_SHORT: Final = 60
"""Words up to which a stretch of text may be the summary of another page."""
_SCATTERED: Final = 0.3
"""Share of the longest stretch in all running text below which no text is the page's own."""
_OG_ARTICLE = XPath("boolean(//meta[@property='og:type' and @content='article'])")


@dataclass(frozen=True, slots=True)
class Shape:
    """How the words of a page lie.

    ``teasers`` counts blocks that are links of several words; ``words`` those of running text,
    ``longest`` those of its longest stretch between two teasers.
    """

    teasers: int
    words: int
    longest: int

    @property
    def is_list(self) -> bool:
        """Whether the page leads to others rather than to be read itself."""
        scattered = self.longest < _SCATTERED * self.words
        return self.teasers >= _MANY_TEASERS and self.longest < _SHORT and scattered


def read_shape(tree: HtmlElement) -> Shape:
    """Return the shape of the page *tree*.

    A line with a link among running text (« À lire aussi : … ») interrupts no stretch of it.
    """
    blocks = read_blocks(tree)
    teasers, words, stretch, longest = 0, 0, 0, 0
    was_teaser = False
    for text, linked in zip(blocks.text, blocks.link, strict=True):
        size = len(_WORD.findall(text))
        if linked < _LINKED * len(text):
            words, stretch = words + size, stretch + size
            longest = max(longest, stretch)
            was_teaser = False
        elif size >= _TEASER_WORDS:
            teasers += 1
            if was_teaser or linked >= _ALL_LINKED * len(text):
                stretch = 0
            was_teaser = True
    return Shape(teasers, words, longest)


def seen_kind(tree: HtmlElement, url: str, *, dated: bool, signed: bool = False) -> Kind:
    """Return what the page *tree* at *url* looks like: article, listing or undated.

    *dated* says that it, or the route that led to it, gives it a date of publication, *signed*
    that it names who wrote it.
    """
    shape = read_shape(tree)
    if shape.is_list:
        return "listing"
    if bool(_OG_ARTICLE(tree)):
        return "article"
    named = is_like_headline(url)
    if not dated and not (signed and named):
        return "undated"
    is_own = shape.longest >= _SCATTERED * shape.words or shape.teasers < _MANY_TEASERS
    return "article" if is_own or named else "listing"
