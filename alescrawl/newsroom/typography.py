"""French typography as pages really carry it: special spaces, hyphens, apostrophes, entities."""

from __future__ import annotations

import html
import re
import unicodedata
from html.entities import codepoint2name
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

NO_BREAK, NARROW, SOFT_HYPHEN, ZERO_WIDTH = "\u00a0", "\u202f", "\u00ad", "\u200b"

HIGH_PUNCTUATION = re.compile(r" (?=[;!?»%€])")
THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}\b)")
LONG_WORD = re.compile(r"\b([^\W\d_]{5})([^\W\d_]{5,})")


def no_break_spaces(text: str) -> str:
    """Put U+00A0 and U+202F where French printers put them."""
    text = text.replace("« ", "«" + NO_BREAK).replace(" :", NO_BREAK + ":")
    return THOUSANDS.sub(NARROW, HIGH_PUNCTUATION.sub(NARROW, text))


def soft_hyphens(text: str) -> str:
    """Let long words be broken after their fifth letter."""
    return LONG_WORD.sub(rf"\1{SOFT_HYPHEN}\2", text)


def zero_width_spaces(text: str) -> str:
    """Leave a zero-width space at the end of sentences, as pasted text often does."""
    return text.replace(". ", f".{ZERO_WIDTH} ")


def typographic_apostrophes(text: str) -> str:
    """Print the curved apostrophe."""
    return text.replace("'", "’")


def decomposed(text: str) -> str:
    """Part letters from their accents (Unicode NFD), as some office programs do."""
    return unicodedata.normalize("NFD", text)


TREATMENTS: dict[str, Callable[[str], str]] = {
    "apostrophes": typographic_apostrophes,
    "spaces": no_break_spaces,
    "soft_hyphens": soft_hyphens,
    "zero_width": zero_width_spaces,
    "decomposed": decomposed,
}
"""The names that a story's ``typography`` may hold, besides ``entities``."""


def typeset(text: str, treatments: Iterable[str]) -> str:
    """Return *text* as the page's author left it, not yet escaped."""
    for name, treat in TREATMENTS.items():
        if name in treatments:
            text = treat(text)
    return text


def typeset_html(text: str, treatments: Iterable[str]) -> str:
    """Return *text* typeset and escaped, with named entities where *treatments* asks for them."""
    escaped = html.escape(typeset(text, treatments), quote=False).replace('"', "&quot;")
    return named_entities(escaped) if "entities" in treatments else escaped


def named_entities(text: str) -> str:
    """Write each character beyond ASCII as an HTML entity."""
    return "".join(map(_entity, text))


def _entity(character: str) -> str:
    if character.isascii():
        return character
    name = codepoint2name.get(ord(character))
    return f"&{name};" if name else f"&#{ord(character)};"
