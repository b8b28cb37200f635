"""Hints: what the routes say about an article, kept with its address until the page is read.

In the ledger they are JSON: for each field its value and the kind of route that said it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

from alescrawl.dataset.ledger.connection import instant_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime


RouteOrigin = Literal["rest", "feed", "sitemap", "listing"]
"""The kind of route that said it; a kind of provenance, see :data:`alescrawl.items.Origin`."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One article as a route lists it; texts are plain, times are UTC.

    *latest* bounds the publication from above, where no route says when it was: the end of the
    day in whose folder the article lies. *listed_by* is the address of the route where it names
    all that there are, so that what it no longer names may be gone; feeds, listings and sitemaps of
    news name the newest only.
    """

    url: str
    published: datetime | None = None
    lastmod: datetime | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    tags: tuple[str, ...] = ()
    excerpt: str | None = None
    origin: RouteOrigin = "listing"
    latest: datetime | None = None
    listed_by: str | None = None


Hints = dict[str, tuple[Any, RouteOrigin]]
"""For each field what was said (times as ISO 8601 in UTC) and by which kind of route."""

LIST_ARTICLES = frozenset({"rest", "feed"})
"""The kinds of routes that list nothing but articles."""

LINK = "link"
"""The hint of an entry that is an address and no more: no field of an article."""

WITHHELD = {"all": "reserved", "text": "metadata_only"}
"""The reason of an address for what is withheld of its article."""

WITHHOLDING = frozenset({*WITHHELD.values(), "rights", "forgotten"})
"""Reasons for which not all that routes say of an address is kept."""

_OF_WORDS = ("excerpt",)

_OF_ALL = (*_OF_WORDS, "authors", "section", "tags")

LONGEST_TEXT = 2_000

MOST_TERMS = 50

_RANKING = {origin: rank for rank, origin in enumerate(get_args(RouteOrigin))}

# The REST interface of WordPress names one author where a feed names all.
_AUTHOR_RANKING = _RANKING | {"rest": _RANKING["feed"], "feed": _RANKING["rest"]}

# When a sitemap or a listing says that a page changed, it may be for the rank of a related link.
_SAY_WHEN_THE_WORDS_CHANGED = frozenset({"rest", "feed"})


def hints_of(entry: Listed) -> str | None:
    """Return what *entry* says as the ledger keeps it; ``None`` where it says nothing."""
    if entry.origin == "sitemap" and not (entry.title or entry.published):
        return None  # has no news block, as tens of thousands of others
    said = {
        "published": instant_text(entry.published),
        "modified": _modified(entry),
        "title": _short(entry.title),
        "authors": [_short(name) for name in entry.authors[:MOST_TERMS]],
        "section": _short(entry.section),
        "tags": [_short(tag) for tag in entry.tags[:MOST_TERMS]],
        "excerpt": _short(entry.excerpt),
    }
    hints = {name: (value, entry.origin) for name, value in said.items() if value}
    if not hints and entry.origin in LIST_ARTICLES:
        hints = {LINK: (entry.url, entry.origin)}
    return _packed(hints) if hints else None


def is_listed_as_article(hints: Hints) -> bool:
    """Return whether a route that lists nothing but articles lists this one."""
    return any(origin in LIST_ARTICLES for _, origin in hints.values())


def merged_hints(known: str | None, told: str | None) -> str | None:
    """Return *known* with what was *told* now: of each field what the better route said.

    Of two routes of one kind the one that speaks last is believed.
    """
    if not known or not told:
        return told or known
    hints = read_hints(known)
    for name, (value, origin) in read_hints(told).items():
        if name not in hints or _rank(name, origin) <= _rank(name, hints[name][1]):
            hints[name] = (value, origin)
    return _packed(hints)


def read_hints(packed: str | None) -> Hints:
    """Return the hints of a row of the ledger."""
    loaded: dict[str, Any] = json.loads(packed) if packed else {}
    return {name: (value, origin) for name, (value, origin) in loaded.items()}


def without_hints(packed: str, is_unwanted: Callable[[str], bool]) -> str | None:
    """Return the hints of a row without the values that are, or hold, an unwanted text."""
    hints = read_hints(packed)
    kept = {n: (v, o) for n, (v, o) in hints.items() if not any(map(is_unwanted, _texts(v)))}
    return _packed(kept) if kept else None


def allowed_hints(packed: str | None, reason: str | None) -> str | None:
    """Return the hints of a row without what may not be kept of an article for that *reason*."""
    if reason in {"forgotten", "rights"}:
        return None
    unwanted = {"reserved": _OF_ALL, "metadata_only": _OF_WORDS}.get(reason or "")
    if not packed or unwanted is None:
        return packed
    kept = {name: said for name, said in read_hints(packed).items() if name not in unwanted}
    return _packed(kept) if kept else None


def _texts(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _modified(entry: Listed) -> str | None:
    if entry.origin not in _SAY_WHEN_THE_WORDS_CHANGED or entry.lastmod == entry.published:
        return None
    return instant_text(entry.lastmod)


def _short(text: str | None) -> str | None:
    return text[:LONGEST_TEXT] if text else None


def _rank(name: str, origin: RouteOrigin) -> int:
    return (_AUTHOR_RANKING if name == "authors" else _RANKING)[origin]


def _packed(hints: Mapping[str, tuple[Any, RouteOrigin]]) -> str:
    return json.dumps(hints, ensure_ascii=False, separators=(",", ":"))
