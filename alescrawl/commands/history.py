"""`scrapy history URL`: the revisions of one article, and what changed in each."""

from __future__ import annotations

import sys
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.text import Text
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.history import changed_fields, revisions
from alescrawl.items import PARIS
from alescrawl.text.word_diff import around_changes, word_diff

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from alescrawl.text.word_diff import Stretch

WIDTH = 12
_STYLES = {"same": "", "removed": "red strike", "added": "green"}
_MARKS = {"same": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
"""Without colours, the marks of `git diff --word-diff`."""

_WORD_BY_WORD = frozenset({"title", "kicker"})


class Command(ScrapyCommand):
    """Shows how an article changed since it was first seen."""

    requires_project = True

    def syntax(self) -> str:
        """Return the words that follow the command's name."""
        return "[options] URL"

    def short_desc(self) -> str:
        """Return the line that `scrapy` lists."""
        return "Show the revisions of an article and what changed in each"

    def long_desc(self) -> str:
        """Return what `--help` says."""
        return "URL is an article's address, its canonical address or its article_id."

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the revisions; exit code 1 where the article is unknown."""
        del opts
        if len(args) != 1:
            raise UsageError
        assert self.settings is not None  # noqa: S101 - set by Scrapy
        output = self.settings["ALESCRAWL_OUTPUT"]
        try:
            rows = revisions(output, args[0])
        except DatasetError as error:
            self._fail(str(error))
            return
        if not rows:
            self._fail(f"no article in {output} has the address or article_id {args[0]}")
            return
        console = Console(highlight=False)
        for line in history_lines(rows, coloured=console.is_terminal):
            console.print(line, soft_wrap=True)

    def _fail(self, line: str) -> None:
        print(f"scrapy history: {line}", file=sys.stderr)  # noqa: T201 - what the command is for
        self.exitcode = 1


def history_lines(rows: Sequence[dict[str, Any]], *, coloured: bool) -> Iterator[Text]:
    """Yield the lines about the revisions *rows*, the oldest first."""
    newest = rows[-1]
    yield Text(newest["title"] or "(no title)", "bold")
    yield Text(f"{newest['canonical_url']}  {newest['article_id']}  {newest['source']}")
    if newest["gone_since"] is not None:
        yield Text(f"gone since {_when(newest['gone_since'])}", "red")
    yield _revision(rows[0])
    for old, new in pairwise(rows):
        yield _revision(new) if new["revision"] > old["revision"] else _reading(new)
        yield from _changes(old, new, coloured=coloured)


def _revision(row: dict[str, Any]) -> Text:
    words = f"{row['word_count']} words"
    return Text(f"\nrevision {row['revision']}  {_when(row['fetched_at'])}  {words}", "bold")


def _reading(row: dict[str, Any]) -> Text:
    return Text(f"\nthe same page, read by extractor {row['extractor_version']}", "bold")


def _when(moment: datetime | None) -> str:
    return f"{moment.astimezone(PARIS):%Y-%m-%d %H:%M}" if moment is not None else "at unknown time"


def _changes(old: dict[str, Any], new: dict[str, Any], *, coloured: bool) -> Iterator[Text]:
    for name, before, after in changed_fields(old, new):
        if name in _WORD_BY_WORD:
            yield _line(name, _marked(word_diff(before, after), coloured=coloured))
        else:
            yield _line(name, Text(f"{_plain(before)} → {_plain(after)}"))
    if old["text"] != new["text"]:
        stretches = list(around_changes(word_diff(old["text"], new["text"])))
        yield _line("text", _marked(stretches, coloured=coloured))


def _line(name: str, change: Text) -> Text:
    return Text(f"  {name:<{WIDTH}} ").append(change)


def _marked(stretches: list[Stretch], *, coloured: bool) -> Text:
    parts = []
    for kind, words in stretches:
        before, after = ("", "") if coloured else _MARKS[kind]
        parts.append(Text(f"{before}{words}{after}", _STYLES[kind]))
    return Text(" ").join(parts)


def _plain(value: object) -> str:
    if value is None or value == []:
        return "(empty)"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
