"""What an address alone says about its page: a tag, an author, a legal notice … or nothing."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, Literal, cast
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal[
    "article",
    "part",
    "home",
    "listing",
    "tag",
    "author",
    "search",
    "legal",
    "contact",
    "about",
    "page",
    "attachment",
    "protected",
    "shop",
    "service",
    "feed",
    "file",
    "error",
    "undated",
]
"""What a page is. *part* is a later page of a split article, *page* one that stands for itself
and is never news, *service* one for visitors (log in, newsletter), *error* one that says that
there is nothing, whatever its status, *undated* a text that nothing shows to be news."""

_FACTS: Final = tomllib.loads(
    (files("alescrawl") / "data" / "address_kinds.toml").read_text(encoding="utf-8")
)
_EXTENSION = re.compile(r"\.(?:html?|php\d?|aspx?|jsp|shtml)$")
_HEADLINE = re.compile(r"(?<![^\W_])(?:[^\W_]++[-_]){3}[^\W_]|\d{3}")
_DEEPEST_PAGE = 2
_NO_LETTER = re.compile(r"[\W_]+")


def address_kind(url: str) -> Kind | None:
    """Return what the page at *url* is if its address says so, ``None`` where it may be anything.

    Only forms that no article has are told apart; *article* is never returned.
    """
    path, query = _plain(url)
    if path == "/" and not query:
        return "home"
    segments = path.lstrip("/").split("/")
    return (
        _below_folder(segments)
        or _by_form(f"{path}?{query}" if query else path)
        or _by_name(segments, query)
    )


def is_like_headline(url: str) -> bool:
    """Return whether the end of the path of *url* has the words or the number of an article."""
    path, query = _plain(url)
    last = _EXTENSION.sub("", path.rpartition("/")[2])
    return _HEADLINE.search(last) is not None or re.search(r"\d{2}", query) is not None


def title_kind(title: str) -> Kind | None:
    """Return what a page with the headline *title* is where that is the name of such a page."""
    return _pages().get(_NO_LETTER.sub("-", _folded(title)).strip("-"))


def _plain(url: str) -> tuple[str, str]:
    """Return the path and the query of *url* as the facts are written."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "/", ""
    return _folded(unquote(parts.path)).rstrip("/") or "/", _folded(unquote(parts.query))


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _below_folder(segments: list[str]) -> Kind | None:
    folders = _words("folders")
    return next((folders[segment] for segment in segments if segment in folders), None)


def _by_form(address: str) -> Kind | None:
    # Most addresses have no form: one search for all of those that it could have tells.
    if _any_form(query="?" in address).search(address) is None:
        return None
    return next((kind for kind, form in _forms().items() if form.search(address)), None)


def _by_name(segments: list[str], query: str) -> Kind | None:
    last = _EXTENSION.sub("", segments[-1])
    may_be_headline = len(segments) > 1 and _HEADLINE.search(last)
    rubrics = _words("rubrics")
    if not may_be_headline and (found := rubrics.keys() & set(segments)):
        return rubrics[found.pop()]
    kind = _pages().get(last) if len(segments) <= _DEEPEST_PAGE else None
    # Many systems give every page the path /index.php.
    return None if kind == "home" and query else kind


def _pages() -> Mapping[str, Kind]:
    return _words("pages")


@cache
def _words(table: str) -> Mapping[str, Kind]:
    """Return the kind of each word of *table*."""
    kinds = cast("dict[Kind, list[str]]", _FACTS[table])
    return {word: kind for kind, words in kinds.items() for word in words}


@cache
def _any_form(*, query: bool) -> re.Pattern[str]:
    forms = [form for forms in _FACTS["forms"].values() for form in forms]
    return re.compile("|".join(form for form in forms if query or not form.startswith("[?&]")))


@cache
def _forms() -> Mapping[Kind, re.Pattern[str]]:
    kinds = cast("dict[Kind, list[str]]", _FACTS["forms"])
    return {kind: re.compile("|".join(forms)) for kind, forms in kinds.items()}
