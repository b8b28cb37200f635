"""Tells whether a text stops before its end, at a paywall or at a teaser."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from alescrawl.extraction.page.meta import Head
    from alescrawl.extraction.page.structured import Structured
    from alescrawl.items import Origin


_FREE = frozenset({"true", "1", "yes", "free", "gratuit"})


_PAID = frozenset(
    {"false", "0", "no", "locked", "metered", "premium", "paid", "payant", "subscriber", "abonne"}
)


_TIERS = (
    "article:content_tier",
    "og:article:content_tier",
    "content_tier",
    "isaccessibleforfree",
    "article:access",
    "cxenseparse:access",
)


class Access(NamedTuple):
    """``declared_free`` and ``seen_truncated`` are ``None`` where nothing tells."""

    concluded: Literal["free", "paid"] | None
    declared_free: bool | None
    seen_truncated: bool | None
    origin: Origin | None


def read_access(structured: Structured, head: Head, *, truncated: bool | None) -> Access:
    """Return the access to the article; *truncated* tells whether its text stops at a paywall."""
    declared, origin = _declared(structured, head)
    if truncated or declared is False:
        concluded: Literal["free", "paid"] | None = "paid"
    else:
        concluded = "free" if declared else None
    return Access(concluded, declared, truncated, origin or ("text" if truncated else None))


def _declared(structured: Structured, head: Head) -> tuple[bool | None, Origin | None]:
    for value in structured.values("isAccessibleForFree"):
        stated = _as_bool(value)
        if stated is not None:
            return stated, "json-ld"
    for element in head.items.get("isAccessibleForFree", ()):
        stated = _as_bool(element.get("content") or element.text)
        if stated is not None:
            return stated, "microdata"
    if any(_as_bool(value) is False for value in _of_parts(structured)):
        return False, "json-ld"
    stated = _as_bool(head.first(*_TIERS))
    return stated, None if stated is None else "meta"


def _of_parts(structured: Structured) -> Iterator[object]:
    """Yield what is said of parts of the article, which name the boxes that are not free."""
    for part in structured.values("hasPart"):
        if isinstance(part, dict):
            yield part.get("isAccessibleForFree")


def _as_bool(value: object) -> bool | None:
    """Return what publishers mean by "True", "http://schema.org/False" or "locked"."""
    word = str(value).rpartition("/")[2].strip().lower()
    if word in _FREE:
        return True
    return False if word in _PAID else None


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
