"""`scrapy find "plan social" --commune Alès`: articles by their words and by what they name."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from alescrawl.command import ProjectCommand
from alescrawl.crawling.arguments import ArgumentError, read_limits
from alescrawl.dataset.errors import DatasetError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from rich.text import Text

    from alescrawl.watch.finding import Found
    from alescrawl.watch.matching import Sentence

WIDE = 140
"""Columns where the output is no terminal."""
_MOST = 30
_USAGE = 2
_FACTS = (
    ("commune", "COMMUNE", "that name it (INSEE code or name; may be repeated)"),
    ("epci", "EPCI", "that name one of its communes"),
    ("institution", "NAME", "that name it"),
    ("siren", "SIREN", "that name the body with this number"),
    ("topic", "TOPIC", "on that topic, such as emploi"),
)


class Command(ProjectCommand):
    """Searches titles and texts; prints the sentences that were found."""

    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - Scrapy's own form

    def syntax(self) -> str:
        """Return the words that follow the command's name."""
        return "[options] [WORDS ...]"

    def short_desc(self) -> str:
        """Return the line that `scrapy` lists."""
        return "Find articles by their words, and by the places and institutions they name"

    def long_desc(self) -> str:
        """Return what `--help` says."""
        return (
            'WORDS must all be there; "plan social" is a phrase, licenci* a beginning, A OU B an '
            "alternative, and what --not names must not be there. Case and accents do not matter."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options."""
        super().add_options(parser)
        for name, metavar, text in _FACTS:
            parser.add_argument(
                f"--{name}", metavar=metavar, action="append", default=[], help=f"articles {text}"
            )
        parser.add_argument("--source", metavar="NAME", action="append", default=[])
        parser.add_argument(
            "--not", dest="without", metavar="WORDS", action="append", default=[], help="without"
        )
        parser.add_argument("--since", metavar="DATE", help="articles published since that day")
        parser.add_argument("--until", metavar="DATE", help="articles published before that day")
        parser.add_argument(
            "--limit",
            metavar="N",
            type=int,
            default=_MOST,
            help=f"at most (default {_MOST}; 0: all)",
        )
        parser.add_argument("--json", action="store_true", help="print a list of objects")
        parser.add_argument("--csv", action="store_true", help="print a table as CSV")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Search, and print what was found; exit code 1 where nothing was."""
        from alescrawl.dataset.ledger.connection import existing_dataset
        from alescrawl.watch import finding
        from alescrawl.watch.index import Filters

        assert self.settings is not None  # noqa: S101 - set by Scrapy
        try:
            limits = {n: getattr(opts, n) for n in ("since", "until") if getattr(opts, n)}
            window = read_limits(limits).window
            named = [getattr(opts, n) for n, _, _ in _FACTS]
            expression = finding.query(args, opts.without)
            filters = Filters(window.since, window.until, opts.source, finding.facts(*named))
            if expression is None and not any((*limits, *opts.source, *filters.facts)):
                self._fail('name words, such as scrapy find "plan social", or an option')
                return
            folder = existing_dataset(self.settings)
            finding.check_sources(folder, opts.source)
            found = finding.find(folder, expression, filters, max(opts.limit, 0) or None, _tell)
        except (ArgumentError, DatasetError) as error:
            self._fail(str(error))
            return
        if opts.json:
            print(json.dumps([finding.row(f) for f in found], ensure_ascii=False, indent=1))  # noqa: T201 - what the command is for
        elif opts.csv:
            print(finding.as_csv(found), end="")  # noqa: T201 - as above
        else:
            _show(found)
        self.exitcode = 0 if found else 1

    def _fail(self, line: str) -> None:
        print(f"scrapy find: {line}", file=sys.stderr)  # noqa: T201 - what the command is for
        self.exitcode = _USAGE


def _tell(line: str) -> None:
    if sys.stderr.isatty():
        print(line, file=sys.stderr)  # noqa: T201 - what the command is for


def _show(found: Sequence[Found]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from alescrawl.watch.finding import day

    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(width=WIDE, highlight=False)
    table = Table(box=None, pad_edge=False, expand=True)
    table.add_column("published", no_wrap=True)
    table.add_column("publisher", overflow="fold", max_width=24)
    table.add_column("title and what was found", ratio=1, overflow="fold")
    for each in found:
        told = each.document.row
        cell = Text(told["title"] or "", style="bold")
        for sentence in each.sentences:
            cell.append("\n").append(_marked(sentence))
        cell.append(f"\n{told['canonical_url']}", style="dim")
        also = "".join(f"\n+ {copy.row['publisher'] or copy.row['source']}" for copy in each.copies)
        table.add_row(
            day(each, "%Y-%m-%d %H:%M"), f"{told['publisher'] or told['source']}{also}", cell
        )
    console.print(table)
    console.print(f"{len(found)} found. Times are those of Paris.", style="dim")


def _marked(sentence: Sentence) -> Text:
    from rich.text import Text

    text = Text(style="not bold")
    for piece, meant in sentence.pieces:
        text.append(piece, style="bold yellow" if meant else "not bold")
    return text
