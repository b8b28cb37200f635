"""An address that may be asked for, and the period that a run is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from alescrawl.dataset.hints import read_hints
from alescrawl.dataset.ledger import text_instant

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from alescrawl.dataset.hints import Hints


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address to ask for, with what is known about it."""

    url: str
    listed_url: str
    published: datetime | None
    hints: Hints
    etag: str | None
    last_modified: str | None


class Window(NamedTuple):
    """The period of publication that a run is about; open where empty. *until* is excluded."""

    since: datetime | None = None
    until: datetime | None = None

    def holds(self, moment: datetime | None) -> bool:
        """Return whether *moment* may lie in the period: an unknown moment may."""
        if moment is None:
            return True
        after = self.since is None or moment >= self.since
        return after and (self.until is None or moment < self.until)


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
