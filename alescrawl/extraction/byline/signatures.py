"""The signature below the text of an article: a name, a desk or an address on a line of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from alescrawl.extraction.byline.names import is_name_like
from alescrawl.extraction.byline.parts import EMAIL
from alescrawl.extraction.byline.signature_lines import may_sign
from alescrawl.extraction.page.surroundings import is_other, line_of, next_outside
from alescrawl.text.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

OPENING: Final = re.compile(
    r"(?:propos recueillis\s+par|recueillis? par|par|by|von|door|por|di|de notre [\w ]{4,40}|"
    r"(?:texte|textes|text|written|posted|publié|ecrit|écrit|article|story|reporting)\s*"
    r"(?:par|by|von|:))\s*:?\s+(?-i:(?=[A-ZÀ-ÖØ-Ý«]))",
    re.IGNORECASE,
)
"""What opens a printed byline."""
PERSON: Final = re.compile(r"(?:[A-ZÀ-ÖØ-Ý][\w'’.-]*[ -]){1,3}[A-ZÀ-ÖØ-Ý][\w'’-]+")
"""Two to four words that may be a person's name."""

_PAIR = re.compile(r"[^/.|]{3,40}\s[/|]\s[^/.|]{3,40}")
_ADDRESS = re.compile(r"[a-z]{2,20}[.-][a-z-]{2,30}@[\w.-]{4,60}")
_AROUND: Final = "()[]*_—–-:,/| "
_RIGHT = re.compile(r"text-align:\s*right")
_LONGEST: Final = 80
_LONGEST_ANCHOR: Final = 60
_SHORTEST_ANCHOR: Final = 25
_LINES_AFTER: Final = 6
_MOST_BLANKS: Final = 5


def is_sentence(line: str) -> bool:
    """Tell a sentence from a byline that opens alike: « Par Alès, la route est longue. »."""
    return line.endswith((".", "?", "!", "…")) and line.count(" ") > _MOST_BLANKS


def signature_of(last_lines: list[str], houses: list[str]) -> str:
    """Return the signature among the *last_lines* of a text, or "".

    It is a name or an e-mail address alone on a line, or the name of one of the *houses* with
    another: « Reuters / … ».
    """
    for line in reversed(last_lines):
        bare = _bare(line)
        if _opens_byline(bare):
            return bare
        if PERSON.fullmatch(bare) or _ADDRESS.fullmatch(bare):
            return bare
        if _PAIR.fullmatch(bare) and any(house in bare for house in houses):
            return bare
    return ""


def signature_below(tree: HtmlElement, last_lines: list[str]) -> str:
    """Return the signature that the page prints just below the last line of the text, or ""."""
    anchor = _element_of(tree, last_lines)
    for element in _following(anchor) if anchor is not None else ():
        line = _bare(line_of(element))
        if _opens_byline(line):
            return line
        is_person = bool(PERSON.fullmatch(line)) and (is_name_like(line) or _is_right(element))
        if is_person or _ADDRESS.fullmatch(line):
            return line
    return ""


def _opens_byline(line: str) -> bool:
    is_short = len(line) <= _LONGEST and not is_sentence(line)
    return is_short and OPENING.match(line) is not None and may_sign(line)


def _element_of(tree: HtmlElement, lines: Iterable[str]) -> HtmlElement | None:
    """Return the last paragraph of the page that begins as one of the *lines* does."""
    starts = {line[:_SHORTEST_ANCHOR] for line in lines if len(line) >= _SHORTEST_ANCHOR}
    found = None
    for element in tree.iter("p", "div", "td") if starts else ():
        own = element.text
        if own is None or len(own) < _SHORTEST_ANCHOR or own.isspace():
            continue
        if normalise(own[:_LONGEST_ANCHOR])[:_SHORTEST_ANCHOR] in starts:
            found = element
    return found


def _following(anchor: HtmlElement) -> Iterator[HtmlElement]:
    element = next_outside(anchor)
    for _ in range(_LINES_AFTER):
        if element is None or is_other(element):
            return
        yield element
        element = element[0] if len(element) else next_outside(element)


def _is_right(element: HtmlElement) -> bool:
    style = element.get("style")
    return element.get("align") == "right" or bool(style and _RIGHT.search(style))


def _bare(line: str) -> str:
    """Return *line* without brackets, dashes, and the mail address beside a name."""
    named = EMAIL.sub("", line) if "@" in line else line
    return named.strip(_AROUND) or line.strip(_AROUND)
