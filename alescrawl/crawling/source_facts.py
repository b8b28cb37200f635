"""Checks the facts that a source's module states, as arguments of a command are checked."""

from __future__ import annotations

import inspect
import re
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final, get_args

from scrapy import Spider

from alescrawl.crawling.source import Kind, Rights, Scope, Source
from alescrawl.items import Article

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORDS: Final[dict[str, tuple[str, ...]]] = {
    "kind": get_args(Kind),
    "scope": get_args(Scope),
    "rights": get_args(Rights),
}
_PATTERNS: Final = (
    *("article_urls", "former_article_urls", "ignored_urls", "digests", "boilerplate", "endings"),
)
_LISTS: Final = ("hosts", "former_hosts", "routes", *_PATTERNS)


def wrong_facts(source: type[Source]) -> Iterator[str]:
    """Yield what is wrong with the facts of *source*, a line each: file, line, what is expected."""
    for name, value in _own_facts(source):
        for what in _wrong(source, name, value):
            yield f"{_place(source, name)}: {name}: {what}"


def wrong_patterns(source: type[Source]) -> Iterator[str]:
    """Yield what is wrong with its patterns and selectors, which are compiled for that."""
    for name in _PATTERNS:
        for pattern in getattr(source, name):
            try:
                re.compile(pattern)
            except re.error as error:
                yield f"{_place(source, name)}: {name}: {pattern!r} is no pattern ({error})"
    for field, selector in source.selectors.items():
        if (what := _wrong_selector(selector)) is not None:
            yield f"{_place(source, 'selectors')}: selectors[{field!r}]: {what}"


def _own_facts(source: type[Source]) -> Iterator[tuple[str, Any]]:
    """Yield the facts that the class itself states, methods and private names left out."""
    for name, value in vars(source).items():
        is_method = callable(value) or isinstance(value, property | classmethod | staticmethod)
        if not (name.startswith("_") or is_method or hasattr(value, "__get__")):
            yield name, value


def _wrong(source: type[Source], name: str, value: Any) -> Iterator[str]:  # noqa: ANN401 - a user's
    known = {n for base in source.__mro__[1:] for n in vars(base)} | set(_annotated(source))
    if name not in known and name not in {"name", "start_urls"}:
        yield f"there is no such fact{_perhaps(name, known)}; docs/add-a-source.md lists them"
    elif name in _WORDS and value is not None and value not in _WORDS[name]:
        yield f"{value!r} is none; there are: {', '.join(_WORDS[name])}"
    elif name == "since" and not _is_day(value):
        yield f"{value!r} is no day such as '2014-03-01'"
    elif name in _LISTS and (isinstance(value, str) or not hasattr(value, "__iter__")):
        yield f"{value!r} is no list: write [{value!r}]"
    elif name == "selectors":
        fields = set(Article.__dataclass_fields__)
        yield from (
            f"{field!r} is no field of an article{_perhaps(field, fields)}"
            for field in value
            if field not in fields
        )


def _is_day(value: object) -> bool:
    try:
        return value == "" or bool(date.fromisoformat(str(value)))
    except ValueError:
        return False


def _annotated(source: type[Source]) -> Iterator[str]:
    for base in (*source.__mro__[1:], Spider):
        yield from vars(base).get("__annotations__", {})


def _perhaps(name: str, known: set[str]) -> str:
    public = sorted(each for each in known if not each.startswith("_"))
    return "".join(f", perhaps {each}" for each in get_close_matches(name, public, n=1))


def _wrong_selector(selector: object) -> str | None:
    # Not at the top: to list the sources needs no parser.
    from alescrawl.extraction.page.selectors import compiled  # noqa: PLC0415

    try:
        compiled(selector)
    except (ValueError, TypeError, AttributeError) as error:
        return f"{error}: it is neither CSS nor XPath"
    return None


def _place(source: type[Source], name: str) -> str:
    """Return the file of *source* and the line on which it states *name*."""
    try:
        file, (lines, first) = inspect.getsourcefile(source), inspect.getsourcelines(source)
    except (OSError, TypeError):
        return source.__module__
    stated = re.compile(rf"\s+{re.escape(name)}\s*[:=]")
    line = next((n for n, text in enumerate(lines, first) if stated.match(text)), first)
    return f"{file}:{line}"
