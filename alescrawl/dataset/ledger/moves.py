"""Where sources have moved to, as redirects and shared titles told, and since when."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from alescrawl.dataset.ledger.articles import unpack
from alescrawl.dataset.ledger.connection import instant_text, text_instant

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from alescrawl.dataset.ledger.connection import Ledger

Kind = Literal["host", "path"]
"""Whether articles have the paths that they had on another host, or paths of another form."""

MOVED: Final = "SELECT old, new, kind, since FROM moves WHERE source = ? ORDER BY since, new"


class Move(NamedTuple):
    """From which host to which; *since* is when it was noticed."""

    old: str
    new: str
    kind: Kind
    since: datetime | None = None

    def __str__(self) -> str:
        """Say it in words."""
        if self.old == self.new:
            return f"articles on {self.old} have addresses of another form"
        form = ", with addresses of another form" if self.kind == "path" else ""
        return f"{self.old} leads to {self.new}{form}"


def moves_of(ledger: Ledger, source: str) -> list[Move]:
    """Return where *source* was found to have moved, the first move first."""
    return [move_of(row) for row in ledger.query(MOVED, source)]


def all_moves(db: sqlite3.Connection) -> dict[str, list[Move]]:
    """Return where each source was found to have moved."""
    found: dict[str, list[Move]] = {}
    for row in db.execute("SELECT * FROM moves ORDER BY source, since, new"):
        found.setdefault(row["source"], []).append(move_of(row))
    return found


def move_of(row: sqlite3.Row) -> Move:
    """Return what a *row* that :data:`MOVED` selects says."""
    return Move(row["old"], row["new"], row["kind"], text_instant(row["since"]))


def note_moves(db: sqlite3.Connection, source: str, moves: set[Move]) -> None:
    """Record within the transaction *db* that *moves* were seen now."""
    now = instant_text(datetime.now(UTC))
    db.executemany(
        "INSERT INTO moves VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET last_seen = ?, "
        "kind = CASE kind WHEN 'path' THEN kind ELSE excluded.kind END",
        [(source, each.old, each.new, each.kind, now, now, now) for each in moves],
    )


_NEWEST: Final = 300
_PROBED: Final = 4

_KNOWN = """
SELECT articles.row FROM urls JOIN articles USING (article_id)
WHERE urls.source = ? AND urls.article_id IS NOT NULL
"""
_BY_DAY = _KNOWN + "ORDER BY urls.published DESC LIMIT ?"
_AT = _KNOWN + "AND urls.url = ?"
_PROBE = """
UPDATE urls SET next_check = :now WHERE source = :source AND url IN (
  SELECT url FROM urls WHERE source = :source AND status = 'article' AND article_id IS NOT NULL
  ORDER BY published DESC LIMIT :count)
"""
_AGAIN = "UPDATE urls SET next_check = ?, claimed_by = NULL WHERE source = ? AND url = ?"


class Known(NamedTuple):
    """An article of the dataset: its title, and where it was read."""

    title: str | None
    url: str


def known_articles(ledger: Ledger, source: str, url: str | None = None) -> Iterator[Known]:
    """Yield the newest articles of *source*, or the one that the address *url* brought."""
    rows = ledger.query(_BY_DAY, source, _NEWEST) if url is None else ledger.query(_AT, source, url)
    for (blob,) in rows.fetchall():
        row = unpack(blob)
        yield Known(row["title"], row["url"])


def addresses_at(db: sqlite3.Connection, source: str, host: str) -> list[str]:
    """Return the addresses of articles of *source* on *host*, the newest of them."""
    rows = db.execute(
        "SELECT url FROM urls WHERE source = ? AND status = 'article' AND article_id IS NOT NULL "
        "AND (url LIKE ? OR url LIKE ?) ORDER BY published DESC LIMIT ?",
        (source, f"https://{host}/%", f"http://{host}/%", _NEWEST),
    )
    return [row["url"] for row in rows]


def probe(ledger: Ledger, source: str) -> None:
    """Make the newest articles of *source* due: where they lead tells whether it has moved."""
    now = instant_text(datetime.now(UTC))
    with ledger.transaction() as db:
        db.execute(_PROBE, {"now": now, "source": source, "count": _PROBED})


def ask_again(ledger: Ledger, source: str, urls: Sequence[str]) -> None:
    """Make *urls* due in the run that has asked for them already."""
    now = instant_text(datetime.now(UTC))
    with ledger.transaction() as db:
        db.executemany(_AGAIN, [(now, source, url) for url in urls])
