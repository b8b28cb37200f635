"""Find the texts of a page, be they in attributes or scripts, that begin as a given one does."""

from __future__ import annotations

import json
import re
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from lxml.etree import XPath

from alescrawl.text.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_ATTRIBUTES: Final = XPath("//@*[contains(., $start)]")
_SCRIPTS: Final = XPath("//script[contains(., $start)]/text()")
_START: Final = 24
"""Characters that two texts must have in common: few enough to have no quotation mark."""
_MOST: Final = 20
_STRING: Final = re.compile(r'(?:[^"\\]|\\.){1,4000}')


def texts_that_begin(tree: HtmlElement, text: str) -> Iterator[str]:
    """Yield what stands in attributes and scripts of *tree* and begins as *text* does."""
    start = text[:_START]
    found: Any = _ATTRIBUTES(tree, start=start)
    for value in islice(found, _MOST):
        yield normalise(value[value.index(start) :])
    for spelling in {start, json.dumps(start)[1:-1]}:
        scripts: Any = _SCRIPTS(tree, start=spelling)
        for script in islice(scripts, _MOST):
            yield from _strings(script, spelling)


def _strings(script: str, start: str) -> Iterator[str]:
    """Yield the strings of *script* that begin with *start*."""
    place = script.find(start)
    for _ in range(_MOST):
        if place < 0:
            return
        string = _STRING.match(script, place)
        if string is not None and script[place - 1 : place] == '"':
            yield normalise(_unescaped(string[0]))
        place = script.find(start, place + 1)


def _unescaped(string: str) -> str:
    try:
        return str(json.loads(f'"{string}"', strict=False))
    except ValueError:
        return string
