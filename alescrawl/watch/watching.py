"""Looks through what is new for every watch list, and tells of it: terminal, feed, mail."""

from __future__ import annotations

import fcntl
import secrets
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Final

from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.ledger.changes import newest_changes, waiting_articles, written_since
from alescrawl.dataset.storage.files import replacing
from alescrawl.watch.announced import GAZETTE, PREFIX, announced
from alescrawl.watch.book import Book
from alescrawl.watch.document import read_document
from alescrawl.watch.feed import ENTRIES, atom, entries_of
from alescrawl.watch.items import Told, read_item
from alescrawl.watch.letter import Envelope, letter
from alescrawl.watch.mailing import MailError, recipients_of
from alescrawl.watch.matching import Matcher

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from lxml import etree

    from alescrawl.dataset.folder import Folder
    from alescrawl.dataset.ledger.changes import Written
    from alescrawl.dataset.ledger.connection import Ledger
    from alescrawl.watch.book import Channel, Known, Waiting
    from alescrawl.watch.document import Document
    from alescrawl.watch.entries import Entry, WatchList
    from alescrawl.watch.items import Item, Read
    from alescrawl.watch.mailing import Mailing
    from alescrawl.watch.matching import Reason
    from alescrawl.watch.wording import Wording

_AT_ONCE: Final = 100
"""Articles that are looked through between two commits."""


@dataclass
class Outcome:
    """What came of one list."""

    watched: WatchList
    feed: Path
    told: list[Told] = field(default_factory=list)
    """What is told on the terminal now."""
    known: int = 0
    """Items of the feed."""
    mails: int = 0
    failures: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Watching:
    """Watch lists at work on the dataset of a *ledger*."""

    ledger: Ledger
    folder: Folder
    wording: Wording
    mailing: Mailing | None = None
    base: str = ""
    """The address at which the feeds are to be had."""

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Wait until no other process tells, and keep others from it: nothing is told twice."""
        path = self.folder.root / ".watching"
        try:
            file = path.open("w")
        except OSError as error:
            raise DatasetError(f"cannot write {path} ({error.strerror})") from error
        with file as lock:
            # The system lets go of it when a process ends, however it ends.
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def watch(self, watched: WatchList, since: datetime | None = None) -> Outcome:
        """Look through what *watched* has not seen yet, and tell of what is found.

        *since* leaves out what was published before. What was found is in the ledger before
        anything is told; what could not be told stays there.
        """
        book, matcher = Book(self.ledger, watched.name), Matcher(watched.entries)
        self._look(book, watched.entries, matcher, since)
        self._look_at_events(book, matcher, since)
        outcome = Outcome(watched, self._feed_file(watched))
        outcome.known = self.write_feed(watched)
        waiting = book.waiting("terminal")
        outcome.told = self._items(book, matcher, waiting)
        if self.mailing is not None:
            self._mail(book, watched, matcher, outcome)
        return outcome

    def shown(self, outcome: Outcome) -> None:
        """Record that what is told on the terminal was printed."""
        Book(self.ledger, outcome.watched.name).told("terminal")

    @property
    def _channels(self) -> tuple[Channel, ...]:
        return ("terminal", "mail") if self.mailing is not None else ("terminal",)

    def _look(
        self, book: Book, entries: Sequence[Entry], matcher: Matcher, since: datetime | None
    ) -> None:
        cursors = book.cursors()
        for source, newest in newest_changes(self.ledger).items():
            known = cursors.get(source, {})
            looked = {entry.key: known.get(entry.key, 0) for entry in entries}
            written = written_since(self.ledger, source, min(looked.values()), newest)
            # Nothing may be read from the ledger any more while it is written to.
            numbered = iter(list(written))
            search = _Search(entries, matcher, looked)
            while some := list(islice(numbered, _AT_ONCE)):
                found = list(self._found(some, search, since))
                last = some[-1].number
                looked = {key: max(number, last) for key, number in looked.items()}
                book.note(source, looked, found, self._channels)

    def _look_at_events(self, book: Book, matcher: Matcher, since: datetime | None) -> None:
        """Note what was announced of SIRENs that are watched: each time all, for they are few."""
        found = [
            (document, reasons)
            for document in self._events(matcher).values()
            if not _is_before(document, since) and (reasons := matcher.of_sirens(document))
        ]
        if found:
            book.note(GAZETTE, {}, found, self._channels)

    def _events(self, matcher: Matcher) -> dict[str, Document]:
        return announced(self.folder, matcher.sirens, self.wording)

    def _reader(self, matcher: Matcher) -> Read:
        """Return what reads articles, and events of what *matcher* watches."""
        events = self._events(matcher)

        def read(name: str) -> Document | None:
            if name.startswith(PREFIX):
                return events.get(name)
            return read_document(self.ledger, name)

        return read

    def _found(
        self, written: Sequence[Written], search: _Search, since: datetime | None
    ) -> Iterator[tuple[Document, Sequence[Reason]]]:
        for article_id, number in written:
            document = read_document(self.ledger, article_id)
            if document is None or _is_before(document, since):
                continue
            if reasons := search.reasons(document, number):
                yield document, reasons

    def _items(self, book: Book, matcher: Matcher, waiting: Sequence[Waiting]) -> list[Told]:
        """Return what is to be told of those that wait, the newest first."""
        reader = self._reader(matcher)
        read = ((read_item(book, matcher, each.item, reader), each.change) for each in waiting)
        told = [Told(item, change) for item, change in read if item is not None]
        return sorted(told, key=lambda each: _age(each.item))

    def _feed_file(self, watched: WatchList) -> Path:
        return feed_folder(self.folder) / f"{watched.name}.atom"

    def write_feed(self, watched: WatchList, *, anew: bool = False) -> int:
        """Write the feed of *watched* as its items are now; return how many it has.

        Those of a source whose rows wait stay as the feed has them, unless it is made *anew*.
        """
        book, matcher = Book(self.ledger, watched.name), Matcher(watched.entries)
        path, wait = self._feed_file(watched), waiting_articles(self.ledger)
        old, read = {} if anew else entries_of(path), self._reader(matcher)
        items: list[tuple[Known, Item | etree._Element]] = []
        for known in book.items(ENTRIES):
            waits = known.item in wait
            item = old.get(known.item) if waits else read_item(book, matcher, known.item, read)
            if item is not None:
                items.append((known, item))
        feed = atom(watched, items, self.wording, self.base)
        if not path.exists() or path.read_bytes() != feed:
            with replacing(path) as file:
                file.write(feed)
        return len(items)

    def _mail(self, book: Book, watched: WatchList, matcher: Matcher, outcome: Outcome) -> None:
        """Send what waits; a message that may have arrived is sent again as it was."""
        assert self.mailing is not None  # noqa: S101 - the caller asks
        waiting = book.waiting("mail")
        if any(not each.batch for each in waiting):
            book.put_into(_new_batch(), "mail")
            waiting = book.waiting("mail")
        for batch in dict.fromkeys(each.batch for each in waiting):
            told = self._items(book, matcher, [w for w in waiting if w.batch == batch])
            try:
                if told:
                    refused = self._send(batch, watched, told)
                    outcome.mails += 1
                    outcome.failures += [f"the mail server refuses {each}" for each in refused]
                book.told("mail", batch)
            except MailError as error:
                if error.is_certain:
                    book.take_out(batch, "mail")
                outcome.failures.append(
                    f"the mail about {len(told)} articles could not be sent: {error}; "
                    "it is sent next time"
                )
                return

    def _send(self, batch: str, watched: WatchList, told: Sequence[Told]) -> list[str]:
        mailing = self.mailing
        assert mailing is not None  # noqa: S101 - as above
        to = recipients_of(watched.recipients, mailing)
        now = datetime.now(UTC)
        envelope = Envelope(batch, mailing.sender, to)
        message = letter(envelope, watched.title, told, self.wording, now)
        return mailing.way.send(message, batch)


class _Search:
    """Finds what the entries that have not *looked* at an article yet make of it."""

    def __init__(
        self, entries: Sequence[Entry], matcher: Matcher, looked: Mapping[str, int]
    ) -> None:
        self._entries = entries
        self._all = matcher
        self._looked = looked
        self._some: tuple[frozenset[str], Matcher] = (frozenset(), matcher)

    def reasons(self, document: Document, number: int) -> Sequence[Reason]:
        """Return all reasons where one is of an entry that has not looked at this change."""
        pending = frozenset(key for key, seen in self._looked.items() if seen < number)
        if len(pending) < len(self._looked):
            if self._some[0] != pending:
                chosen = [entry for entry in self._entries if entry.key in pending]
                self._some = (pending, Matcher(chosen))
            if not self._some[1].reasons(document):
                return []
        return self._all.reasons(document)


def _new_batch() -> str:
    """Return what a message is called: of two the later comes after in order."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S.%f}.{secrets.token_hex(4)}"


def feed_folder(folder: Folder) -> Path:
    """Return where the feeds lie."""
    return folder.root / "feeds"


def _is_before(document: Document, since: datetime | None) -> bool:
    return since is not None and document.published is not None and document.published < since


def _age(item: Item) -> float:
    return -item.published.timestamp() if item.published else 0.0
