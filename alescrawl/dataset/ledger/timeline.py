"""The states of an article in order of time: a capture is put where it belongs among them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from alescrawl.dataset import tables
from alescrawl.dataset.ledger.articles import keep_revision, pack, unpack, write_article
from alescrawl.dataset.ledger.partitions import mark_changed
from alescrawl.dataset.ledger.rereading import Doubt, doubt_about
from alescrawl.dataset.tables import article_row
from alescrawl.extraction.canonical import canonical_url

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from alescrawl.items import Article

Stored = (
    Literal["new", "changed", "older", "unchanged", "duplicate", "reserved_today", "reserved_then"]
    | Doubt
)
"""What a capture came to: *older* is a revision from before the row, which stays."""


class State(NamedTuple):
    """A revision of an article as the ledger has it."""

    revision: int
    row: dict[str, Any]


def put_capture(db: sqlite3.Connection, article: Article) -> Stored:
    """Store what an archive captured of *article* within the transaction *db*.

    Its ``fetched_at`` says where among the known states it belongs. The same words as those of
    the state before or after it are no new state; a row that a crawl has read is never replaced
    by an older capture, and where it has no words, none may be kept of older ones either.
    """
    found = db.execute(
        "SELECT source, part, url, revision, row FROM articles WHERE article_id = ?",
        (article.article_id,),
    ).fetchone()
    if found is None:
        article.first_seen, article.only_archived = article.fetched_at, True
        write_article(db, article)
        return "new"
    article.source = found["source"]
    states = _states(db, article.article_id, found)
    if (kept := _reason_to_leave(states, article, found)) is not None:
        return kept
    return _insert(db, article, found, states)


def _states(db: sqlite3.Connection, article_id: str, found: sqlite3.Row) -> list[State]:
    """Return the states of an article, the oldest first; of one read twice, as it was last."""
    older = db.execute(
        "SELECT revision, row FROM revisions WHERE article_id = ? AND revision < ? "
        "ORDER BY revision, extractor",
        (article_id, found["revision"]),
    )
    rows = {row["revision"]: unpack(row["row"]) for row in older}
    rows[found["revision"]] = unpack(found["row"])
    return [State(*each) for each in sorted(rows.items())]


def _reason_to_leave(states: list[State], article: Article, found: sqlite3.Row) -> Stored | None:
    """Return why *article* is no state of its own, as far as the whole of it tells."""
    known = states[-1].row
    if not known["text"] or article.withheld:
        return "reserved_today" if not known["text"] else "reserved_then"
    url, own = canonical_url(article.url), article.canonical_url
    is_elsewhere = url not in {found["url"], own}
    hashes = {each.row["content_hash"] for each in states}
    if is_elsewhere and article.content_hash not in hashes:
        return "duplicate"
    return None


def _insert(
    db: sqlite3.Connection, article: Article, found: sqlite3.Row, states: list[State]
) -> Stored:
    moment = article.fetched_at
    place = sum(_is_before(each.row["fetched_at"], moment) for each in states)
    before = states[place - 1] if place else None
    after = states[place] if place < len(states) else None
    if before is not None and before.row["content_hash"] == article.content_hash:
        return "unchanged"
    if after is not None and after.row["content_hash"] == article.content_hash:
        return _seen_earlier(db, article, found, after)
    near = before or after
    if (doubt := doubt_about(near.row if near else None, article)) is not None:
        return doubt
    if after is None:
        return _put_newest(db, article, found, states[-1].row)
    _put_older(db, article, found, after.revision)
    return "older"


def _is_before(known: datetime | None, moment: datetime | None) -> bool:
    return known is not None and moment is not None and known <= moment


def _seen_earlier(
    db: sqlite3.Connection, article: Article, found: sqlite3.Row, state: State
) -> Stored:
    """Let a state of an archive begin when it was captured first; one of a crawl stays."""
    if state.row["archive"] is None:
        return "unchanged"
    changed = {name: getattr(article, name) for name in ("fetched_at", "captured_at", "archive")}
    row = {**state.row, **changed}
    if row["only_archived"]:
        row["first_seen"] = min(row["first_seen"], article.fetched_at)
    _rewrite(db, article.article_id, found, State(state.revision, row))
    return "unchanged"


def _rewrite(db: sqlite3.Connection, article_id: str, found: sqlite3.Row, state: State) -> None:
    table = tables.ARTICLES if state.revision == found["revision"] else tables.REVISIONS
    values = (pack(state.row), article_id, state.revision)
    if table == tables.ARTICLES:
        db.execute("UPDATE articles SET row = ? WHERE (article_id, revision) = (?, ?)", values)
    else:
        extractor = (*values, state.row["extractor_version"])
        db.execute(
            "UPDATE revisions SET row = ? WHERE (article_id, revision, extractor) = (?, ?, ?)",
            extractor,
        )
    mark_changed(db, table, found["source"], found["part"])


def _put_newest(
    db: sqlite3.Connection, article: Article, found: sqlite3.Row, known: dict[str, Any]
) -> Stored:
    keep_revision(db, article.article_id, found, known["extractor_version"])
    article.revision = found["revision"] + 1
    for name in ("first_seen", "only_archived", "gone_since"):
        setattr(article, name, known[name])
    write_article(db, article, old_part=found["part"])
    return "changed"


def _put_older(db: sqlite3.Connection, article: Article, found: sqlite3.Row, place: int) -> None:
    """Make *article* the revision of number *place*; those from there on are one further."""
    _shift(db, article, found, place)
    article.revision, article.first_seen = place, article.fetched_at
    article.only_archived = unpack(found["row"])["only_archived"]
    row = article_row(article)
    key = (article.article_id, place, article.extractor_version)
    db.execute(
        "INSERT INTO revisions VALUES (?, ?, ?, ?, ?, ?)",
        (*key, found["source"], found["part"], pack(row)),
    )
    mark_changed(db, tables.REVISIONS, found["source"], found["part"])


def _shift(db: sqlite3.Connection, article: Article, found: sqlite3.Row, place: int) -> None:
    article_id = article.article_id
    later = db.execute(
        "SELECT revision, extractor, part, row FROM revisions "
        "WHERE article_id = ? AND revision >= ? ORDER BY revision DESC",
        (article_id, place),
    ).fetchall()
    for each in later:
        number = each["revision"] + 1
        db.execute(
            "UPDATE revisions SET revision = ?, row = ? "
            "WHERE (article_id, revision, extractor) = (?, ?, ?)",
            (number, _numbered(each["row"], number), article_id, number - 1, each["extractor"]),
        )
        mark_changed(db, tables.REVISIONS, found["source"], each["part"])
    row = {**unpack(found["row"]), "revision": found["revision"] + 1}
    if row["only_archived"]:
        row["first_seen"] = min(row["first_seen"], article.fetched_at)
    db.execute(
        "UPDATE articles SET revision = ?, row = ? WHERE article_id = ?",
        (row["revision"], pack(row), article_id),
    )
    mark_changed(db, tables.ARTICLES, found["source"], found["part"])


def _numbered(blob: bytes, number: int) -> bytes:
    return pack({**unpack(blob), "revision": number})
