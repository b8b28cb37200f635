"""The table of what a look at the sources came to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alescrawl.crawling.checks.model import Outcome, SourceCheck

_COLOURS: Final[dict[Outcome, str]] = {
    "works": "green",
    "reserved": "cyan",
    "moved": "yellow",
    "empty": "red",
    "blocked": "red",
    "unreachable": "red",
    "gone": "red",
}


def show(checks: Sequence[SourceCheck]) -> None:
    """Print a table of *checks*, plain where the output is no terminal, and a line that sums up."""
    console = Console(highlight=False)
    if console.is_terminal:
        console.print(_table(checks))
    else:
        for line in plain_lines(checks):
            print(line)  # noqa: T201 - what the command is for
    well = sum(each.works for each in checks)
    console.print(f"{well} of {len(checks)} sources work", soft_wrap=True)


def plain_lines(checks: Sequence[SourceCheck]) -> list[str]:
    """Return a line for each source, and one below it for each remark."""
    width = max((len(each.source) for each in checks), default=0)
    lines = []
    for each in checks:
        lines.append(f"{each.source:<{width}}  {each.outcome:<11}  {each.articles:>4} listed")
        lines += [f"{'':<{width}}  {remark}" for remark in each.remarks()]
    return lines


def _table(checks: Sequence[SourceCheck]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("source", no_wrap=True)
    table.add_column("outcome", no_wrap=True)
    table.add_column("listed", justify="right", no_wrap=True)
    table.add_column("remarks", overflow="fold")
    for each in checks:
        outcome = f"[{_COLOURS[each.outcome]}]{each.outcome}[/]"
        remarks = "\n".join(each.remarks()).replace("[", r"\[")
        table.add_row(each.source, outcome, str(each.articles), remarks)
    return table
