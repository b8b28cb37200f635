"""The revisions of an article as lines for a terminal: when each was read and what changed."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from rich.text import Text

from alescrawl.dataset.history import changed_fields
from alescrawl.items import PARIS
from alescrawl.text.word_diff import around_changes, word_diff

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from alescrawl.text.word_diff import Stretch

WIDTH = 12
_STYLES = {"same": "", "removed": "red strike", "added": "green"}
_MARKS = {"same": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
"""Without colours, the marks of `git diff --word-diff`."""

_WORD_BY_WORD = frozenset({"title", "kicker"})


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
