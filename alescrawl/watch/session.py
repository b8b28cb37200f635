"""All watch lists of the settings, looked through once: by the command, or after a crawl."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from alescrawl.crawling.arguments import ArgumentError
from alescrawl.dataset.folder import Folder
from alescrawl.dataset.ledger.connection import Ledger
from alescrawl.watch.lists import WatchListError, list_files, read_list
from alescrawl.watch.mailing import Mailing
from alescrawl.watch.watching import Watching
from alescrawl.watch.wording import LANGUAGES, Wording, item_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from scrapy.settings import BaseSettings

    from alescrawl.watch.entries import WatchList
    from alescrawl.watch.items import Told
    from alescrawl.watch.watching import Outcome

SHOWN: Final = 20
"""Items of a list that are printed with their sentences."""


@dataclass
class Lists:
    """The lists that can be used, and a line for each mistake of the others."""

    usable: list[WatchList] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)


def read_lists(paths: Sequence[Path]) -> Lists:
    """Return the lists in the files *paths*, one of each name."""
    found = Lists()
    names: dict[str, Path] = {}
    for path in paths:
        try:
            read = read_list(path)
        except WatchListError as error:
            found.mistakes += str(error).splitlines()
            continue
        if (other := names.setdefault(read.name, path)) != path:
            found.mistakes.append(f"{path}: is called as {other} is, and so would be its feed")
        else:
            found.usable.append(read)
    return found


def paths_of(settings: BaseSettings) -> list[Path]:
    """Return the files of the watch lists that the settings name, none where there is no place."""
    place = settings["ALESCRAWL_WATCH"]
    return list_files(Path(place)) if place and Path(place).exists() else []


def watched_sirens(settings: BaseSettings) -> set[str]:
    """Return the SIRENs that the usable watch lists of the settings name."""
    lists = read_lists(paths_of(settings)).usable
    return {e.value for watched in lists for e in watched.entries if e.kind == "siren"}


@dataclass(frozen=True)
class Session:
    """What the settings say about watch lists, checked."""

    wording: Wording
    mailing: Mailing | None
    base: str

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Session:
        """Return it; raise :exc:`ArgumentError` where a setting cannot be used."""
        language = settings["ALESCRAWL_WATCH_LANGUAGE"]
        if language not in LANGUAGES:
            raise ArgumentError(f"ALESCRAWL_WATCH_LANGUAGE: {language!r} is neither fr nor en")
        mailing = Mailing.from_settings(settings)
        return cls(Wording(language), mailing, settings["ALESCRAWL_WATCH_FEEDS_AT"] or "")

    def watch(
        self,
        folder: Folder,
        lists: Sequence[WatchList],
        show: Callable[[Outcome], None],
        since: datetime | None = None,
    ) -> list[str]:
        """Look through what is new for each of *lists*, *show* it; return what could not be told.

        Raises :exc:`DatasetError` where the dataset cannot be used.
        """
        failures = []
        with closing(Ledger(folder.ledger)) as ledger:
            watching = Watching(ledger, folder, self.wording, self.mailing, self.base)
            with watching.alone():
                for watched in lists:
                    outcome = watching.watch(watched, since)
                    show(outcome)
                    watching.shown(outcome)
                    failures += [f"{watched.name}: {failure}" for failure in outcome.failures]
        return failures

    def lines(self, outcome: Outcome) -> Iterator[str]:
        """Yield what is printed of a list."""
        name, told = outcome.watched.name, outcome.told
        if not told:
            yield self.wording("nothing", watched=name, known=outcome.known)
            return
        yield f"{name} : {self.wording.counts(told)} → {outcome.feed}"
        for each in told[:SHOWN]:
            yield from (f"  {line}" for line in item_text(each, self.wording))
        if rest := len(told) - SHOWN:
            yield from [f"  … + {rest}"] * (rest > 0)


def after_crawl(settings: BaseSettings, show: Callable[[str], None]) -> list[str]:
    """Tell of what a crawl brought for the watch lists; return what is wrong, a line each.

    Raises :exc:`ArgumentError` and :exc:`DatasetError`.
    """
    if not settings.getbool("ALESCRAWL_WATCH_AFTER_CRAWL") or not (paths := paths_of(settings)):
        return []
    session, lists = Session.from_settings(settings), read_lists(paths)

    def print_lines(outcome: Outcome) -> None:
        for line in session.lines(outcome):
            show(line)

    failures = session.watch(Folder.from_settings(settings), lists.usable, print_lines)
    return [*lists.mistakes, *failures]


def as_dict(told: Told) -> dict[str, Any]:
    """Return an item as an object of JSON, in which times are those of Paris."""
    item = told.item
    return {
        "change": told.change,
        "article_id": item.item,
        "title": item.title,
        "url": item.url,
        "publisher": item.publisher,
        "published": item.published.isoformat() if item.published else None,
        "authors": list(item.authors),
        "reasons": [
            {
                "label": r.entry.label,
                "kind": r.entry.kind,
                "sentences": [s.text for s in r.sentences],
            }
            for r in item.reasons
        ],
        "places": [place._asdict() for place in item.places],
    }
