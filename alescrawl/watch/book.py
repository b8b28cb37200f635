"""What each watch list has found and told, in the ledger: written before anything is told."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from alescrawl.dataset.ledger.connection import instant_text
from alescrawl.items import fingerprint

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    from alescrawl.dataset.ledger.connection import Ledger
    from alescrawl.watch.document import Document
    from alescrawl.watch.matching import Reason

Channel = Literal["terminal", "mail"]
Change = Literal["new", "changed"]

_COPIES: Final = """
SELECT item FROM watch_articles WHERE list = ?1 AND article_id = ?2
UNION ALL
SELECT item FROM watch_articles JOIN shingled USING (article_id)
WHERE list = ?1 AND cluster_id = ?3
LIMIT 1
"""
_ITEMS: Final = """
SELECT item, found_at, updated FROM watch_items WHERE list = ? ORDER BY updated DESC, item LIMIT ?
"""
_ARTICLES: Final = "SELECT article_id FROM watch_articles WHERE list = ? AND item = ?"
_WAITING: Final = """
SELECT item, change, batch FROM watch_outbox WHERE (list, channel) = (?, ?) ORDER BY batch, item
"""


class Waiting(NamedTuple):
    """What is yet to be told of an item; *batch* is the message it is part of, if any is made."""

    item: str
    change: Change
    batch: str


class Known(NamedTuple):
    """An item that was found."""

    item: str
    found_at: datetime
    updated: datetime


class Book:
    """The records of the list called *name*."""

    def __init__(self, ledger: Ledger, name: str) -> None:
        self.ledger = ledger
        self.name = name

    def cursors(self) -> dict[str, dict[str, int]]:
        """Return for each source how far each entry has looked through it."""
        found: dict[str, dict[str, int]] = {}
        rows = self.ledger.query("SELECT * FROM watch_cursors WHERE list = ?", self.name)
        for row in rows:
            found.setdefault(row["source"], {})[row["entry"]] = row["number"]
        return found

    def note(
        self,
        source: str,
        looked: Mapping[str, int],
        found: Sequence[tuple[Document, Sequence[Reason]]],
        channels: Iterable[Channel],
    ) -> None:
        """Record in one commit how far entries have looked, what they *found*, and who is to know.

        *looked* are numbers of changes by the key of an entry.
        """
        with self.ledger.transaction() as db:
            for document, reasons in found:
                self._found(db, document, reasons, channels)
            db.executemany(
                "INSERT OR REPLACE INTO watch_cursors VALUES (?, ?, ?, ?)",
                [(self.name, entry, source, number) for entry, number in looked.items()],
            )

    def _found(
        self,
        db: sqlite3.Connection,
        document: Document,
        reasons: Sequence[Reason],
        channels: Iterable[Channel],
    ) -> None:
        article_id, why = document.article_id, why_hash(reasons)
        now = instant_text(datetime.now(UTC))
        item = self._item_of(db, document)
        change: Change | None = None
        if item is None:
            item, change = article_id, "new"
            values = (self.name, item, why, now, now)
            db.execute("INSERT OR REPLACE INTO watch_items VALUES (?, ?, ?, ?, ?)", values)
        elif item == article_id and self._is_told_otherwise(db, item, why):
            change = "changed"
            db.execute(
                "UPDATE watch_items SET reasons = ?, updated = ? WHERE (list, item) = (?, ?)",
                (why, now, self.name, item),
            )
        db.execute(
            "INSERT OR REPLACE INTO watch_articles VALUES (?, ?, ?)", (self.name, article_id, item)
        )
        for channel in channels if change is not None else ():
            db.execute(
                "INSERT INTO watch_outbox (list, channel, item, change) VALUES (?, ?, ?, ?) "
                "ON CONFLICT DO NOTHING",
                (self.name, channel, item, change),
            )

    def _item_of(self, db: sqlite3.Connection, document: Document) -> str | None:
        values = (self.name, document.article_id, document.cluster_id)
        found = db.execute(_COPIES, values).fetchone()
        return found["item"] if found else None

    def _is_told_otherwise(self, db: sqlite3.Connection, item: str, why: str) -> bool:
        told = "SELECT reasons FROM watch_items WHERE (list, item) = (?, ?)"
        found = db.execute(told, (self.name, item)).fetchone()
        return found is not None and found["reasons"] != why

    def items(self, most: int) -> list[Known]:
        """Return the *most* newest items, the last updated first."""
        rows = self.ledger.query(_ITEMS, self.name, most)
        return [Known(r["item"], *map(datetime.fromisoformat, r[1:])) for r in rows]

    def articles(self, item: str) -> list[str]:
        """Return the articles of *item*: the one found first, then its copies."""
        rows = self.ledger.query(_ARTICLES, self.name, item)
        return sorted((row["article_id"] for row in rows), key=lambda each: (each != item, each))

    def waiting(self, channel: Channel) -> list[Waiting]:
        """Return what is yet to be told through *channel*."""
        rows = self.ledger.query(_WAITING, self.name, channel)
        return [Waiting(row["item"], row["change"], row["batch"]) for row in rows]

    def put_into(self, batch: str, channel: Channel) -> None:
        """Make what waits and is in no message yet part of the message *batch*."""
        self._write(
            "UPDATE OR REPLACE watch_outbox SET batch = ?1 "
            "WHERE (list, channel, batch) = (?2, ?3, '')",
            (batch, self.name, channel),
        )

    def take_out(self, batch: str, channel: Channel) -> None:
        """Let what is part of a message that nobody got wait for another one."""
        with self.ledger.transaction() as db:
            place = (self.name, channel)
            db.execute(
                "INSERT OR IGNORE INTO watch_outbox SELECT list, channel, item, '', change "
                "FROM watch_outbox WHERE (list, channel, batch) = (?, ?, ?)",
                (*place, batch),
            )
            db.execute(
                "DELETE FROM watch_outbox WHERE (list, channel, batch) = (?, ?, ?)",
                (*place, batch),
            )

    def told(self, channel: Channel, batch: str = "") -> None:
        """Record that the message *batch* (what is in none) was told."""
        self._write(
            "DELETE FROM watch_outbox WHERE (list, channel, batch) = (?, ?, ?)",
            (self.name, channel, batch),
        )

    def _write(self, sql: str, values: tuple[str, ...]) -> None:
        with self.ledger.transaction() as db:
            db.execute(sql, values)


def why_hash(reasons: Sequence[Reason]) -> str:
    """Return what differs once an article is found for other reasons, or other sentences."""
    told = [(r.entry.label, [s.text for s in r.sentences]) for r in reasons]
    return fingerprint(repr(told))
