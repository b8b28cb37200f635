"""Articles and their revisions: stored, read again, withheld, marked where their page is gone."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any, Literal

from alescrawl.dataset import tables
from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.ledger import near_duplicates as duplicates
from alescrawl.dataset.ledger.clock import SKEW
from alescrawl.dataset.ledger.connection import instant_text, text_instant
from alescrawl.dataset.ledger.mentions import put_mentions, same_mentions
from alescrawl.dataset.ledger.partitions import mark_changed, part_for
from alescrawl.dataset.tables import article_row, from_json, to_json
from alescrawl.extraction.canonical import canonical_url
from alescrawl.items import TEXT_FIELDS, fingerprint, straight_quotes

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime, timedelta

    from alescrawl.dataset.ledger.connection import Ledger
    from alescrawl.items import Article


Outcome = Literal["new", "changed", "refreshed", "unchanged", "duplicate"]
"""What storing an article came to: *refreshed* is new metadata around the same words."""

_FROM_TEXT: dict[str, Any] = {
    **dict.fromkeys(("institutions", "persons", "places", "topics", "relevance_reasons"), ()),
    **dict.fromkeys(("gard_score", "is_gard", "is_economic")),
    "word_count": 0,
}
"""What was read in a text that is withheld now; empty."""

_OF_SIGNATURE: dict[str, Any] = {
    **dict.fromkeys(("authors", "agencies", "tags"), ()),
    **dict.fromkeys(("byline", "section", "image_url")),
}

_TIMES_OF_READING = ("first_seen", "fetched_at", "revision")

_OF_CAPTURE = ("archive", "captured_at", "only_archived")

_EXTRACTOR = "extractor_version"


def pack(row: dict[str, Any]) -> bytes:
    """Return *row* as the ledger keeps it."""
    return zlib.compress(json.dumps(to_json(row), ensure_ascii=False).encode(), 1)


def unpack(blob: bytes) -> dict[str, Any]:
    """Undo :func:`pack`; raise :exc:`DatasetError` where the disk has damaged what was kept."""
    try:
        return from_json(json.loads(zlib.decompress(blob)))
    except (zlib.error, ValueError) as error:
        raise DatasetError(
            f"a row of the ledger is damaged ({error}): restore ledger.sqlite from a backup "
            "(what is published stays readable)"
        ) from error


def put_article(db: sqlite3.Connection, article: Article, *, has_moved: bool = False) -> Outcome:
    """Store *article* within the transaction *db*; set its revision and first_seen.

    Two pages that name one canonical URL are one article. The page at that very address
    speaks for it, else the one whose address sorts first, whatever the order they are read in.
    Of an article that *has_moved* the page of now speaks for it.
    """
    found = db.execute(
        "SELECT source, part, url, revision, row FROM articles WHERE article_id = ?",
        (article.article_id,),
    ).fetchone()
    if found is None:
        article.first_seen = article.fetched_at
        write_article(db, article)
        return "new"
    article.source = found["source"]
    article.revision = found["revision"]
    old = unpack(found["row"])
    # What is later than this reading is of a clock that was ahead.
    article.first_seen = _earlier(old["first_seen"], article.fetched_at)
    if found["url"] != canonical_url(article.url) and not has_moved:
        return _settle(db, article, found, old)
    return _revise(db, article, found, old)


def _earlier(known: datetime | None, now: datetime | None) -> datetime | None:
    """Return when it was, as far as is *known*; *now* where that is later."""
    return now if known is not None and now is not None and known > now + SKEW else known


def has_article(ledger: Ledger, article_id: str) -> bool:
    """Return whether there is a row of *article_id*."""
    found = ledger.query("SELECT 1 FROM articles WHERE article_id = ?", article_id)
    return found.fetchone() is not None


def _settle(
    db: sqlite3.Connection, article: Article, found: sqlite3.Row, old: dict[str, Any]
) -> Outcome:
    """Keep the better of two pages that are one article: one that is there before one gone."""
    own = article.canonical_url
    is_gone = old["gone_since"] is not None
    if is_gone or _rank(canonical_url(article.url), own) < _rank(found["url"], own):
        write_article(db, article, old_part=found["part"])
        _withhold(db, article, found, old)
    return "duplicate"


def _rank(url: str, own: str) -> tuple[bool, str]:
    return (url != own, url)


def _revise(
    db: sqlite3.Connection, article: Article, found: sqlite3.Row, old: dict[str, Any]
) -> Outcome:
    if old["content_hash"] != article.content_hash:
        keep_revision(db, article.article_id, found, old["extractor_version"])
        article.revision += 1
        write_article(db, article, old_part=found["part"])
        _withhold(db, article, found, old)
        return "changed"
    _withhold(db, article, found, old)
    read_later = _earlier(old["fetched_at"], article.fetched_at) != old["fetched_at"]
    if not read_later and not _differ(old, article) and same_mentions(db, article):
        return "unchanged"
    write_article(db, article, old_part=found["part"])
    return "refreshed"


def put_reading(db: sqlite3.Connection, article: Article, known: dict[str, Any]) -> bool:
    """Store *article*, read again from the page of the *known* row, within the transaction *db*.

    Where another extractor read that row otherwise, it is kept among the revisions. Return
    whether the ledger has the row still; nothing is written where it does not.
    """
    found = db.execute(
        "SELECT source, part, revision, row FROM articles WHERE article_id = ?",
        (article.article_id,),
    ).fetchone()
    if found is None or unpack(found["row"]) != known:
        return False
    keep_times(article, known)
    same = _differ(known, article) <= {_EXTRACTOR} and same_mentions(db, article)
    if same and known[_EXTRACTOR] == article.extractor_version:
        return True
    if not same and known[_EXTRACTOR] != article.extractor_version:
        keep_revision(db, article.article_id, found, known[_EXTRACTOR])
    write_article(db, article, old_part=found["part"])
    _withhold(db, article, found, known)
    return True


def keep_times(article: Article, known: dict[str, Any]) -> None:
    """Give *article* what the *known* row says of its fetch, which stays as it was."""
    for name in ("source", "gone_since", *_OF_CAPTURE, *_TIMES_OF_READING):
        setattr(article, name, known[name])
    if article.captured_at is not None:
        article.provenance["captured_at"] = "archive"


def _differ(old: dict[str, Any], article: Article) -> set[str]:
    """Return the names of the columns that differ, but for when they were read."""
    new = stored_row(article)
    return {name for name in new.keys() - set(_TIMES_OF_READING) if old[name] != new[name]}


def stored_row(article: Article) -> dict[str, Any]:
    """Return the row of *article* as the ledger gives it back."""
    return from_json(json.loads(json.dumps(to_json(article_row(article)))))


def keep_revision(
    db: sqlite3.Connection, article_id: str, found: sqlite3.Row, extractor: str
) -> None:
    """Keep the row that was *found*, which *extractor* read, among the revisions."""
    names = ("revision", "source", "part", "row")
    revision, *others = (found[name] for name in names)
    db.execute(
        "INSERT OR REPLACE INTO revisions VALUES (?, ?, ?, ?, ?, ?)",
        (article_id, revision, extractor, *others),
    )
    mark_changed(db, tables.REVISIONS, found["source"], found["part"])


def _withhold(
    db: sqlite3.Connection, article: Article, found: sqlite3.Row, old: dict[str, Any]
) -> None:
    """Leave nothing of what is withheld of *article* in its *old* row and revisions, published."""
    if not article.withheld:
        return
    if any(old[name] and not getattr(article, name) for name in (*TEXT_FIELDS, *_OF_SIGNATURE)):
        for table in (tables.ARTICLES, tables.MENTIONS):
            mark_changed(db, table, found["source"], found["part"], removes=article.article_id)
    older = "SELECT * FROM revisions WHERE article_id = ?"
    for kept in db.execute(older, (article.article_id,)).fetchall():
        stripped = pack(_stripped(unpack(kept["row"]), article))
        if stripped == kept["row"]:
            continue
        for table in (tables.ARTICLES, tables.MENTIONS, tables.REVISIONS):
            mark_changed(db, table, kept["source"], kept["part"], removes=article.article_id)
        db.execute(
            "UPDATE revisions SET row = ? WHERE (article_id, revision, extractor) = (?, ?, ?)",
            (stripped, *(kept[name] for name in ("article_id", "revision", "extractor"))),
        )


def _stripped(row: dict[str, Any], article: Article) -> dict[str, Any]:
    """Return an older *row* without what is withheld of *article*."""
    empty = {name: getattr(article, name) for name in TEXT_FIELDS} | _FROM_TEXT
    if article.withheld == "all":
        empty |= _OF_SIGNATURE
    told = {n: None if n in empty else origin for n, origin in (row["provenance"] or {}).items()}
    words = fingerprint(straight_quotes(f"{row['title'] or ''}\n"))
    return {**row, **empty, "provenance": told, "content_hash": words}


def write_article(db: sqlite3.Connection, article: Article, *, old_part: str | None = None) -> None:
    """Make *article* the row of its article_id, which was in *old_part* where there was one."""
    part = part_for(db, article, old_part)
    db.execute(
        "INSERT OR REPLACE INTO articles VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            article.article_id,
            article.source,
            part,
            canonical_url(article.url),
            article.revision,
            article.content_hash,
            pack(article_row(article)),
        ),
    )
    duplicates.place(db, article)
    put_mentions(db, article)
    for table in (tables.ARTICLES, tables.MENTIONS):
        mark_changed(db, table, article.source, part)
        if old_part not in {None, part}:
            mark_changed(db, table, article.source, str(old_part), loses=True)


_ARTICLE = """
SELECT missing_since, articles.* FROM urls JOIN articles USING (article_id)
WHERE urls.source = :source AND urls.url = :url
UNION ALL
-- The items of a digest, whose addresses are its own with an anchor ($ follows #).
SELECT page.missing_since, articles.* FROM urls AS page
JOIN urls ON urls.source = page.source AND urls.url > page.url || '#' AND urls.url < page.url || '$'
JOIN articles ON articles.article_id = urls.article_id
WHERE page.source = :source AND page.url = :url
"""


# Two addresses that led to one page: the page is asked for itself.
_ASK_THE_PAGE = """
UPDATE urls SET next_check = min(coalesce(next_check, :now), :now)
WHERE article_id = :article_id AND url = :url AND missing_since IS NULL
"""


def note_missing(
    db: sqlite3.Connection, source: str, asked: set[str], now: datetime, least: timedelta
) -> bool:
    """Mark the article of a page that has been missing for *least*; return whether it was marked.

    *asked* are the address that was asked for and the one that it led to. The row of the first
    already says since when the page is missing.
    """
    rows = [row for url in sorted(asked) for row in _articles(db, source, url)]
    for row in rows:
        if row["url"] not in asked:
            values = {"now": instant_text(now), "article_id": row["article_id"], "url": row["url"]}
            db.execute(_ASK_THE_PAGE, values)
    since = min((row["missing_since"] for row in rows if row["missing_since"]), default=None)
    moment = text_instant(since)
    if moment is None or now - moment < least:
        return False
    marked = [_set_gone(db, row, moment) for row in rows if row["url"] in asked]
    return any(marked)


def note_present(db: sqlite3.Connection, source: str, url: str) -> bool:
    """Record that the page at *url* is there; return whether its article was marked as gone."""
    rows = _articles(db, source, url)
    marked = [_set_gone(db, row, None) for row in rows]
    return any(marked)


def _articles(db: sqlite3.Connection, source: str, url: str) -> list[sqlite3.Row]:
    return db.execute(_ARTICLE, {"source": source, "url": url}).fetchall()


def _set_gone(db: sqlite3.Connection, found: sqlite3.Row, since: datetime | None) -> bool:
    row = unpack(found["row"])
    if (row["gone_since"] is None) == (since is None):
        return False
    row["gone_since"] = since
    db.execute("UPDATE articles SET row = ? WHERE article_id = ?", (pack(row), found["article_id"]))
    mark_changed(db, tables.ARTICLES, found["source"], found["part"])
    return True
