"""The date of publication that a page gives only in the data of its scripts."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_KEY: Final = re.compile(
    r"""["']?(?<![a-z])(?:date_?published|published_?(?:at|on|time|date)|publish_?(?:date|time)|"""
    r"""(?:first_?)?publication_?date|pub_?date|first_?published(?:_?at)?|date_?publication)"""
    r"""\\?["']?\s*[:=]\s*\\?["']([^"'\\<>]{8,40})\\?["']""",
    re.IGNORECASE,
)
_MOST_SCRIPTS: Final = 60
_LONGEST: Final = 1_000_000
_MOST: Final = 50


def stated_in_scripts(tree: HtmlElement) -> str:
    """Return the date of publication that the scripts of *tree* give, or "".

    What stands in a list is one of several things, and is not counted; of several dates none is
    taken.
    """
    scripts = filter(_is_data, islice(tree.iter("script"), _MOST_SCRIPTS))
    found = {date for script in scripts if script.text for date in _dates(script.text[:_LONGEST])}
    return found.pop() if len(found) == 1 else ""


def _is_data(script: HtmlElement) -> bool:
    """Tell what is no JSON-LD, which has been read."""
    return "ld+json" not in (script.get("type") or "")


def _dates(text: str) -> Iterator[str]:
    place = depth = 0
    for match in islice(_KEY.finditer(text), _MOST):
        depth += text.count("[", place, match.start()) - text.count("]", place, match.start())
        place = match.start()
        if depth <= 0:
            yield match[1]
