"""Which addresses a run should ask for: the new, the changed, and those due for a check."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from alescrawl.dataset.ledger.connection import instant_text, text_instant
from alescrawl.dataset.ledger.hints import allowed_hints, hints_of, merged_hints, read_hints
from alescrawl.dataset.ledger.lastmod import DOUBTED_RECHECK, believable, is_believed
from alescrawl.extraction.canonical import canonical_url

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

    from alescrawl.dataset.ledger.connection import Ledger
    from alescrawl.dataset.ledger.hints import Hints, Listed
    from alescrawl.dataset.ledger.window import Window


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address to ask for, with what is known about it."""

    url: str
    listed_url: str
    published: datetime | None
    hints: Hints
    etag: str | None
    last_modified: str | None


def candidate_of(row: sqlite3.Row) -> Candidate:
    """Return the address that a *row* of the table of addresses is about."""
    # Without an article to keep, « not modified » would be the loss of one.
    has_article = row["article_id"] is not None
    return Candidate(
        row["url"],
        row["listed_url"],
        text_instant(row["published"]),
        read_hints(row["hints"]),
        row["etag"] if has_article else None,
        row["last_modified"] if has_article else None,
    )


# Renderings of a page (AMP, print) only add to its address; a last slash may be either's.
_NEARER = """CASE
    WHEN length(:listed_url) < length(listed_url) - 1 THEN :listed_url ELSE listed_url END"""

_UPSERT = f"""
INSERT INTO urls (source, url, listed_url, status, published, lastmod, hints, first_seen,
                  last_seen, next_check, listed_in, listed_by)
VALUES (:source, :url, :listed_url, 'found', :published, :lastmod, :hints, :now, :now, :now, :run,
        :listed_by)
ON CONFLICT DO UPDATE SET
    last_seen = :now,
    listed_in = :run,
    listed_url = {_NEARER},
    listed_by = coalesce(:sitemap, listed_by, :listed_by),
    published = coalesce(published, excluded.published),
    hints = CASE
        WHEN excluded.hints IS NULL OR excluded.hints IS hints THEN hints
        ELSE allowed_hints(merged_hints(hints, excluded.hints), withheld) END,
    next_check = CASE
        -- What this run has asked for already is as new as it can be.
        WHEN claimed_by IS :run THEN next_check
        WHEN :again OR excluded.lastmod > coalesce(lastmod, fetched_at) THEN :now
        ELSE next_check END,
    unlisted_check = CASE
        WHEN claimed_by IS :run THEN unlisted_check
        WHEN :again THEN NULL
        WHEN excluded.lastmod > coalesce(lastmod, fetched_at)
            THEN coalesce(unlisted_check, next_check, '9999')
        ELSE unlisted_check END,
    lastmod = max(coalesce(lastmod, excluded.lastmod), coalesce(excluded.lastmod, lastmod))
"""  # noqa: S608 - constants

# An article is published before it is modified: without a date, lastmod bounds it from above.
_IS_DUE = """
WHERE source = :source AND next_check IS NOT NULL AND next_check <= :now
  AND claimed_by IS NOT :run AND (NOT :only_listed OR listed_in = :run)
  AND (:since IS NULL OR coalesce(published, lastmod, :since) >= :since)
  AND (:until IS NULL OR published IS NULL OR published < :until)
  AND (:lastmod_believed OR unlisted_check IS NULL OR unlisted_check <= :now
       OR fetched_at <= :doubted_before)
"""

_COLUMNS = "url, listed_url, published, hints, article_id, etag, last_modified"

_DUE = f"SELECT {_COLUMNS} FROM urls {_IS_DUE} ORDER BY published DESC LIMIT :count"  # noqa: S608 - constants

# The scheme and host of an address end before the first slash after "https://".
_DUE_BY_HOST = f"""
SELECT substr(listed_url, 1, instr(substr(listed_url, 9) || '/', '/') + 7) AS origin,
       count(*) AS count
FROM urls {_IS_DUE} GROUP BY origin
"""  # noqa: S608 - constants

_POSTPONE = """
UPDATE urls
SET claimed_by = :run, next_check = max(next_check, coalesce(:not_before, next_check))
"""

_POSTPONE_HOST = _POSTPONE + _IS_DUE + "AND substr(listed_url, 1, length(:prefix)) = :prefix"

_POSTPONE_ONE = _POSTPONE + "WHERE source = :source AND url = :url AND next_check IS NOT NULL"

_CLAIM = "UPDATE urls SET claimed_by = ? WHERE source = ? AND url = ?"

_SEEN = f"""
UPDATE urls SET last_seen = :now, listed_in = :run, listed_url = {_NEARER},
                listed_by = coalesce(:sitemap, listed_by, :listed_by)
WHERE source = :source AND url = :url
"""  # noqa: S608 - constants

_STATE = """
SELECT url, coalesce(lastmod, fetched_at) AS state FROM urls
WHERE source = ? AND url IN (SELECT value FROM json_each(?))
"""


def _is_news(row: Mapping[str, Any], known: Mapping[str, str | None]) -> bool:
    if row["url"] not in known:
        return True
    state = known[row["url"]]
    return row["lastmod"] is not None and state is not None and row["lastmod"] > state


def _tells(row: Mapping[str, Any], known: Mapping[str, str | None]) -> bool:
    """Return whether *row* says anything but that its address is still listed."""
    is_first_date = bool(row["lastmod"]) and known.get(row["url"]) is None
    return bool(row["hints"] or row["published"]) or is_first_date or _is_news(row, known)


class Frontier:
    """The addresses of one source, for one run."""

    def __init__(
        self, ledger: Ledger, source: str, run_id: str, *, only_listed: bool = False
    ) -> None:
        self._only_listed = only_listed
        self._ledger = ledger
        self._source = source
        self._run_id = run_id
        ledger.define("merged_hints", 2, merged_hints)
        ledger.define("allowed_hints", 2, allowed_hints)

    def offer(self, entries: Sequence[Listed], *, again: bool = False) -> int:
        """Record *entries* as listed now; with *again* all of them are due, known or not.

        Returns how many of them are new or have changed.
        """
        moment = datetime.now(UTC)
        now = instant_text(moment)
        rows = [
            {
                "source": self._source,
                "url": canonical_url(entry.url),
                "listed_url": entry.url,
                "published": instant_text(entry.published or entry.latest),
                "lastmod": instant_text(believable(entry.lastmod, moment)),
                "hints": hints_of(entry),
                "listed_by": entry.listed_by,
                # Read whole, and often; an interface lists all only where something is missing.
                "sitemap": entry.listed_by if entry.origin == "sitemap" else None,
                "now": now,
                "again": again,
                "run": self._run_id,
            }
            for entry in entries
        ]
        with self._ledger.transaction() as db:
            known = self._known_state(db, [row["url"] for row in rows])
            quiet = [row for row in rows if not (again or _tells(row, known))]
            db.executemany(_UPSERT, [row for row in rows if again or _tells(row, known)])
            db.executemany(_SEEN, quiet)
        return sum(_is_news(row, known) for row in rows)

    def _known_state(self, db: sqlite3.Connection, urls: list[Any]) -> dict[str, str | None]:
        """Return, for each of *urls* that is known, up to when its changes are."""
        found = db.execute(_STATE, (self._source, json.dumps(urls))).fetchall()
        return {row["url"]: row["state"] for row in found}

    def take(self, count: int, window: Window) -> list[Candidate]:
        """Return up to *count* addresses that are due, newest first, each once in a run."""
        with self._ledger.transaction() as db:
            values = {**self._due_values(window), "count": count}
            rows = db.execute(_DUE, values).fetchall()
            db.executemany(
                "UPDATE urls SET claimed_by = ? WHERE source = ? AND url = ?",
                [(self._run_id, self._source, row["url"]) for row in rows],
            )
        return [candidate_of(row) for row in rows]

    def due(self, window: Window) -> dict[str, int]:
        """Return how many addresses are due and not yet taken, for each scheme and host."""
        with self._ledger.transaction() as db:
            rows = db.execute(_DUE_BY_HOST, self._due_values(window)).fetchall()
        return {row["origin"]: row["count"] for row in rows}

    def postpone(self, url: str, not_before: datetime | None) -> None:
        """Leave *url* as it is: due for the next run, but not before a moment."""
        values = {
            "source": self._source,
            "run": self._run_id,
            "url": url,
            "not_before": instant_text(not_before),
        }
        with self._ledger.transaction() as db:
            db.execute(_POSTPONE_ONE, values)

    def postpone_host(self, origin: str, not_before: datetime | None, window: Window) -> int:
        """Do so with all addresses of a host that are due; return how many these are."""
        values = {
            **self._due_values(window),
            "prefix": f"{origin}/",
            "not_before": instant_text(not_before),
        }
        with self._ledger.transaction() as db:
            return db.execute(_POSTPONE_HOST, values).rowcount

    def _due_values(self, window: Window) -> dict[str, object]:
        now = datetime.now(UTC)
        return {
            "source": self._source,
            "run": self._run_id,
            "now": instant_text(now),
            "doubted_before": instant_text(now - DOUBTED_RECHECK),
            "lastmod_believed": is_believed(self._ledger, self._source),
            "since": instant_text(window.since),
            "until": instant_text(window.until),
            "only_listed": self._only_listed,
        }

    def claim(self, db: sqlite3.Connection, url: str) -> None:
        """Record within the transaction *db* that this run read what *url* names, unasked."""
        db.execute(_CLAIM, (self._run_id, self._source, url))

    def not_believed(self) -> int:
        """Return how many addresses a newer lastmod alone did not make this run ask for."""
        if is_believed(self._ledger, self._source):
            return 0
        (count,) = self._ledger.query(
            "SELECT count(*) FROM urls WHERE source = ? AND listed_in = ? "
            "AND claimed_by IS NOT listed_in AND unlisted_check > ?",
            self._source,
            self._run_id,
            instant_text(datetime.now(UTC)),
        ).fetchone()
        return int(count)

    def listed(self) -> int:
        """Return how many addresses the routes of this run have listed."""
        (count,) = self._ledger.query(
            "SELECT count(*) FROM urls WHERE source = ? AND listed_in = ?",
            self._source,
            self._run_id,
        ).fetchone()
        return int(count)
