"""Bytes of pages, feeds, sitemaps and robots.txt to text: what is declared where it holds."""

from __future__ import annotations

import codecs
import re

from w3lib.encoding import resolve_encoding

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(
    rb"<meta[^>]{0,300}?charset\s{0,9}=[\s\"']{0,9}([\w.:-]{2,40})"
    rb"|<\?xml[^>]{0,99}?encoding\s{0,9}=[\s\"']{0,9}([\w.:-]{2,40})",
    re.IGNORECASE,
)
_NAMES = (b"charset", b"encoding")
_BEFORE_NAME = 400
"""Bytes that a declaration has before the word, at the most."""
_HEAD = 4_096
_WESTERN = "cp1252"
_WIDE = ("utf-16", "utf-32")
_SURE = 10
"""So many characters in UTF-8 for each that is none: single bytes seldom form one by chance."""
# The encodings of the web (https://encoding.spec.whatwg.org/), as Python calls them. Others that
# Python knows (punycode, unicode_escape, utf-7) must not be reachable from a page.
_OF_THE_WEB = re.compile(
    r"utf-8|utf-16(-[lb]e)?|utf-32|cp(125\d|866|874|932|949|1254)|iso8859-\d+|koi8-[ru]"
    r"|mac-(roman|cyrillic)|gb(k|2312|18030)|big5(hkscs)?|euc_(jp|kr|jis_2004)|iso2022_jp"
    r"|shift_jis|tis-620|windows-?\d+"
)


def decode(data: bytes, declared: str | None = None) -> tuple[str, str, list[str]]:
    """Return the text of *data*, the encoding used (Python's name) and what was wrong.

    Tried in turn: a byte order mark, *declared* (the charset of the HTTP header), the page's
    own declaration, UTF-8, windows-1252. Never raises.
    """
    name = _marked(data)
    if name:
        return data.decode(name, "replace").removeprefix("\ufeff"), name, []
    problems: list[str] = []
    for label in (declared, _own_declaration(data)):
        if label:
            name = _known(label)
            text = _by_declaration(data, name)
            if text is not None:
                return text, name, problems
            if name != "utf-8" or not _mostly_utf8(data):
                problems = ["charset_wrong"]
    return _by_the_bytes(data, problems)


def as_utf8(data: bytes, declared: str | None = None) -> bytes:
    """Return *data*, read as by :func:`decode`, in UTF-8 without a mark; as it is where it was."""
    if data.isascii() and b"\x1b" not in data and b"\0" not in data[:_HEAD]:
        return data
    text, name, problems = decode(data, declared)
    if name == "utf-8" and not problems:
        return data.removeprefix(codecs.BOM_UTF8)
    return text.encode("utf-8", "replace")


def _marked(data: bytes) -> str:
    """Return the encoding that the first bytes prove, or ""."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name
    if data[:2] in {b"<\0", b"\0<"}:
        return "utf-16-le" if data[0] else "utf-16-be"
    return ""


def _own_declaration(data: bytes) -> str | None:
    head = data[:_HEAD]
    lower = head.lower()
    named = [place for word in _NAMES if (place := lower.find(word)) >= 0]
    found = _META.search(head, max(0, min(named) - _BEFORE_NAME)) if named else None
    return (found[1] or found[2]).decode("ascii", "ignore") if found else None


def _known(label: str) -> str:
    """Return Python's name of the encoding; "" where it is none of the web's."""
    name = resolve_encoding(label) or ""
    return name if _OF_THE_WEB.fullmatch(name) else ""


def _by_declaration(data: bytes, name: str) -> str | None:
    """Return *data* read as *name*; ``None`` where the bytes do not bear it out."""
    if not name or (name.startswith(_WIDE) and not _is_wide(data[:_HEAD])):
        return None
    if name != "utf-8" and not name.startswith(_WIDE) and _is_surely_utf8(data):
        return None  # most bytes are letters in the older encodings: they never fail to decode
    return _strictly(data, name)


def _is_surely_utf8(data: bytes) -> bool:
    """Whether the bytes that are not ASCII form UTF-8, which text in no other encoding does."""
    if data.isascii():
        return False
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return len(text) - len(text.encode("ascii", "ignore")) - broken > broken * _SURE


def _is_wide(head: bytes) -> bool:
    """Whether markup, which is ASCII, takes two or four bytes a character in *head*."""
    return head.count(0) * 4 > len(head)


def _strictly(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeDecodeError, UnicodeError, LookupError):
        return None


def _mostly_utf8(data: bytes) -> bool:
    """Whether more characters than not are valid UTF-8, of those that are not ASCII."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return len(text) - len(text.encode("ascii", "ignore")) - broken >= broken


def _by_the_bytes(data: bytes, problems: list[str]) -> tuple[str, str, list[str]]:
    try:
        return data.decode("utf-8"), "utf-8", problems
    except UnicodeDecodeError as error:
        cut = error.end >= len(data) and error.reason == "unexpected end of data"
    if cut or _mostly_utf8(data):
        return data.decode("utf-8", "replace"), "utf-8", [*problems, "invalid_utf8"]
    return data.decode(_WESTERN, "replace"), _WESTERN, problems
