"""Names of agencies, desks and publishers, as bylines print them."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from alescrawl.extraction.byline.names import has_case, is_name_like
from alescrawl.extraction.byline.words import agencies, words

_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+){0,3}\.[a-z]{2,4}", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_LONGEST_ACRONYM: Final = 5


def house_name(text: str, publisher: str) -> str | None:
    """Return the name of the agency, desk or publisher that *text* is, if it is one.

    *publisher* is the site's own name, folded with :func:`folded_words`; it may be empty.
    """
    known = agencies().get(text) or agencies().get(text.casefold())
    if known:
        return known
    is_publisher = bool(publisher) and _same_house(folded_words(text), publisher)
    return text if is_publisher or _is_desk(text) or _is_named_as_house(text) else None


def _is_desk(text: str) -> bool:
    found = folded_words(text).split()
    listed = desk_words().intersection(found)
    branch = len(found) > 1 and words("branches").intersection(found)
    return bool(listed or branch) or any(word.endswith(_house_endings()) for word in found)


def _is_named_as_house(text: str) -> bool:
    return _begins_with_article(text) or _is_domain(text) or _is_acronym(text)


def folded_words(text: str) -> str:
    """Return the words of *text* in small letters, joined by blanks."""
    return " ".join(_WORD.findall(text.casefold()))


@cache
def desk_words() -> frozenset[str]:
    """Return the words that only desks and organisations have in their names."""
    return words("desks") | words("organisations")


@cache
def _house_endings() -> tuple[str, ...]:
    return tuple(words("house_endings"))


def without_agency(text: str) -> tuple[str, str | None]:
    """Split off the agency whose long name ends *text* without a separator."""
    folded = text.casefold()
    if not folded.endswith(_endings()):
        return text, None
    name = next(name for name in _endings() if folded.endswith(name))
    return text[: -len(name)].rstrip(), agencies()[name.strip()]


@cache
def _endings() -> tuple[str, ...]:
    long = (f" {name}" for name in agencies() if len(name) > 4)  # noqa: PLR2004 - no initials
    return tuple(sorted(long, key=len, reverse=True))


def _begins_with_article(text: str) -> bool:
    first, _, rest = text.partition(" ")
    return first.casefold() in words("articles") and not is_name_like(text) and bool(rest)


def _is_domain(text: str) -> bool:
    return _DOMAIN.fullmatch(text) is not None and not text.endswith(".")


def _is_acronym(text: str) -> bool:
    is_short = 2 < len(text) <= _LONGEST_ACRONYM  # noqa: PLR2004 - two letters are initials
    return is_short and text.isupper() and text.isalpha() and has_case(text)


def _same_house(folded: str, publisher: str) -> bool:
    return (
        folded == publisher
        or f" {publisher} " in f" {folded} "
        or (
            len(folded) > 4 and f" {folded} " in f" {publisher} "  # noqa: PLR2004
        )
    )
