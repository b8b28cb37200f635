"""Which articles say the same: one cluster for the copies of a text, led by the first published.

The same page under several addresses, the same agency copy or press release in several papers.
Nothing is deleted: the rows of a cluster name it, and all but one name the article they repeat.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from alescrawl.dataset.folder import ARTICLES
from alescrawl.dataset.ledger.connection import instant_text, mark_changed

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from alescrawl.items import Article


Signature = "NDArray[np.uint32]"


"""Shape (128,): the smallest of each of 128 hashes over the text's shingles."""


SHINGLE: Final = 5


"""Words in a row that are hashed together."""


LEAST_WORDS: Final = 12


"""A shorter text is like too many others."""


_HASHES: Final = 128


_BANDS: Final = 24


_ROWS: Final = 4


"""24 bands of 4: a pair that shares half of its shingles meets in one with .79, 60 % with .97."""


_WORD = re.compile(r"[^\W_]+")


_RANDOM = np.random.default_rng(20261126)


_FACTORS = _RANDOM.integers(1, 2**63, _HASHES, np.uint64) * 2 + 1


_TERMS = _RANDOM.integers(0, 2**63, _HASHES, np.uint64)


_PLACES = _RANDOM.integers(1, 2**63, SHINGLE, np.uint64) * 2 + 1


_HIGH = np.uint64(32)


def words_of(text: str) -> list[str]:
    """Return the words of *text* as they are compared: letters and digits, without case."""
    return _WORD.findall(text.casefold())


def signature(words: list[str]) -> NDArray[np.uint32]:
    """Return the signature of a text of at least :data:`LEAST_WORDS` *words*."""
    hashes = np.fromiter(map(zlib.crc32, map(str.encode, words)), np.uint64, len(words))
    windows = np.lib.stride_tricks.sliding_window_view(hashes, SHINGLE)
    shingles = np.unique((windows * _PLACES).sum(axis=1, dtype=np.uint64))
    shingles ^= shingles >> _HIGH
    mixed = shingles[None, :] * _FACTORS[:, None] + _TERMS[:, None]
    least: NDArray[np.uint32] = (mixed.min(axis=1) >> _HIGH).astype(np.uint32)
    return least


def similarity(one: NDArray[np.uint32], other: NDArray[np.uint32]) -> float:
    """Return the estimated share of shingles that two texts have in common, ± 0.04."""
    return float(np.mean(one == other))


def bands(found: NDArray[np.uint32]) -> Iterator[int]:
    """Yield 24 signed 64-bit keys: similar texts have at least one of them in common."""
    for band, rows in enumerate(found[: _BANDS * _ROWS].reshape(_BANDS, _ROWS)):
        data = band.to_bytes(1) + rows.tobytes()
        low, high = zlib.crc32(data), zlib.crc32(data, 0x5BD1E995)
        yield (high << 32 | low) - (1 << 63)


ACROSS_SOURCES: Final = 0.5


"""Shingles in common, of two papers: each cuts and edits what an agency sends."""


WITHIN_SOURCE: Final = 0.8


"""Of one paper: notices that it prints every week share their phrases and are not the same."""


SHORT: Final = 60


"""Words; of a shorter text as much must be the same as within one source."""


_MOST_COMPARED: Final = 500


_NEVER: Final = "9"


"""Sorts after every instant."""


_LIKELY = """
SELECT DISTINCT shingled.article_id, shingled.source, shingled.words, shingled.signature
FROM bands JOIN shingled USING (article_id)
WHERE bands.key IN ({keys}) AND article_id != ? LIMIT ?
"""


_NAMED = """
SELECT article_id FROM shingled WHERE article_id IN ({ids})
   OR cluster_id IN (SELECT cluster_id FROM shingled WHERE article_id IN ({ids}))
"""


def place(db: sqlite3.Connection, article: Article) -> None:
    """Find within the transaction *db* what *article* repeats, now that it has this text."""
    words = words_of(article.text or "")
    found = signature(words) if len(words) >= LEAST_WORDS else None
    first = instant_text(article.published or article.first_seen or article.fetched_at) or _NEVER
    old = db.execute(
        "SELECT signature, first FROM shingled WHERE article_id = ?", (article.article_id,)
    ).fetchone()
    if old and found is not None and tuple(old) == (found.tobytes(), first):
        return
    leave(db, article.article_id)
    if found is None:
        return
    same = _alike(db, article, found, len(words))
    db.execute(
        "INSERT INTO shingled VALUES (?, ?, ?, ?, ?, NULL)",
        (article.article_id, article.source, first, len(words), found.tobytes()),
    )
    db.executemany(
        "INSERT OR IGNORE INTO bands VALUES (?, ?)",
        [(key, article.article_id) for key in bands(found)],
    )
    if same:
        _join(db, [article.article_id, *same])


def leave(db: sqlite3.Connection, article_id: str) -> None:
    """Take an article out of its cluster and out of what is compared."""
    row = db.execute(
        "SELECT cluster_id, signature FROM shingled WHERE article_id = ?", (article_id,)
    ).fetchone()
    if row is None:
        return
    keys = bands(np.frombuffer(row["signature"], np.uint32))
    db.executemany(
        "DELETE FROM bands WHERE key = ? AND article_id = ?", [(key, article_id) for key in keys]
    )
    db.execute("DELETE FROM shingled WHERE article_id = ?", (article_id,))
    if row["cluster_id"] is not None:
        rest = db.execute(
            "SELECT article_id FROM shingled WHERE cluster_id = ?", (row["cluster_id"],)
        ).fetchall()
        _join(db, [each["article_id"] for each in rest])


def cluster_columns(article_id: str, cluster_id: str | None) -> dict[str, Any]:
    """Return the columns that tell what an article repeats."""
    repeated = cluster_id if cluster_id != article_id else None
    return {"cluster_id": cluster_id, "duplicate_of": repeated}


def _alike(
    db: sqlite3.Connection, article: Article, found: NDArray[np.uint32], words: int
) -> list[str]:
    keys = list(bands(found))
    rows = db.execute(
        _LIKELY.format(keys=_marks(keys)), (*keys, article.article_id, _MOST_COMPARED)
    )
    return [row["article_id"] for row in rows if _is_same(article.source, found, words, row)]


def _is_same(source: str, found: NDArray[np.uint32], words: int, row: sqlite3.Row) -> bool:
    strict = row["source"] == source or min(words, row["words"]) < SHORT
    other = np.frombuffer(row["signature"], np.uint32)
    return similarity(found, other) >= (WITHIN_SOURCE if strict else ACROSS_SOURCES)


def _join(db: sqlite3.Connection, ids: list[str]) -> None:
    """Make one cluster of the articles *ids* and of those in their clusters; none of one alone."""
    rows = db.execute(_NAMED.format(ids=_marks(ids)), (*ids, *ids)).fetchall()
    members = [row["article_id"] for row in rows]
    first = db.execute(
        f"SELECT article_id FROM shingled WHERE article_id IN ({_marks(members)}) "  # noqa: S608 - marks only
        "ORDER BY first, article_id LIMIT 1",
        members,
    ).fetchone()
    cluster_id = first["article_id"] if len(members) > 1 else None
    for member in members:
        changed = db.execute(
            "UPDATE shingled SET cluster_id = ? WHERE article_id = ? AND cluster_id IS NOT ?",
            (cluster_id, member, cluster_id),
        )
        if changed.rowcount:
            _publish_again(db, member)


def _publish_again(db: sqlite3.Connection, article_id: str) -> None:
    row = db.execute(
        "SELECT source, part FROM articles WHERE article_id = ?", (article_id,)
    ).fetchone()
    if row is not None:
        mark_changed(db, ARTICLES, row["source"], row["part"])


def _marks(values: list[Any]) -> str:
    return ", ".join("?" * len(values))
