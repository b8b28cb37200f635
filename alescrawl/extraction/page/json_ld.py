"""Read the JSON of a page's structured data, also where it is slightly broken."""

from __future__ import annotations

import html
import json
import re
from typing import Any

_DECODER = json.JSONDecoder(strict=False)  # publishers leave raw newlines and tabs in strings
_WRAPPING = re.compile(
    r"<!--|-->|(?://|/\*)?\s?<!\[CDATA\[(?:\s?\*/)?|(?://|/\*)?\s?\]\]>(?:\s?\*/)?"
)
_STRING_OR_COMMA = re.compile(r'"(?:[^"\\]++|\\.)*+"?|,[\s,]*+([\]}])?|;\s*$', re.DOTALL)
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])|\\u(?![0-9a-fA-F]{4})')
_QUOTE = re.compile(r'\\.|([\[{,:]\s*)?"(?=(\s*(?:[,:}\]]|$))?)', re.DOTALL)
_LARGEST = 2_000_000


def read_json(text: str) -> list[Any] | None:
    """Return the values in *text*, several where objects are strung together.

    ``None`` where it cannot be read, even after repair; an empty list where it is blank.
    """
    text = text.strip().strip("\ufeff;")
    if not text:
        return []
    if len(text) > _LARGEST:
        return None
    for repair in (_as_it_is, _unwrapped, _mended, _with_escaped_quotes):
        text = repair(text)
        values = _values(text)
        if values is not None:
            return values
    return None


def _as_it_is(text: str) -> str:
    return text


def _values(text: str) -> list[Any] | None:
    """Return all values that stand one after the other in *text*."""
    values, end = [], 0
    try:
        while end < len(text):
            value, end = _DECODER.raw_decode(text, end)
            values.append(value)
            end = _skip(text, end)
    except (ValueError, RecursionError):
        return None
    return values


def _skip(text: str, end: int) -> int:
    """Return where the next value begins: past blanks and stray separators."""
    while end < len(text) and (text[end].isspace() or text[end] in ",;\ufeff"):
        end += 1
    return end


def _unwrapped(text: str) -> str:
    return _WRAPPING.sub("", text).strip()


def _mended(text: str) -> str:
    """Undo what breaks JSON most often: entities, trailing commas, invented escapes."""
    if "&quot;" in text:
        text = html.unescape(text)
    text = _BAD_ESCAPE.sub("", text)
    return _STRING_OR_COMMA.sub(_without_comma, text).strip()


def _without_comma(match: re.Match[str]) -> str:
    found = match.group()
    return match[1] or ("" if found.startswith(";") else found)


def _with_escaped_quotes(text: str) -> str:
    """Escape the quotation marks that neither open nor close a string."""
    return _QUOTE.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    found = match.group()
    stray = found == '"' and match[2] is None
    return '\\"' if stray else found
