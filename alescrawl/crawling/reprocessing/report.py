"""What reading the archive again came to: a few lines, and a table of the fields that changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.table import Table

from alescrawl.crawling.runs.summary import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from alescrawl.crawling.reprocessing.reprocess import Reprocessing
    from alescrawl.dataset.gate.comparison import FieldChange

_HEADINGS: Final = ("field", "before", "after", "changed", "gained", "lost", "example")
_WIDTHS: Final = (24, 8, 8, 8, 8, 8)

_WHY: Final = {
    "not_archived": "no archived page of this state of the article",
    "damaged": "the archived page is damaged",
    "other_address": "the page has another canonical address for today's code",
    "part_missing": "a part of the article is not in the archive",
    "moved_on": "changed by another process meanwhile",
    "lost_worker": "reading it ended its process",
    "extraction_error": "today's code fails on it: please report this page",
}


def report(console: Console, source: str, done: Reprocessing) -> None:
    """Print what became of the articles of *source*."""
    for line in _lines(source, done):
        console.print(line, soft_wrap=True)
    changes = done.comparison.changes()
    if not changes:
        return
    if console.is_terminal:
        console.print(_table(changes))
        return
    for cells in [_HEADINGS, *map(_cells, changes.items())]:
        console.print(_plain(cells), soft_wrap=True, markup=False)


def _lines(source: str, done: Reprocessing) -> Iterator[str]:
    found = done.comparison
    as_before = found.articles - found.changed
    yield (
        f"{source}: {found.articles} articles read again, "
        f"{found.changed} changed, {as_before} as before"
    )
    for reason, count in sorted(done.kept.items()):
        yield f"  {count} left as they are: {_WHY.get(reason, in_words(reason))}"


def _cells(change: tuple[str, FieldChange]) -> tuple[str, ...]:
    name, of = change
    return (name, *map(str, (of.before, of.after, of.changed, of.gained, of.lost)), of.example)


def _plain(cells: tuple[str, ...]) -> str:
    name, *figures, example = cells
    columns = [f"{name:<{_WIDTHS[0]}}"]
    columns += [f"{figure:>{width}}" for figure, width in zip(figures, _WIDTHS[1:], strict=True)]
    return f"{''.join(columns)}  {example}"


def _table(changes: dict[str, FieldChange]) -> Table:
    table = Table()
    for heading in _HEADINGS:
        table.add_column(heading, justify="left" if heading in {"field", "example"} else "right")
    for change in changes.items():
        table.add_row(*_cells(change))
    return table
