"""How each source stands: its last runs, what it brought this week, when it is due. Read only."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from alescrawl.dataset.gate.verdicts import BAD
from alescrawl.dataset.ledger.clock import latest_believed, sources_later_than_now
from alescrawl.dataset.ledger.connection import instant_text, read_only, text_instant
from alescrawl.dataset.ledger.runs import last_runs
from alescrawl.dataset.publication.integrity import find_lost

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from alescrawl.dataset.folder import Folder
    from alescrawl.dataset.ledger.runs import LastRuns

NEVER: Final = "never"
"""The verdict of a source that was not crawled yet."""

WEEK: Final = timedelta(days=7)

_SINCE = """
SELECT min(started) FROM runs WHERE source = :source AND kind = 'crawl' AND verdict = :verdict
  AND run_id > coalesce((SELECT max(run_id) FROM runs WHERE source = :source AND kind = 'crawl'
                         AND verdict != :verdict), '')
"""

_NEW = """
SELECT coalesce(sum(json_extract(counts, '$."article/new"')), 0) FROM runs
WHERE source = ? AND kind = 'crawl' AND run_id >= ? AND started <= ?
"""

_DUE = """
SELECT source, min(next_check) AS next_check, sum(next_check <= ?) AS due FROM urls
WHERE next_check IS NOT NULL GROUP BY source
"""

_GATES = """
SELECT source, coalesce(held, reprocess_held, backfill_held) AS held, running FROM sources
"""


@dataclass(slots=True)
class SourceStatus:
    """One source; moments are in UTC.

    ``verdict`` is that of the last run that was judged, ``since`` when the runs with that verdict
    began. ``last_good`` is the last run that was well, ``new_this_week`` the articles that came in
    within seven days, ``due`` the addresses that wait to be asked for, ``next_check`` when the
    first of them is due. ``held`` says whether rows wait, ``is_running`` whether a run has begun
    and not ended (or was killed). ``missing`` and ``damaged`` are the published files that are not
    there, or not as they were written. ``later_than_now`` is when a run began that is recorded
    later than now: a clock was ahead, and it is not believed.
    """

    source: str
    verdict: str = NEVER
    why: list[str] = field(default_factory=list)
    since: datetime | None = None
    last_run: datetime | None = None
    last_good: datetime | None = None
    new_this_week: int = 0
    articles: int = 0
    due: int = 0
    next_check: datetime | None = None
    held: str | None = None
    is_running: bool = False
    missing: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    later_than_now: datetime | None = None

    @property
    def is_bad(self) -> bool:
        """Whether somebody should look."""
        return self.verdict in BAD or self.held is not None or self.has_lost_files

    @property
    def has_lost_files(self) -> bool:
        """Whether a published file is gone, cut or damaged."""
        return bool(self.missing or self.damaged)

    def as_dict(self) -> dict[str, Any]:
        """Return all of it by name, moments as ISO 8601."""
        plain = {
            n: v.isoformat() if isinstance(v, datetime) else v for n, v in asdict(self).items()
        }
        return {**plain, "is_bad": self.is_bad}


def source_statuses(
    folder: Folder, sources: Iterable[str] = (), *, with_files: bool = True
) -> list[SourceStatus]:
    """Return how *sources*, and those of the dataset, stand, by name.

    Raises :exc:`DatasetError` where the ledger, or *with_files* what is published, cannot be read.
    Nothing is written.
    """
    found = {name: SourceStatus(name) for name in sources}
    if folder.ledger.exists():
        with read_only(folder) as db:
            _read(db, found)
            if with_files:
                _add_lost(db, folder, found)
    return [found[name] for name in sorted(found)]


def _read(db: sqlite3.Connection, found: dict[str, SourceStatus]) -> None:
    def of(source: str) -> SourceStatus:
        return found.setdefault(source, SourceStatus(source))

    now = datetime.now(UTC)
    for runs in last_runs(db):
        _add_runs(db, of(runs.source), runs, now - WEEK)
    for source, moment in sources_later_than_now(db).items():
        of(source).later_than_now = moment
    for source, count in db.execute("SELECT source, count(*) FROM articles GROUP BY source"):
        of(source).articles = count
    for source, next_check, due in db.execute(_DUE, (instant_text(now),)):
        of(source).next_check, of(source).due = text_instant(next_check), due
    for source, held, running in db.execute(_GATES):
        of(source).held, of(source).is_running = held, running is not None


def _add_lost(db: sqlite3.Connection, folder: Folder, found: dict[str, SourceStatus]) -> None:
    for lost in find_lost(db, folder):
        source = lost.partition.source
        status = found.setdefault(source, SourceStatus(source))
        (status.missing if lost.loss == "missing" else status.damaged).append(lost.partition.key)


def _add_runs(db: sqlite3.Connection, status: SourceStatus, runs: LastRuns, week: datetime) -> None:
    status.last_run = text_instant(runs.last)
    status.last_good = text_instant(runs.last_good)
    # Identifiers of runs begin with their time.
    since = (status.source, f"{week:%Y%m%dT%H%M%S}", latest_believed())
    (status.new_this_week,) = db.execute(_NEW, since).fetchone()
    if runs.judged is None:
        return
    judged = db.execute("SELECT verdict, why FROM runs WHERE run_id = ?", (runs.judged,))
    status.verdict, why = judged.fetchone()
    status.why = json.loads(why or "[]")
    values = {"source": status.source, "verdict": status.verdict}
    status.since = text_instant(db.execute(_SINCE, values).fetchone()[0])
