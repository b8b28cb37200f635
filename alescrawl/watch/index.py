"""The index of titles and texts (SQLite FTS5), a file beside the ledger that can be made anew."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Final, NamedTuple

from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.ledger.changes import newest_changes, written_since
from alescrawl.dataset.ledger.connection import instant_text
from alescrawl.entities.gazetteer.words import key
from alescrawl.watch.document import read_document
from alescrawl.watch.expression import for_index

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from alescrawl.dataset.folder import Folder
    from alescrawl.dataset.ledger.connection import Ledger
    from alescrawl.watch.document import Document
    from alescrawl.watch.expression import Expression

_FORMAT: Final = 1
_TABLES: Final = """
CREATE TABLE articles (
    id INTEGER PRIMARY KEY, article_id TEXT UNIQUE NOT NULL, source TEXT NOT NULL, published TEXT
);
CREATE INDEX articles_by_day ON articles (published);
CREATE TABLE facts (id INTEGER NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL);
CREATE INDEX facts_by_value ON facts (kind, value, id);
CREATE INDEX facts_by_article ON facts (id);
CREATE TABLE cursors (source TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5 (title, text, tokenize = 'unicode61 remove_diacritics 0');
"""
_AT_ONCE: Final = 500


class Filters(NamedTuple):
    """What else must hold of an article that is searched for."""

    since: datetime | None = None
    until: datetime | None = None
    sources: Sequence[str] = ()
    facts: Sequence[tuple[str, Sequence[str]]] = ()
    """Kinds of facts (commune, siren, name, topic), and values of which it must have one."""


class SearchIndex:
    """Finds articles; made, and brought up to date, from the *ledger* of a *folder*."""

    def __init__(self, ledger: Ledger, folder: Folder) -> None:
        self._ledger = ledger
        self._path = folder.root / "search.sqlite"

    @property
    def exists(self) -> bool:
        """Whether it was made before."""
        return self._path.exists()

    def update(self) -> None:
        """Take in what was written since; rows that wait stay as they are in the index."""
        try:
            self._update()
        except sqlite3.DatabaseError:
            # Damaged, or of another version: all of it can be had again.
            self._path.unlink(missing_ok=True)
            with self._plain_errors():
                self._update()

    def _update(self) -> None:
        with closing(self._opened()) as db:
            known = dict(db.execute("SELECT source, number FROM cursors"))
            for source, newest in newest_changes(self._ledger).items():
                written = list(written_since(self._ledger, source, known.get(source, 0), newest))
                for first in range(0, len(written), _AT_ONCE):
                    some = written[first : first + _AT_ONCE]
                    with db:
                        for article_id, _number in some:
                            self._put(db, article_id)
                        values = (source, some[-1].number)
                        db.execute("INSERT OR REPLACE INTO cursors VALUES (?, ?)", values)
            self._drop_removed(db)

    def _opened(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._path, timeout=60)
        if db.execute("PRAGMA user_version").fetchone()[0] != _FORMAT:
            if db.execute("SELECT 1 FROM sqlite_master").fetchone():
                db.close()
                raise sqlite3.DatabaseError("of another version")
            db.execute("PRAGMA secure_delete = ON")
            db.executescript(f"BEGIN; {_TABLES} PRAGMA user_version = {_FORMAT}; COMMIT")
        return db

    def _put(self, db: sqlite3.Connection, article_id: str) -> None:
        _remove(db, article_id)
        document = read_document(self._ledger, article_id)
        if document is None:
            return
        values = (article_id, document.row["source"], instant_text(document.published))
        added = db.execute(
            "INSERT INTO articles (article_id, source, published) VALUES (?, ?, ?)", values
        )
        texts = [for_index(words) for _, words in document.parts]
        db.execute(
            "INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)", (added.lastrowid, *texts)
        )
        facts = [(added.lastrowid, *fact) for fact in sorted(set(_facts(document)))]
        db.executemany("INSERT INTO facts VALUES (?, ?, ?)", facts)

    def _drop_removed(self, db: sqlite3.Connection) -> None:
        known = {row[0] for row in db.execute("SELECT article_id FROM articles")}
        there = {row["article_id"] for row in self._ledger.query("SELECT article_id FROM articles")}
        with db:
            for article_id in known - there:
                _remove(db, article_id)

    def find(self, expression: Expression | None, filters: Filters) -> Iterator[str]:
        """Yield the articles that fulfil all, the newest first."""
        conditions, values = ["1"], []
        if expression is not None:
            conditions.append("id IN (SELECT rowid FROM words WHERE words MATCH ?)")
            values.append(expression.for_index())
        for sign, moment in ((">=", filters.since), ("<", filters.until)):
            if moment is not None:
                conditions.append(f"published {sign} ?")
                values.append(instant_text(moment) or "")
        for column, wanted in (("source", filters.sources),):
            if wanted:
                conditions.append(f"{column} IN ({_marks(wanted)})")
                values += wanted
        for kind, wanted in filters.facts:
            chosen = f"kind = ? AND value IN ({_marks(wanted)})"
            conditions.append(f"id IN (SELECT id FROM facts WHERE {chosen})")  # noqa: S608 - marks
            values += [kind, *wanted]
        sql = f"SELECT article_id FROM articles WHERE {' AND '.join(conditions)}"  # noqa: S608 - ours
        with self._plain_errors(), closing(self._opened()) as db:
            order = " ORDER BY published DESC, article_id"
            yield from (row[0] for row in db.execute(sql + order, values))

    @contextmanager
    def _plain_errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise DatasetError(
                f"the index {self._path} cannot be used ({error}): free some disk space, or delete "
                "it (it is made anew)"
            ) from error


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))


def _remove(db: sqlite3.Connection, article_id: str) -> None:
    found = db.execute("SELECT id FROM articles WHERE article_id = ?", (article_id,)).fetchone()
    for table, column in (("words", "rowid"), ("facts", "id"), ("articles", "id")) if found else ():
        db.execute(f"DELETE FROM {table} WHERE {column} = ?", found)  # noqa: S608 - ours


def _facts(document: Document) -> Iterator[tuple[str, str]]:
    for topic in document.row["topics"] or ():
        yield "topic", topic
    for _, mention in document.named:
        if mention["kind"] == "place" and mention.get("insee"):
            yield "commune", mention["insee"]
        if mention["kind"] == "institution":
            yield "name", key(mention.get("name") or mention["surface"])
            if mention.get("siren"):
                yield "siren", mention["siren"]
