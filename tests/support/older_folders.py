"""Makes an output folder what an older alescrawl would have left of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from alescrawl.dataset.folder import Folder
from alescrawl.dataset.ledger.articles import pack, unpack
from alescrawl.dataset.ledger.connection import Ledger
from alescrawl.dataset.ledger.format import STEPS

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = 9
"""Of the ledger; it becomes today's by several steps, of which one replaces a table."""
YOUNG = ("duplicate_of", "topics")
"""Columns of articles that the tables lack."""
EXTRACTOR = "0"


def age_ledger(output: Path, to: int = FORMAT) -> None:
    """Write the ledger in the format *to*, with all that it can hold of what there is."""
    path = Folder(output).ledger
    older = path.with_suffix(".older")
    with closing(sqlite3.connect(older)) as db:
        db.execute("ATTACH ? AS today", (str(path),))
        with db:
            for step in STEPS[:to]:
                db.executescript(step)
            for (table,) in db.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'"):
                _copy(db, table)
            db.execute(f"PRAGMA user_version = {to}")
    older.replace(path)


def _copy(db: sqlite3.Connection, table: str) -> None:
    then, now = (
        [row[1] for row in db.execute(f"PRAGMA {schema}.table_info({table})")]
        for schema in ("main", "today")
    )
    columns = ", ".join(f'"{name}"' for name in then if name in now)
    db.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM today.{table}")


def age_tables(output: Path) -> None:
    """Take the YOUNG columns out of the files of articles."""
    for path in sorted((output / "articles").rglob("[!.]*.parquet")):
        # Of this file alone: its folder's name would add a column.
        pq.write_table(pq.ParquetFile(path).read().drop_columns(list(YOUNG)), path)


def age_rows(output: Path, title: str = "Accueil") -> None:
    """Make all rows of the ledger those of an extractor that read this *title* everywhere."""
    with closing(Ledger(Folder(output).ledger)) as opened, opened.transaction() as db:
        for article_id, blob in db.execute("SELECT article_id, row FROM articles").fetchall():
            row = {**unpack(blob), "title": title, "extractor_version": EXTRACTOR}
            db.execute("UPDATE articles SET row = ? WHERE article_id = ?", (pack(row), article_id))
