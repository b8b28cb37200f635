"""The mentions of each article in the ledger: those of its newest revision."""

from __future__ import annotations

import json
import zlib
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from alescrawl.dataset.tables import COLUMNS, MENTIONS
from alescrawl.items import PARIS, Mention

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from alescrawl.dataset.ledger.connection import Ledger
    from alescrawl.items import Article

_DAYS: Final = ("date_start", "date_end")
_OF_ARTICLE: Final = ("article_id", "source")
_KEPT: Final = tuple(f.name for f in fields(Mention) if f.name not in _OF_ARTICLE)


def put_mentions(db: sqlite3.Connection, article: Article) -> None:
    """Store the mentions of *article* in place of those it had, within the transaction *db*."""
    _put(db, article.article_id, article.mentions)


def remove_mentions(db: sqlite3.Connection, article_id: str) -> None:
    """Remove the mentions of an article, within the transaction *db*."""
    db.execute("DELETE FROM mentions WHERE article_id = ?", (article_id,))


def find_mentions_again(db: sqlite3.Connection, row: dict[str, Any]) -> None:
    """Store what the changed text of an article's *row* names, if it had mentions before."""
    # The gazetteer and the tagger are slow to import, and few ledgers ever need this.
    from alescrawl.entities.finder import find_mentions  # noqa: PLC0415

    known = "SELECT 1 FROM mentions WHERE article_id = ?"
    if db.execute(known, (row["article_id"],)).fetchone():
        published = row["published"]
        day = published.astimezone(PARIS).date() if published else None
        _put(db, row["article_id"], find_mentions(row["text"] or "", day, title=row["title"]))


def _put(db: sqlite3.Connection, article_id: str, mentions: list[Mention]) -> None:
    remove_mentions(db, article_id)
    if mentions:
        db.execute("INSERT INTO mentions VALUES (?, ?)", (article_id, _pack(mentions)))


def same_mentions(db: sqlite3.Connection, article: Article) -> bool:
    """Return whether the mentions of *article* are those that the ledger has."""
    found = db.execute(
        "SELECT rows FROM mentions WHERE article_id = ?", (article.article_id,)
    ).fetchone()
    known: bytes | None = found["rows"] if found else None
    return known == (_pack(article.mentions) if article.mentions else None)


def known_mentions(ledger: Ledger, article_id: str) -> list[dict[str, Any]]:
    """Return the mentions of an article that the ledger has, without what is empty of them."""
    found = ledger.query("SELECT rows FROM mentions WHERE article_id = ?", article_id).fetchone()
    return list(json.loads(zlib.decompress(found["rows"]))) if found else []


def stored_mentions(article: Article) -> list[dict[str, Any]]:
    """Return the mentions of *article* as :func:`known_mentions` gives them back."""
    return list(json.loads(_text(article.mentions)))


def mention_rows(ledger: Ledger, source: str, part: str) -> Iterator[dict[str, Any]]:
    """Yield the mentions of the articles of a partition, in the order of their texts."""
    found = ledger.query(
        "SELECT article_id, rows FROM articles JOIN mentions USING (article_id) "
        "WHERE source = ? AND part = ? ORDER BY article_id",
        source,
        part,
    )
    for article_id, packed in found:
        for values in json.loads(zlib.decompress(packed)):
            yield _row(values) | {"article_id": article_id, "source": source}


def _pack(mentions: list[Mention]) -> bytes:
    return zlib.compress(_text(mentions).encode("utf-8"), 1)


def _text(mentions: list[Mention]) -> str:
    rows = [
        {name: value for name in _KEPT if (value := getattr(mention, name)) is not None}
        for mention in mentions
    ]
    return json.dumps(rows, ensure_ascii=False, default=date.isoformat)


def _row(values: dict[str, Any]) -> dict[str, Any]:
    row = {name: values.get(name) for name in COLUMNS[MENTIONS]}
    for name in _DAYS:
        if name in values:
            row[name] = date.fromisoformat(values[name])
    return row
