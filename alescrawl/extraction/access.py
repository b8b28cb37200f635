"""Whether an article is free to read: what the page declares, and what was seen of its text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from alescrawl.extraction.meta import Head
    from alescrawl.extraction.structured import Structured
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
    stated = _as_bool(head.first(*_TIERS))
    return stated, None if stated is None else "meta"


def _as_bool(value: object) -> bool | None:
    """Return what publishers mean by "True", "http://schema.org/False" or "locked"."""
    word = str(value).rpartition("/")[2].strip().lower()
    if word in _FREE:
        return True
    return False if word in _PAID else None
