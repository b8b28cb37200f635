"""`scrapy watch [FILE …]`: what is new about the names, places, topics and words of watch lists."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from alescrawl.command import ProjectCommand
from alescrawl.crawling.arguments import ArgumentError, read_limits
from alescrawl.dataset.errors import DatasetError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from alescrawl.watch.session import Lists, Session
    from alescrawl.watch.watching import Outcome

_FAILED, _USAGE = 1, 2


class Command(ProjectCommand):
    """Matches what was collected since the last time; tells by feed, mail and terminal."""

    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - Scrapy's own form

    def syntax(self) -> str:
        """Return the words that follow the command's name."""
        return "[options] [FILE ...]"

    def short_desc(self) -> str:
        """Return the line that `scrapy` lists."""
        return "Tell what is new about the names, places, topics and words of watch lists"

    def long_desc(self) -> str:
        """Return what `--help` says."""
        return (
            "Without a FILE, all lists in the folder watch/ (ALESCRAWL_WATCH). Each becomes a "
            "feed, feeds/NAME.atom in the output folder, and a mail where ALESCRAWL_WATCH_MAIL is "
            "set. "
            "The exit code is 1 where a list has a mistake or a mail could not be sent."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options."""
        super().add_options(parser)
        parser.add_argument("--check", action="store_true", help="only check the lists")
        parser.add_argument(
            "--since", metavar="DATE", help="leave out articles published before that day"
        )
        parser.add_argument("--json", action="store_true", help="print an object for each item")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Look through what is new, and tell of it."""
        from alescrawl.dataset.ledger.connection import existing_dataset
        from alescrawl.watch.session import Session, paths_of, read_lists

        assert self.settings is not None  # noqa: S101 - set by Scrapy
        try:
            session = Session.from_settings(self.settings)
            since = read_limits({"since": opts.since} if opts.since else {}).window.since
            lists = read_lists([Path(arg) for arg in args] or paths_of(self.settings))
            self._note(lists)
            if opts.check or not lists.usable:
                self._say_checked(lists)
                return
            folder = existing_dataset(self.settings)
            show = _as_json if opts.json else _printer(session)
            for failure in session.watch(folder, lists.usable, show, since):
                self._fail(failure, _FAILED)
        except (ArgumentError, DatasetError) as error:
            self._fail(str(error), _USAGE)

    def _note(self, lists: Lists) -> None:
        for mistake in lists.mistakes:
            self._fail(mistake, _FAILED)

    def _say_checked(self, lists: Lists) -> None:
        for watched in lists.usable:
            print(f"{watched.name}: {len(watched.entries)} entries")  # noqa: T201 - what the command is for
        if not lists.usable and not lists.mistakes:
            place = self.settings["ALESCRAWL_WATCH"] if self.settings is not None else ""
            self._fail(
                f"there is no watch list in {place}: write one, such as {place}/morning.csv with "
                "the lines `kind,value` and `commune,Alès` (see docs/watch.md)",
                _USAGE,
            )

    def _fail(self, line: str, code: int) -> None:
        print(f"scrapy watch: {line}", file=sys.stderr)  # noqa: T201 - what the command is for
        self.exitcode = code


def _printer(session: Session) -> Callable[[Outcome], None]:
    def show(outcome: Outcome) -> None:
        for line in session.lines(outcome):
            print(line)  # noqa: T201 - what the command is for
        sys.stdout.flush()

    return show


def _as_json(outcome: Outcome) -> None:
    from alescrawl.watch.session import as_dict

    for told in outcome.told:
        found = {"list": outcome.watched.name, **as_dict(told)}
        print(json.dumps(found, ensure_ascii=False))  # noqa: T201 - what the command is for
    sys.stdout.flush()
