"""The one way a text is written: on one line, in NFC, with plain spaces.

:func:`as_printed` is for what is quoted, :func:`normalise` for what is compared (names, labels,
dates, boilerplate): it writes straight quotes for all others.


- Unicode NFC; lone surrogates, private-use characters (icon fonts), control characters and
  what has no width (zero-width spaces and joiners, soft hyphens, direction marks) are dropped.
- Every run of white space (no-break and thin spaces, line ends, tabs) is one plain space; none
  at the ends.
- Guillemets stay, with one plain space inside where the page has any (German and Swiss pages
  have none). Apostrophes and other quotes stay as printed, or are straight: see above.
- HTML entities (those that end with ``;``) are undone however often they were escaped, because
  no article means to print ``&amp;eacute;``. More than five times over is no text but damage:
  the ampersands are dropped. So normalising twice equals normalising once.
- C1 control characters are read as windows-1252, which is what they are in broken pages.
- Case, accents, ellipses, dashes and ligatures stay.
"""

from __future__ import annotations

import html
import re
from typing import Final
from unicodedata import normalize

from alescrawl.items import straight_quotes

_ROUNDS = 5
_SUPPLEMENTARY_PRIVATE = "\U000f0000"

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_UNUSUAL = re.compile(r"[^ -%'-~À-ſ«»€…–—‘’“”„]")
_BLANKS = "\n\t\r\xa0\u202f"
"""Spaces and line ends of most pages, which end as plain spaces."""

_INVISIBLE = (
    *(0xAD, 0x34F, 0x61C, 0x180E, 0xFEFF, 0xFFFE, 0xFFFF),
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    *range(0xD800, 0xF900),
    *range(0xFFF9, 0xFFFC),
)


_INSTEAD: Final[dict[str, str]] = {
    **dict.fromkeys(map(chr, (*range(0x20), 0x7F, *_INVISIBLE)), ""),
    **dict.fromkeys("\t\n\v\f\r\x1c\x1d\x1e\x1f", " "),
    **{chr(code): bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)},
}


def normalise(text: str) -> str:
    """Return *text* as the module says, with straight quotes: to be compared."""
    return straight_quotes(as_printed(text))


def as_printed(text: str) -> str:
    """Return *text* as the module says, with the quotes and apostrophes of the page."""
    if _is_normal(text):
        return text
    for blank in _BLANKS:
        text = text.replace(blank, " ")
    text = _clean(text)
    if "&" in text and _ENTITY.search(text):
        text = _without_entities(text)
    return " ".join(text.split())


def _is_normal(text: str) -> bool:
    """Whether nothing can be to do: the short way, taken by most texts."""
    return not (_UNUSUAL.search(text) or "  " in text or text[:1] == " " or text[-1:] == " ")


def _clean(text: str) -> str:
    # A third of the time of str.translate, which looks each character up.
    return normalize("NFC", _UNUSUAL.sub(_instead, text))


def _instead(match: re.Match[str]) -> str:
    found = match[0]
    if found >= _SUPPLEMENTARY_PRIVATE:
        return ""
    return _INSTEAD.get(found, found)


def _without_entities(text: str) -> str:
    for _ in range(_ROUNDS):
        undone = _clean(_ENTITY.sub(_undone, text))
        if undone == text or not _ENTITY.search(undone):
            return undone
        text = undone
    return _clean(text.replace("&", ""))


def _undone(match: re.Match[str]) -> str:
    return html.unescape(match[0])
