"""Removal: an article or a person's name is taken out of every table, ledger, archive, revision."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING

from alescrawl.dataset import tables
from alescrawl.dataset.archive.warc import (
    DamagedRecord,
    delete_dropped,
    read_page,
    record_of,
    remove_records,
)
from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.gate.bad_pages import remove_bad_pages
from alescrawl.dataset.ledger import near_duplicates as duplicates
from alescrawl.dataset.ledger.articles import pack, unpack
from alescrawl.dataset.ledger.hints import WITHHELD, allowed_hints, without_hints
from alescrawl.dataset.ledger.mentions import find_mentions_again, remove_mentions
from alescrawl.dataset.ledger.partitions import mark_changed, partition_key
from alescrawl.dataset.removal.redaction import (
    LEAST_WORDS,
    MOST_WORDS,
    holds_name,
    name_key,
    name_words,
    page_holds_name,
    redact,
    remember,
)
from alescrawl.extraction.canonical import canonical_url
from alescrawl.items import fingerprint

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable

    from alescrawl.dataset.folder import Folder
    from alescrawl.dataset.ledger.connection import Ledger
    from alescrawl.items import Article


_AT = """
SELECT DISTINCT article_id FROM urls
WHERE (url = :url OR (url > :url || '#' AND url < :url || '$')) AND article_id IS NOT NULL
"""
_BESIDE = """
SELECT other.article_id FROM articles
JOIN articles AS other ON other.source = articles.source AND other.url = articles.url
WHERE articles.article_id = ?
"""
_KEYS = {
    tables.ARTICLES: ("article_id",),
    tables.REVISIONS: ("article_id", "revision", "extractor"),
}


def forget_article(ledger: Ledger, output: Folder, address: str) -> int:
    """Remove the article at *address* (or with that article_id); return how many rows went.

    What is not there yet is remembered all the same, and never collected.
    """
    with ledger.transaction() as db:
        ids = _ids(db, address)
        addresses = set(_addresses(db, ids))
        if fingerprint(canonical_url(address)) in ids:
            addresses.add(canonical_url(address))
        for each in ids:
            remember(db, "article", each)
        for url in _paired(db, ids):
            remember(db, "article", fingerprint(url))
        # The items of a digest share its page.
        pages = {*ids, *(row["article_id"] for each in ids for row in db.execute(_BESIDE, (each,)))}
        removed = sum(remove_article(db, each) for each in ids)
        # Also those that were only listed so far.
        db.executemany("DELETE FROM urls WHERE url = ?", [(url,) for url in addresses])
        remove_records(db, output.raw, pages)
        remove_bad_pages(output, lambda url, _body: canonical_url(url) in addresses)
    delete_dropped(ledger, output)
    return removed


def _ids(db: sqlite3.Connection, address: str) -> set[str]:
    """Return the articles at *address*: itself, one item of a digest, or a digest with all."""
    if len(address) == len(fingerprint("")):
        return {address}
    page = canonical_url(address)
    anchor = address.partition("#")[2]
    item = fingerprint(f"{page}#{anchor}")
    if anchor and db.execute("SELECT 1 FROM articles WHERE article_id = ?", (item,)).fetchone():
        return {item}
    return {fingerprint(page), *(row["article_id"] for row in db.execute(_AT, {"url": page}))}


def forget_person(ledger: Ledger, output: Folder, name: str) -> list[str]:
    """Take *name* out of every article; return the addresses of those that held it.

    The pages of these articles, and all others that hold it, leave the archive. Addresses stay as
    they are, also where they hold the name. Raises :exc:`DatasetError` where *name* is not two to
    five words.
    """
    words = name_words(name)
    if not LEAST_WORDS <= len(words) <= MOST_WORDS:
        raise DatasetError(
            f"{name!r} is no given name with a surname such as 'Claire Vasserot': "
            "nothing was removed"
        )
    keys = {name_key(words)}
    held: dict[str, str] = {}
    in_pages = _pages_with(ledger, output, keys)
    with ledger.transaction() as db:
        remember(db, "person", name_key(words))
        _mark_published(db, output, keys)
        for table in (tables.ARTICLES, tables.REVISIONS):
            held |= _redact_table(db, table, keys)
        _change_hints(
            db, lambda row: without_hints(row["hints"], lambda text: holds_name(text, keys))
        )
        remove_records(db, output.raw, held.keys() | in_pages)
        remove_bad_pages(output, lambda _url, body: page_holds_name(body, keys))
    delete_dropped(ledger, output)
    return sorted(held.values())


def note_withheld(db: sqlite3.Connection, article: Article) -> None:
    """Record with its addresses what is withheld of *article*, as a crawl does that finds it so."""
    db.execute(
        "UPDATE urls SET reason = ?1, withheld = ?1 WHERE article_id = ?2 AND status = 'article'",
        (WITHHELD[article.withheld], article.article_id),
    )


def drop_pages(ledger: Ledger, output: Folder, article_ids: set[str]) -> None:
    """Take the pages of articles out of the archive."""
    with ledger.transaction() as db:
        remove_records(db, output.raw, article_ids)
    delete_dropped(ledger, output)


def drop_withheld(ledger: Ledger, output: Folder, source: str) -> None:
    """Drop what other addresses and the archive still have of articles that are withheld."""
    with ledger.transaction() as db:
        told = db.execute(
            "SELECT article_id, min(withheld) AS reason FROM urls WHERE source = ? "
            "AND withheld IN ('reserved', 'metadata_only') AND article_id IS NOT NULL "
            "GROUP BY article_id",
            (source,),
        ).fetchall()
        reasons = {row["article_id"]: row["reason"] for row in told}
        if not reasons:
            return
        _change_hints(db, lambda row: allowed_hints(row["hints"], reasons.get(row["article_id"])))
        archived = db.execute("SELECT DISTINCT article_id FROM raw WHERE source = ?", (source,))
        remove_records(db, output.raw, {row["article_id"] for row in archived} & reasons.keys())
        addresses = set(_addresses(db, reasons.keys()))
        remove_bad_pages(output, lambda url, _body: canonical_url(url) in addresses)
    delete_dropped(ledger, output)


def remove_article(db: sqlite3.Connection, article_id: str) -> int:
    """Remove an article with all its revisions, within the transaction *db*; return how many."""
    duplicates.leave(db, article_id)
    removed = 0
    for table in (tables.ARTICLES, tables.REVISIONS):
        for row in db.execute(
            f"DELETE FROM {table} WHERE article_id = ? RETURNING source, part",  # noqa: S608 - our names
            (article_id,),
        ).fetchall():
            for changed in (table, tables.MENTIONS):
                mark_changed(db, changed, row["source"], row["part"], removes=article_id)
            removed += 1
    remove_mentions(db, article_id)
    db.execute("DELETE FROM pairs WHERE article_id = ?", (article_id,))
    return removed


def _paired(db: sqlite3.Connection, ids: Iterable[str]) -> list[str]:
    """Return the canonical addresses that articles have got since their source moved."""
    every = "SELECT url FROM pairs WHERE article_id IN (SELECT value FROM json_each(?))"
    return [row["url"] for row in db.execute(every, (json.dumps([*ids]),))]


def _addresses(db: sqlite3.Connection, ids: Iterable[str]) -> list[str]:
    """Return the addresses at which articles were read."""
    every = (
        "SELECT url FROM urls WHERE article_id IN (SELECT value FROM json_each(?))",
        (json.dumps([*ids]),),
    )
    return [row["url"] for row in db.execute(*every)]


def _change_hints(db: sqlite3.Connection, change: Callable[[sqlite3.Row], str | None]) -> None:
    """Replace what routes said about articles by what *change* makes of an address's row."""
    changed = []
    every = "SELECT source, url, article_id, hints FROM urls WHERE hints IS NOT NULL"
    for row in db.execute(every):
        hints = change(row)
        if hints != row["hints"]:
            changed.append((hints, row["source"], row["url"]))
    db.executemany("UPDATE urls SET hints = ? WHERE source = ? AND url = ?", changed)


def _pages_with(ledger: Ledger, output: Folder, keys: set[str]) -> set[str]:
    """Return the articles whose archived pages hold one of the names, whatever their rows do."""
    found = set()
    rows = ledger.query("SELECT * FROM raw WHERE kind = 'response'").fetchall()
    for row in rows:
        if row["article_id"] in found:
            continue
        record = record_of(row)
        with suppress(DamagedRecord):
            page = read_page(output.raw, record.location, None)
            if page_holds_name(page.body, keys):
                found.add(row["article_id"])
    return found


def _mark_removed(db: sqlite3.Connection, source: str, part: str, article_id: str) -> None:
    """Mark what is published of an article in a part of its source, in whatever table."""
    known = "SELECT dataset FROM parts WHERE source = ? AND part = ? AND dataset IN (?, ?, ?)"
    of_articles = (tables.ARTICLES, tables.REVISIONS, tables.MENTIONS)
    for row in db.execute(known, (source, part, *of_articles)).fetchall():
        mark_changed(db, row["dataset"], source, part, removes=article_id)


def _mark_published(db: sqlite3.Connection, output: Folder, keys: set[str]) -> None:
    """Mark what holds one of the names in files that are older than the ledger's rows."""
    from alescrawl.dataset.storage.parquet import read_rows  # noqa: PLC0415 - slow to import

    older = db.execute(
        "SELECT dataset, source, part FROM parts WHERE changes > published AND dataset IN (?, ?)",
        (tables.ARTICLES, tables.REVISIONS),
    ).fetchall()
    for dataset, source, part in older:
        for row in read_rows(output.published, partition_key(dataset, source, part)):
            if redact(row, keys):
                _mark_removed(db, source, part, row["article_id"])


def _redact_table(db: sqlite3.Connection, table: str, keys: set[str]) -> dict[str, str]:
    """Take the names out of a table's rows; return the articles that held one, with addresses."""
    held = {}
    key = ", ".join(_KEYS[table])
    marks = ", ".join("?" * len(_KEYS[table]))
    every = f"SELECT {key} FROM {table}"  # noqa: S608 - our own names
    one = f"SELECT * FROM {table} WHERE ({key}) = ({marks})"  # noqa: S608 - as above
    for known in db.execute(every).fetchall():
        found = db.execute(one, tuple(known)).fetchone()
        row = unpack(found["row"])
        if redact(row, keys):
            held[found["article_id"]] = row["url"]
            db.execute(
                f"UPDATE {table} SET row = ? WHERE ({key}) = ({marks})",  # noqa: S608
                (pack(row), *known),
            )
            if table == tables.ARTICLES:
                find_mentions_again(db, row)
            _mark_removed(db, found["source"], found["part"], row["article_id"])
    return held
