"""The revisions of an article as lines for a terminal: when each was read and what changed."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc
from rich.text import Text

from alescrawl.dataset import tables
from alescrawl.dataset.folder import storage_at
from alescrawl.dataset.reading.load import scan, table_keys
from alescrawl.extraction.canonical import canonical_url
from alescrawl.items import PARIS, fingerprint
from alescrawl.text.word_diff import around_changes, word_diff

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from alescrawl.text.word_diff import Stretch

READING = frozenset(
    {
        *("article_id", "revision", "fetched_at", "first_seen", "extractor_version", "provenance"),
        *("archive", "captured_at", "only_archived"),
    }
)
"""Columns that say how an article was read, not what it says."""

DERIVED = frozenset({"text", "paragraphs", "lead", "word_count", "content_hash"})
"""Columns that change with the text, which is shown word by word."""


def revisions(output: str | Path, article: str) -> list[dict[str, Any]]:
    """Return the rows of an article, the newest last; none where it is unknown.

    There is one a revision, and one more for each earlier extractor that read it otherwise.

    *article* is its address, its canonical address or its ``article_id``. Raises
    :exc:`DatasetError` where the output folder is none.
    """
    found = _rows(output, tables.ARTICLES, _names(article))
    if not found:
        return []
    # Of two, one may only have been read at the address that is the other's own.
    newest = max(found, key=lambda row: (row["canonical_url"] == article, row["revision"]))
    older = _rows(output, tables.REVISIONS, pc.field("article_id") == newest["article_id"])
    return [*sorted(older, key=_age), newest]


def _age(row: dict[str, Any]) -> tuple[int, int, str]:
    extractor = row["extractor_version"]
    return row["revision"], len(extractor), extractor


def changed_fields(old: dict[str, Any], new: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """Yield name, old and new value of each column that changed, the text's own left out."""
    for name, value in new.items():
        if name not in READING | DERIVED and old[name] != value:
            yield name, old[name], value


def _names(article: str) -> pc.Expression:
    canonical = canonical_url(article) if "://" in article else article
    addresses = [article, canonical]
    return (
        pc.field("article_id").isin([article, fingerprint(canonical)])
        | pc.field("canonical_url").isin(addresses)
        | pc.field("url").isin(addresses)
    )


def _rows(output: str | Path, table: str, chosen: pc.Expression) -> list[dict[str, Any]]:
    storage = storage_at(output)
    keys = table_keys(storage, table)
    rows: list[dict[str, Any]] = scan(storage, table, keys, chosen).to_pylist()
    return rows


WIDTH = 12

_STYLES = {"same": "", "removed": "red strike", "added": "green"}

_MARKS = {"same": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}

"""Without colours, the marks of `git diff --word-diff`."""

_WORD_BY_WORD = frozenset({"title", "kicker"})


def history_lines(
    rows: Sequence[dict[str, Any]], notes: Sequence[str] = (), *, coloured: bool
) -> Iterator[Text]:
    """Yield the lines about the revisions *rows*, the oldest first, after *notes* on all."""
    newest = rows[-1]
    yield Text(newest["title"] or "(no title)", "bold")
    yield Text(f"{newest['canonical_url']}  {newest['article_id']}  {newest['source']}")
    yield from map(Text, notes)
    if newest["gone_since"] is not None:
        yield Text(f"gone since {_when(newest['gone_since'])}", "red")
    yield _revision(rows[0])
    for old, new in pairwise(rows):
        yield _revision(new) if new["revision"] > old["revision"] else _reading(new)
        yield from _changes(old, new, coloured=coloured)


def _revision(row: dict[str, Any]) -> Text:
    words = f"{row['word_count']} words"
    origin = f"  from {row['archive']}" if row["archive"] else ""
    when = _when(row["fetched_at"])
    return Text(f"\nrevision {row['revision']}  {when}  {words}{origin}", "bold")


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
