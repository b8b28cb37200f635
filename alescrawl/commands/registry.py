"""`scrapy registry`: the institutions of articles as companies of the State's registers."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy.exceptions import UsageError

from alescrawl.command import ProjectCommand
from alescrawl.dataset.errors import DatasetError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from alescrawl.dataset.folder import Folder
    from alescrawl.registry.polite import Interface

_FAILED = 1
_TWO = 2


class Command(ProjectCommand):
    """Makes the file of companies, links institutions to it, and says what is doubtful."""

    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - Scrapy's own form

    def syntax(self) -> str:
        """Return the words that follow the command's name."""
        return (
            "[options] update [PLACE] | resolve | check | decide NAME SIREN | events | "
            "gazetteer FILE"
        )

    def short_desc(self) -> str:
        """Return the line that `scrapy` lists."""
        return "Link the institutions of articles to companies of the State's registers"

    def long_desc(self) -> str:
        """Return what `--help` says."""
        return (
            "update reads Sirene's monthly stock files in PLACE, a folder or an address (Insee's "
            "own where none is named), into a file of the Gard's companies; resolve links the "
            "institutions of the dataset to it; check prints what is doubtful; decide says which "
            "company an institution is (or none), in a file of yours that always wins "
            "(ALESCRAWL_REGISTRY_DECISIONS); events reads what the gazette (BODACC) has announced "
            "of linked companies and in the department since the last time; gazetteer adds the "
            "linked companies that articles often name to FILE, names of yours "
            "(ALESCRAWL_GAZETTEER)."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options."""
        super().add_options(parser)
        parser.add_argument(
            "--online",
            action="store_true",
            help="resolve: ask the State's search for the names that the file lacks",
        )
        parser.add_argument(
            "--since", metavar="DATE", help="events: notices published since that day"
        )
        parser.add_argument("--note", metavar="WORDS", default="", help="why it is decided so")
        parser.add_argument(
            "--limit", type=int, default=30, help="most institutions to print (default: 30)"
        )
        parser.add_argument(
            "--least", type=int, default=3, help="gazetteer: articles that name it (default: 3)"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Do what is asked for, and print what came of it."""
        actions: dict[str, Callable[[Folder, list[str], argparse.Namespace], None]] = {
            "update": self._update,
            "resolve": self._resolve,
            "check": self._check,
            "decide": self._decide,
            "events": self._events,
            "gazetteer": self._gazetteer,
        }
        if not args:
            raise UsageError(f"say what to do: {', '.join(actions)}")
        if args[0] not in actions:
            raise self.wrong_words(*actions, word=args[0])
        from alescrawl.dataset.folder import Folder

        try:
            actions[args[0]](Folder.from_settings(self._settings), args[1:], opts)
        except DatasetError as error:
            self._fail(str(error))

    @property
    def _settings(self) -> Any:  # noqa: ANN401 - Scrapy's
        assert self.settings is not None  # noqa: S101 - set by Scrapy
        return self.settings

    @property
    def _decisions(self) -> Path:
        return Path(self._settings["ALESCRAWL_REGISTRY_DECISIONS"])

    def _update(self, folder: Folder, args: list[str], _opts: argparse.Namespace) -> None:
        from alescrawl.registry.terms import facts
        from alescrawl.registry.updating import update

        place = args[0] if args else facts()["sirene"]["address"]
        folder.prepare()
        told, counts, missing = update(folder, place, self._settings["USER_AGENT"])
        day = f", stock of {told.stock_date}" if told.stock_date else ""
        _say(
            f"{counts.kept} companies of {counts.units} with an establishment in {told.department}"
            f"{day}: {counts.persons} persons' trade names; left out {counts.hidden} that are not "
            f"to be diffused, {counts.nameless} without a name"
        )
        for name in missing:
            _say(f"{name} is not there: former names and seats, or successors, are not known")
        _say(f"{told.attribution}, {told.licence}")

    def _resolve(self, folder: Folder, _args: list[str], opts: argparse.Namespace) -> None:
        from alescrawl.registry.decisions import read_decisions
        from alescrawl.registry.resolving import resolve

        decisions = read_decisions(self._decisions)
        found = resolve(folder, decisions)
        if opts.online and found.unlinked:
            self._ask(folder, found.unlinked)
            found = resolve(folder, decisions)
        _say(
            f"{found.institutions} institutions: {found.linked} linked, {found.decided} decided by "
            f"you, {found.in_list} by the gazetteer; {found.candidates} are doubtful (`scrapy "
            f"registry check`), {found.unknown} are not in the register's file"
        )

    def _ask(self, folder: Folder, names: list[str]) -> None:
        from datetime import UTC, datetime

        from alescrawl.registry.online import ask
        from alescrawl.registry.store import Store

        search = self._interface("search")
        with Store(folder) as store:
            asked = ask(names, store, search, datetime.now(UTC).date())
        _say(f"{asked.asked} of {asked.names} names asked for, {asked.requests} requests")
        if asked.stopped:
            self._fail(asked.stopped)

    def _events(self, folder: Folder, _args: list[str], opts: argparse.Namespace) -> None:
        from datetime import UTC, date, datetime

        from alescrawl.entities.gazetteer.lists import GARD
        from alescrawl.registry.events import publish_events
        from alescrawl.registry.gazette import Gazette
        from alescrawl.registry.resolving import linked_sirens
        from alescrawl.registry.store import Store
        from alescrawl.watch.session import watched_sirens

        try:
            since = date.fromisoformat(opts.since) if opts.since else None
        except ValueError as error:
            raise DatasetError(f"{opts.since!r} is no date: write one as 2026-03-31") from error
        sirens = linked_sirens(self._settings["ALESCRAWL_OUTPUT"]) | watched_sirens(self._settings)
        with Store(folder) as store:
            today = datetime.now(UTC).date()
            gazette = Gazette(self._interface("bodacc"), store, sorted(sirens), GARD, today)
            told = gazette.fetch(since)
            rows = publish_events(folder, store, sirens)
        _say(
            f"{rows} events, {told.notices} notices came for {told.companies} companies and the "
            f"department, {told.requests} requests"
        )
        if told.unread:
            _say(f"{told.unread} notices of an unknown form were left out")
        if told.stopped:
            self._fail(told.stopped)

    def _interface(self, name: str) -> Interface:
        from alescrawl.registry.polite import Interface
        from alescrawl.registry.terms import facts

        settings = {"search": "ALESCRAWL_REGISTRY_SEARCH", "bodacc": "ALESCRAWL_REGISTRY_GAZETTE"}
        address = self._settings[settings[name]] or facts()[name]["address"]
        delay = self._settings.getfloat("ALESCRAWL_REGISTRY_DELAY")
        return Interface(address, self._settings["USER_AGENT"], delay)

    def _fail(self, line: str) -> None:
        print(f"scrapy registry: {line}", file=sys.stderr)  # noqa: T201 - what the command is for
        self.exitcode = _FAILED

    def _check(self, folder: Folder, _args: list[str], opts: argparse.Namespace) -> None:
        from alescrawl.registry.checking import doubts
        from alescrawl.registry.decisions import read_decisions

        lines = list(doubts(folder, read_decisions(self._decisions), opts.limit))
        for line in lines or ["nothing is doubtful"]:
            _say(line)

    def _gazetteer(self, folder: Folder, args: list[str], opts: argparse.Namespace) -> None:
        from alescrawl.registry.own_gazetteer import add_companies

        if len(args) != 1:
            raise UsageError("say which file: scrapy registry gazetteer names.csv")
        added = add_companies(folder, self._settings["ALESCRAWL_OUTPUT"], Path(args[0]), opts.least)
        for name in added:
            _say(f"+ {name}")
        _say(
            f"{len(added)} companies added to {args[0]}: "
            f"`scrapy crawl … -s ALESCRAWL_GAZETTEER={args[0]}` finds them by these names"
        )

    def _decide(self, folder: Folder, args: list[str], opts: argparse.Namespace) -> None:
        from alescrawl.registry.checking import decide

        if len(args) != _TWO:
            raise UsageError("say who is which company: scrapy registry decide 'Name' SIREN|none")
        _say(decide(folder, self._decisions, args[0], args[1], opts.note))


def _say(line: str) -> None:
    print(line)  # noqa: T201 - what the command is for
