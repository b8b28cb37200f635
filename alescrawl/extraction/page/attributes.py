"""No element with thousands of attributes: libxml2 compares each of them with all before it."""

from __future__ import annotations

import re
from typing import Final

MOST: Final = 500
"""Attributes of one element; the next are left out. Pages of real sites have some dozens."""

_NAMED: Final = rb"[\s/]*+[^\s/>][^\s/>=]*+"
_VALUE: Final = rb"""(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+)?+"""
_TAG: Final = rb"<[A-Za-z_:\x80-\xff][^\s/>]*+"
_WITHIN: Final = re.compile(
    rb"(?:[^<]++|<(?![A-Za-z_:\x80-\xff])"
    rb"|%b(?:%b%b){0,%d}+(?!%b))*+" % (_TAG, _NAMED, _VALUE, MOST, _NAMED)
)
"""Matches up to the first tag with too many; as HTML reads tags, and in one pass."""
_TOO_MANY: Final = re.compile(
    rb"(%b(?:%b%b){0,%d}+)((?:%b%b)*+)" % (_TAG, _NAMED, _VALUE, MOST, _NAMED, _VALUE)
)


def with_bounded_attributes(markup: bytes) -> bytes:
    """Return *markup*, in an encoding that contains ASCII, with the first attributes of each tag.

    Takes time in proportion to its length.
    """
    within = _WITHIN.match(markup)
    if within is None or within.end() == len(markup):
        return markup
    return markup[: within.end()] + _TOO_MANY.sub(rb"\1", markup[within.end() :])
