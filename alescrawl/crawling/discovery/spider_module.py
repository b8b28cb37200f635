"""Writes the module of a source from what a crawl of its site found: ready to be saved."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from alescrawl.crawling.routes.model import Route

_WORD = re.compile(r"[a-z0-9]+")
_LINE = 100


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """What a source's module says; see :class:`~alescrawl.crawling.discovery.spider.NewsSpider`."""

    name: str
    publisher: str | None
    hosts: Sequence[str]
    routes: Sequence[Route]
    article_urls: Sequence[str]
    verified: date


def class_name(source: str) -> str:
    """Return a class name for *source*: « journal-d-ales.example » is ``JournalDAles``."""
    words = _WORD.findall(source.lower().rpartition(".")[0] or source.lower())
    name = "".join(word.capitalize() for word in words)
    return name if name[:1].isalpha() else f"Site{name}"


def file_name(source: str) -> str:
    """Return the name of the module's file: ``journal_d_ales.py``."""
    words = _WORD.findall(source.lower().rpartition(".")[0] or source.lower())
    name = "_".join(words)
    return f"{name if name[:1].isalpha() else f'site_{name}'}.py"


def module_lines(facts: SourceFacts) -> Iterator[str]:
    """Yield the lines of the module that crawls the source of *facts*."""
    publisher = facts.publisher or facts.name
    kinds = sorted({type(route).__name__ for route in facts.routes})
    yield f'"""{_docstring(publisher)}."""'
    yield ""
    yield "from __future__ import annotations"
    yield ""
    yield f"from alescrawl.crawling.routes.model import {', '.join(kinds)}"
    yield "from alescrawl.crawling.discovery.spider import NewsSpider"
    yield ""
    yield ""
    yield f"class {class_name(facts.name)}(NewsSpider):"
    yield f'    """{_docstring(publisher)}, as `scrapy crawl site` found it."""'
    yield ""
    yield f"    name = {_quoted(facts.name)}"
    if facts.publisher:
        yield f"    publisher = {_quoted(facts.publisher)}"
    yield from _tuple("hosts", map(_quoted, facts.hosts))
    yield from _tuple("routes", map(_call, facts.routes))
    if facts.article_urls:
        yield from _tuple("article_urls", (f'r"{each}"' for each in facts.article_urls))
    yield f"    verified = {_quoted(facts.verified.isoformat())}"


def _tuple(name: str, values: Iterator[str]) -> Iterator[str]:
    listed = list(values)
    line = f"    {name} = ({', '.join(listed)}{',' if len(listed) == 1 else ''})"
    if len(line) <= _LINE:
        yield line
        return
    yield f"    {name} = ("
    yield from (f"        {value}," for value in listed)
    yield "    )"


def _call(route: Route) -> str:
    return f"{type(route).__name__}({_quoted(route.url)})"


def _quoted(text: str) -> str:
    """Return *text* as a Python literal, in double quotes where it can be."""
    literal = repr(text)
    return f'"{literal[1:-1]}"' if literal[0] == "'" and '"' not in text else literal


def _docstring(text: str) -> str:
    return text.replace("\\", "").replace('"', "'").replace("\n", " ").strip().rstrip(".")
