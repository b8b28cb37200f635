"""What the interfaces answered, beside the ledger: one commit an answer, a kill loses none."""

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

from alescrawl.dataset.errors import DatasetError
from alescrawl.registry.companies import registry_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from alescrawl.dataset.folder import Folder

_FORMAT: Final = 1
_TABLES: Final = """
CREATE TABLE answers (query TEXT PRIMARY KEY, day TEXT NOT NULL, rows TEXT NOT NULL);
CREATE TABLE notices (id TEXT PRIMARY KEY, published TEXT NOT NULL, parsed TEXT NOT NULL);
CREATE TABLE progress (query TEXT PRIMARY KEY, since TEXT NOT NULL, until TEXT NOT NULL);
"""
_BUSY: Final = 60.0


class Span(NamedTuple):
    """The days that are answered."""

    since: date
    until: date


class Store:
    """The SQLite file of answers; a context manager."""

    def __init__(self, folder: Folder) -> None:
        self.path = registry_folder(folder) / "registry.sqlite"
        with self._plain_errors():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(self.path, timeout=_BUSY, isolation_level=None)
            self._prepare()

    def _prepare(self) -> None:
        self._db.execute("PRAGMA journal_mode = WAL")
        with self._transaction() as db:
            found = db.execute("PRAGMA user_version").fetchone()[0]
            if found > _FORMAT:
                raise DatasetError(f"{self.path} was made by a newer alescrawl: upgrade alescrawl")
            if not found:
                for statement in filter(str.strip, _TABLES.split(";")):
                    db.execute(statement)
                db.execute(f"PRAGMA user_version = {_FORMAT}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    @contextmanager
    def _plain_errors(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.DatabaseError, OSError) as error:
            raise DatasetError(
                f"{self.path} cannot be used ({error}): free some disk space, check the "
                "permissions, or delete it: what it holds is asked for again"
            ) from error

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._plain_errors():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def answer(self, query: str, since: date) -> Any | None:  # noqa: ANN401 - of JSON
        """Return what was answered to *query* on or after the day *since*."""
        with self._plain_errors():
            found = self._db.execute(
                "SELECT rows FROM answers WHERE query = ? AND day >= ?", (query, since.isoformat())
            ).fetchone()
        return None if found is None else json.loads(found[0])

    def answers(self) -> Iterator[Any]:
        """Yield all that was answered."""
        with self._plain_errors():
            rows = self._db.execute("SELECT rows FROM answers ORDER BY query").fetchall()
        return (json.loads(row[0]) for row in rows)

    def put_answer(self, query: str, day: date, rows: Any) -> None:  # noqa: ANN401 - of JSON
        """Keep what was answered to *query*."""
        packed = json.dumps(rows, ensure_ascii=False)
        with self._transaction() as db:
            db.execute(
                "INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", (query, day.isoformat(), packed)
            )

    def put_notices(self, notices: Iterable[tuple[str, str, Any]]) -> None:
        """Keep notices: id, day of publication, and what was read of each."""
        packed = [
            (id_, day, json.dumps(parsed, ensure_ascii=False)) for id_, day, parsed in notices
        ]
        with self._transaction() as db:
            db.executemany("INSERT OR REPLACE INTO notices VALUES (?, ?, ?)", packed)

    def notices(self) -> Iterator[Any]:
        """Yield what was read of each notice, the oldest first."""
        with self._plain_errors():
            rows = self._db.execute("SELECT parsed FROM notices ORDER BY published, id")
            for row in rows:
                yield json.loads(row[0])

    def spans(self, queries: Iterable[str]) -> dict[str, Span]:
        """Return of which days each of *queries* was answered, of those that were."""
        with self._plain_errors():
            rows = self._db.execute("SELECT query, since, until FROM progress").fetchall()
        known = {query: (since, until) for query, since, until in rows}
        return {q: Span(*map(date.fromisoformat, known[q])) for q in queries if q in known}

    def put_spans(self, queries: Iterable[str], since: date, until: date) -> None:
        """Remember that *queries* are answered from *since* to *until*, besides what was known."""
        rows = [(query, since.isoformat(), until.isoformat()) for query in queries]
        with self._transaction() as db:
            db.executemany(
                "INSERT INTO progress VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE "
                "SET since = min(since, ?2), until = max(until, ?3)",
                rows,
            )
