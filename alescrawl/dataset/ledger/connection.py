"""The ledger: a SQLite file in which an article and the record of its address are one commit."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from alescrawl.dataset.errors import DatasetError, OlderLedgerError
from alescrawl.dataset.folder import Folder
from alescrawl.dataset.ledger.format import FORMAT, statements_after

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from alescrawl.dataset.folder import Settings


_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def unusable(path: Path, error: sqlite3.DatabaseError) -> DatasetError:
    """Return the error that tells a user what to do about the ledger at *path*."""
    if getattr(error, "sqlite_errorcode", None) in _DAMAGED:
        advice = "restore it from a backup (what is published stays readable)"
    else:
        advice = "free some disk space, check the permissions"
    return DatasetError(
        f"the ledger {path} cannot be used ({error}): {advice}, or choose another folder with "
        "-s ALESCRAWL_OUTPUT=FOLDER"
    )


@contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Turn an error of SQLite into a :exc:`DatasetError` about the ledger at *path*."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise unusable(path, error) from error


class PlainCursor(sqlite3.Cursor):
    """A cursor of which a damaged page is told as plainly when it is met later."""

    path: Path

    def __next__(self) -> Any:  # noqa: ANN401 - SQLite's own
        """Return the next row."""
        try:
            return super().__next__()
        except sqlite3.DatabaseError as error:
            raise unusable(self.path, error) from error

    def fetchone(self) -> Any:  # noqa: ANN401 - as above
        """Return the next row, or nothing."""
        return next(self, None)

    def fetchall(self) -> list[Any]:
        """Return all rows that are left."""
        return list(self)


BUSY_SECONDS = 60


_NEWER = (
    "{path} was made by a newer alescrawl (format {found}, this one knows {known}): "
    "upgrade alescrawl, or choose another folder with -s ALESCRAWL_OUTPUT=FOLDER"
)


def instant_text(moment: datetime | None) -> str | None:
    """Return *moment* as ISO 8601 in UTC to the second: text in this form sorts by time."""
    return None if moment is None else moment.astimezone(UTC).isoformat(timespec="seconds")


def text_instant(text: str | None) -> datetime | None:
    """Undo :func:`instant_text`."""
    return None if text is None else datetime.fromisoformat(text)


def found_format(path: Path) -> int:
    """Return the format of the ledger at *path*, which is not changed."""
    with (
        plain_errors(path),
        closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db,
    ):
        return int(db.execute("PRAGMA user_version").fetchone()[0])


class Ledger:
    """An open ledger. Any number of processes may have it open; a write waits for its turn.

    Raises :exc:`DatasetError` where the file cannot be opened, was made by a newer program,
    or the disk is full.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with plain_errors(self.path):
            self._db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
            self._db.row_factory = sqlite3.Row
            self._prepare()

    def _prepare(self) -> None:
        found = self._db.execute("PRAGMA user_version").fetchone()[0]
        if found > FORMAT:
            self._db.close()
            raise DatasetError(_NEWER.format(path=self.path, found=found, known=FORMAT))
        self._use_wal()
        # In WAL mode a killed process loses nothing at this level; a power cut may lose the
        # newest commits but never damages the file.
        self._db.execute("PRAGMA synchronous = NORMAL")
        # What is withheld or forgotten must not stay in pages that are free.
        self._db.execute("PRAGMA secure_delete = ON")
        if found < FORMAT:
            self._migrate()

    def _use_wal(self) -> None:
        """Set the mode of the journal, for which SQLite does not wait by itself when it is busy."""
        end = time.monotonic() + BUSY_SECONDS
        while True:
            try:
                self._db.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                    raise
                time.sleep(0.01)
            else:
                return

    def _migrate(self) -> None:
        with self.transaction() as db:
            # Another process may have done it while this one waited.
            found = db.execute("PRAGMA user_version").fetchone()[0]
            for statement in statements_after(found):
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {FORMAT}")

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Give the connection within one write transaction: all of it happens, or nothing."""
        with plain_errors(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let all queries within see the ledger as it is at the first of them."""
        with plain_errors(self.path):
            self._db.execute("BEGIN")
            try:
                yield
            finally:
                self._db.execute("ROLLBACK")

    def define(self, name: str, arity: int, function: Callable[..., Any]) -> None:
        """Let SQL call *function*, which always returns the same for the same, as *name*."""
        self._db.create_function(name, arity, function, deterministic=True)

    def query(self, sql: str, *values: Any) -> sqlite3.Cursor:  # noqa: ANN401 - SQLite's own
        """Return a cursor over the rows that *sql* selects."""
        cursor = self._db.cursor(PlainCursor)
        cursor.path = self.path
        with plain_errors(self.path):
            return cursor.execute(sql, values)

    def compact(self) -> None:
        """Write the file anew, so that nothing of what was deleted is left in it."""
        with plain_errors(self.path):
            self._db.execute("VACUUM")
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close the file."""
        self._db.close()


@contextmanager
def open_dataset(settings: Settings) -> Iterator[tuple[Folder, Ledger]]:
    """Give the output of *settings* and its ledger; :exc:`DatasetError` where there is none."""
    output = existing_dataset(settings)
    with closing(Ledger(output.ledger)) as ledger:
        yield output, ledger


def existing_dataset(settings: Settings) -> Folder:
    """Return the output of *settings*; raise :exc:`DatasetError` where it holds no dataset."""
    output = Folder.from_settings(settings)
    if not output.ledger.exists():
        raise DatasetError(f"there is no dataset in {output.root}: `scrapy crawl NAME` makes it")
    return output


@contextmanager
def read_only(folder: Folder) -> Iterator[sqlite3.Connection]:
    """Give the ledger for reading; nothing is written, also where nothing may be."""
    path = folder.ledger
    with plain_errors(path), closing(_connected(folder)) as db:
        db.row_factory = sqlite3.Row
        found = db.execute("PRAGMA user_version").fetchone()[0]
        if found < FORMAT:
            raise OlderLedgerError(
                f"{path} is of format {found}, today's is {FORMAT}: the next crawl, or "
                "`scrapy migrate`, brings it up to date"
            )
        if found > FORMAT:
            raise DatasetError(
                f"{path} is of format {found}, this alescrawl knows {FORMAT}: upgrade it"
            )
        yield db


def _connected(folder: Folder) -> sqlite3.Connection:
    address = folder.ledger.absolute().as_uri()
    db = sqlite3.connect(f"{address}?mode=ro", uri=True)
    try:
        db.execute("PRAGMA user_version").fetchone()
    except sqlite3.OperationalError:
        # In a folder that may not be written SQLite cannot make the file that it locks by.
        db.close()
        db = sqlite3.connect(f"{address}?immutable=1", uri=True)
    return db
