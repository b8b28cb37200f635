"""The lines printed around the title of a page, where byline and date are looked for."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Final

from alescrawl.text.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

LONGEST_LINE: Final = 200
"""Characters; a longer text is no line."""
_MOST_PIECES: Final = 120
_MOST_ELEMENTS: Final = 200
_MOST_BOXES: Final = 20
_BELOW: Final = 110
_ABOVE: Final = 24
_LEVELS_ABOVE: Final = 4
_PARAGRAPH: Final = 240
_OWN_TEXT: Final = 160
_SENTENCE: Final = 80
_SILENT = frozenset({"script", "style", "svg", "template", "noscript", "select", "button"})
_ASIDE = frozenset({"nav", "aside", "footer"})
_WHOLE = frozenset({"html", "body", "main", "article"})
_TEXT_BLOCKS = frozenset({"p", "li", "blockquote", "h2", "h3", "h4", "h5", "h6", "figcaption"})
_OTHER = re.compile(
    r"comment(?!ary)|kommentar|reaction|related|sidebar|newsletter|partage|share-|-share|"
    r"recommend|teaser|promo|cookie|meteo|weather|agenda|(?<!\w)podcast|"
    r"(?:post|article|entry|nav)[_-]?(?:nav|prev|next)|(?:prev|next)(?:ious)?[_-]?(?:post|article)",
    re.IGNORECASE,
)

_SITE_HEAD = re.compile(
    r"(?:^|[\s_-])(?:site|top|main|page|global)[_-]?(?:header|head|bar)|masthead|"
    r"(?:^|\s)(?:header|top|bandeau|banner|navbar|menu)(?:\s|$)",
    re.IGNORECASE,
)


class Line:
    """One element near the title.

    ``in_text`` tells whether the article's text has begun above it, ``after_text`` whether so
    much of it has that no lead is meant, ``above`` whether it stands before the title.
    """

    __slots__ = ("_texts", "_words", "above", "after_text", "element", "in_text")

    def __init__(
        self, element: HtmlElement, *, in_text: bool, above: bool = False, after_text: bool = False
    ) -> None:
        self.element = element
        self.in_text = in_text
        self.after_text = in_text or after_text
        self.above = above
        self._words: str | None = None
        self._texts: list[str] | None = None

    @property
    def text(self) -> str:
        """The words of the element on one line, "" where they are too many."""
        if self._words is None:
            self._words = line_of(self.element)
        return self._words

    @property
    def texts(self) -> list[str]:
        """The line, or the short pieces that stand in the element between others."""
        if self._texts is None:
            self._texts = [self.text] if self.text else self._pieces()
        return self._texts

    def _pieces(self) -> list[str]:
        if self.element.tag in _TEXT_BLOCKS:
            return []
        pieces = [self.element.text, *(child.tail for child in self.element[:_ABOVE])]
        return [normalise(p) for p in pieces if p and len(p) <= _OWN_TEXT and not p.isspace()]


def lines_around(heading: HtmlElement) -> list[Line]:
    """Return the elements below *heading* in the page's order, then those above, nearest first.

    What is beside the article (navigation, comments, related articles) and what is within a
    paragraph is left out.
    """
    below = list(_below(heading))
    begins = next((n for n, line in enumerate(below) if line.in_text), len(below))
    return [*below[:begins], *_above(heading), *below[begins:]]


def is_beside(element: HtmlElement) -> bool:
    """Tell whether *element* stands in something beside the article."""
    return is_other(element) or any(map(is_other, element.iterancestors()))


def line_of(element: HtmlElement) -> str:
    """Return the words of *element* on one line, "" where they are too many."""
    element = _innermost(element)
    if not len(element):
        own = (element.text or "").strip()
        return normalise(own) if own and len(own) <= LONGEST_LINE else ""
    if _is_large(element):
        return ""
    pieces: list[str] = []
    size = 0
    for number, text in enumerate(element.itertext()):
        pieces.append(text)
        size += len(text.strip())
        if size > LONGEST_LINE or number > _MOST_PIECES:
            return ""
    return normalise(" ".join(pieces))


def _is_large(element: HtmlElement) -> bool:
    """Whether it is a box of a whole page, which is not to be walked from each of its parts."""
    return next(islice(element.iter(), _MOST_ELEMENTS, None), None) is not None


def _innermost(element: HtmlElement) -> HtmlElement:
    """Return *element*, or the one in it that holds all its text: boxes stand in boxes."""
    for _ in range(_MOST_BOXES):
        if len(element) != 1 or not _is_blank(element.text) or not _is_blank(element[0].tail):
            break
        element = element[0]
    return element


def _is_blank(text: str | None) -> bool:
    return text is None or text.isspace()


def _below(heading: HtmlElement) -> Iterator[Line]:
    element = next_outside(heading)
    in_text = False
    read = 0
    for _ in range(_BELOW):
        if element is None:
            return
        if is_other(element):
            element = next_outside(element)
            continue
        read += _sentences(element)
        begins = _is_text(element)
        yield Line(element, in_text=in_text, after_text=read > _PARAGRAPH)
        in_text = in_text or begins
        is_leaf = len(element) == 0 or (element.tag in _TEXT_BLOCKS and begins)
        element = next_outside(element) if is_leaf else element[0]


def _sentences(element: HtmlElement) -> int:
    """Return the characters of a paragraph that is no line: several make a text."""
    if element.tag != "p":
        return 0
    size = len("".join(element.itertext()).strip())
    return size if size > _SENTENCE else 0


def _is_text(element: HtmlElement) -> bool:
    """Tell whether *element* is a long paragraph, or a box with text of its own."""
    if element.tag in _TEXT_BLOCKS:
        return _is_large(element) or len("".join(element.itertext()).strip()) > _PARAGRAPH
    if _is_long(element.text):
        return True
    return len(element) > 0 and any(_is_long(child.tail) for child in element[:_ABOVE])


def _is_long(text: str | None) -> bool:
    return text is not None and len(text) > _OWN_TEXT and len(text.strip()) > _OWN_TEXT


def _above(heading: HtmlElement) -> Iterator[Line]:
    place: HtmlElement | None = heading
    for _ in range(_LEVELS_ABOVE):
        if place is None:
            return
        for number, sibling in enumerate(place.itersiblings(preceding=True)):
            if number >= _LEVELS_ABOVE or len(sibling) > _ABOVE:
                break
            if not is_other(sibling):
                yield from _within(sibling)
        place = place.getparent()


def _within(element: HtmlElement) -> Iterator[Line]:
    yield Line(element, in_text=False, above=True)
    for number, inner in enumerate(element.iterdescendants()):
        if number >= _ABOVE:
            return
        if not is_other(inner):
            yield Line(inner, in_text=False, above=True)


def next_outside(element: HtmlElement) -> HtmlElement | None:
    """Return the next element that is not within *element*."""
    place: HtmlElement | None = element
    while place is not None:
        sibling = place.getnext()
        if sibling is not None:
            return sibling
        place = place.getparent()
    return None


def is_other(element: HtmlElement) -> bool:
    """Tell whether *element* itself is beside the article, or shows no text."""
    tag = element.tag
    if tag in _WHOLE:
        return False
    if tag in _SILENT or (tag in _ASIDE and not _is_of_article(element)):
        return True
    if (classes := element.get("class")) and _is_other_name(classes):
        return True
    name = element.get("id")
    return bool(name) and _is_other_name(name)


def _is_of_article(element: HtmlElement) -> bool:
    """Tell whether *element* is the foot of an article, where some themes print the byline."""
    return element.tag == "footer" and next(element.iterancestors("article"), None) is not None


def is_site_head(element: HtmlElement, heading: HtmlElement | None) -> bool:
    """Tell whether *element* stands in the head of the site, not in that of the article."""
    around = set() if heading is None else set(heading.iterancestors())
    boxes = list(takewhile(lambda box: box not in around, (element, *element.iterancestors())))
    if any(box.tag in _WHOLE for box in boxes):
        return False
    return any(
        box.tag == "header" or _is_site_head_name(box.get("class"), box.get("id")) for box in boxes
    )


@lru_cache(maxsize=4096)
def _is_site_head_name(*names: str | None) -> bool:
    return any(_SITE_HEAD.search(name) for name in names if name)


@lru_cache(maxsize=4096)
def _is_other_name(name: str) -> bool:
    return _OTHER.search(name) is not None
