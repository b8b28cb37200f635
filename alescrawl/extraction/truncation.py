"""Tells whether a text stops before its end, at a paywall or at a teaser."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_MARK: Final = 400
"""A longer text is a paragraph that speaks of subscribers, not a notice to readers."""
NOTICES_AFTER: Final = 12
"""How many blocks after the text may hold the notice."""
_ELLIPSIS: Final = re.compile(r"(?:…|\.\.\.)\s*[)\]]?\s*$")


@cache
def _marks(kind: str) -> re.Pattern[str]:
    path = files("alescrawl") / "data" / "paywall_marks.toml"
    phrases: list[str] = tomllib.loads(path.read_text(encoding="utf-8"))[kind]
    return re.compile("|".join(map(re.escape, phrases)))


def ends_in_ellipsis(text: str) -> bool:
    """Return whether *text* ends in …, ..., (…) or […]."""
    return bool(_ELLIPSIS.search(text[-10:]))


def is_paywall_notice(text: str) -> bool:
    """Return whether *text* tells readers that the article goes on for subscribers."""
    return len(text) <= MAX_MARK and bool(_marks("stop").search(_plain(text)))


def seen_truncated(last: str, following: Iterable[str]) -> bool | None:
    """Return whether the text that ends with the paragraph *last* was seen to stop early.

    *following* are the blocks of the page after it, in order. None where nothing tells.
    """
    cut = ends_in_ellipsis(last)
    for place, text in enumerate(following):
        if place >= NOTICES_AFTER:
            break
        if is_paywall_notice(text):
            return True
        if cut and len(text) <= MAX_MARK and _marks("weak").search(_plain(text)):
            return True
    return None


def _plain(text: str) -> str:
    return text.lower().replace("’", "'")
