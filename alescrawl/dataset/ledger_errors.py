"""What SQLite cannot do with the ledger, told in one line that says what to do."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from alescrawl.dataset.errors import DatasetError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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
