"""How each source stands: its last runs, what it brought this week, when it is due. Read only."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from alescrawl.dataset.errors import DatasetError, OlderLedgerError
from alescrawl.dataset.gate.verdicts import BAD
from alescrawl.dataset.ledger.connection import Ledger, instant_text, plain_errors, text_instant
from alescrawl.dataset.ledger.format import FORMAT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from alescrawl.dataset.folder import Folder


# Of one that was cut short, the newest articles alone were read: it stays due.
_LAST = """
SELECT source, max(CASE WHEN finish_reason = 'finished' THEN started END) AS whole,
       max(started) AS any_run
FROM runs WHERE kind = 'crawl' GROUP BY source
"""


def longest_due_first(folder: Folder, sources: Iterable[str]) -> list[str]:
    """Return *sources*, first those never crawled to the end, then by how long that is ago."""
    if not folder.ledger.exists():
        return sorted(sources)
    with closing(Ledger(folder.ledger)) as ledger:
        last = {source: (whole or "", run) for source, whole, run in ledger.query(_LAST)}
    return sorted(sources, key=lambda source: (*last.get(source, ("", "")), source))


NEVER: Final = "never"


"""The verdict of a source that was not crawled yet."""


WEEK: Final = timedelta(days=7)


# By an index alone: a year of hourly runs is half a million rows.
_RUNS = """
SELECT source, max(started) AS last_run,
  max(CASE WHEN verdict IN ('ok', 'nothing_new') THEN started END) AS last_good,
  max(CASE WHEN verdict > '' THEN run_id END) AS judged
FROM runs WHERE kind = 'crawl' GROUP BY source
"""


_SINCE = """
SELECT min(started) FROM runs WHERE source = :source AND kind = 'crawl' AND verdict = :verdict
  AND run_id > coalesce((SELECT max(run_id) FROM runs WHERE source = :source AND kind = 'crawl'
                         AND verdict != :verdict), '')
"""


_NEW = """
SELECT coalesce(sum(json_extract(counts, '$."article/new"')), 0) FROM runs
WHERE source = ? AND kind = 'crawl' AND run_id >= ?
"""


_DUE = """
SELECT source, min(next_check) AS next_check, sum(next_check <= ?) AS due FROM urls
WHERE next_check IS NOT NULL GROUP BY source
"""


_GATES = "SELECT source, coalesce(held, reprocess_held) AS held, running FROM sources"


@dataclass(slots=True)
class Standing:
    """One source; moments are in UTC.

    ``verdict`` is that of the last run that was judged, ``since`` when the runs with that verdict
    began. ``last_good`` is the last run that was well, ``new_this_week`` the articles that came in
    within seven days, ``due`` the addresses that wait to be asked for, ``next_check`` when the
    first of them is due. ``held`` says whether rows wait, ``is_running`` whether a run has begun
    and not ended (or was killed).
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

    @property
    def is_bad(self) -> bool:
        """Whether somebody should look."""
        return self.verdict in BAD or self.held is not None

    def as_dict(self) -> dict[str, Any]:
        """Return all of it by name, moments as ISO 8601."""
        plain = {
            n: v.isoformat() if isinstance(v, datetime) else v for n, v in asdict(self).items()
        }
        return {**plain, "is_bad": self.is_bad}


def standings(folder: Folder, sources: Iterable[str] = ()) -> list[Standing]:
    """Return how *sources*, and those of the dataset, stand, by name.

    Raises :exc:`DatasetError` where the ledger cannot be read. Nothing is written.
    """
    found = {name: Standing(name) for name in sources}
    if folder.ledger.exists():
        with reading(folder) as db:
            _read(db, found)
    return [found[name] for name in sorted(found)]


@contextmanager
def reading(folder: Folder) -> Iterator[sqlite3.Connection]:
    """Give the ledger for reading; nothing is written, also where nothing may be."""
    path = folder.ledger
    with plain_errors(path), closing(_connected(folder)) as db:
        db.row_factory = sqlite3.Row
        found = db.execute("PRAGMA user_version").fetchone()[0]
        if found < FORMAT:
            raise OlderLedgerError(
                f"{path} is of format {found}, today's is {FORMAT}: the next crawl, or "
                "`scrapy migrate`, brings it up to date"
            )
        if found > FORMAT:
            raise DatasetError(
                f"{path} is of format {found}, this alescrawl knows {FORMAT}: upgrade it"
            )
        yield db


def _connected(folder: Folder) -> sqlite3.Connection:
    address = folder.ledger.absolute().as_uri()
    db = sqlite3.connect(f"{address}?mode=ro", uri=True)
    try:
        db.execute("PRAGMA user_version").fetchone()
    except sqlite3.OperationalError:
        # In a folder that may not be written SQLite cannot make the file that it locks by.
        db.close()
        db = sqlite3.connect(f"{address}?immutable=1", uri=True)
    return db


def _read(db: sqlite3.Connection, found: dict[str, Standing]) -> None:
    def of(source: str) -> Standing:
        return found.setdefault(source, Standing(source))

    now = datetime.now(UTC)
    for row in db.execute(_RUNS).fetchall():
        _add_runs(db, of(row["source"]), row, now - WEEK)
    for source, count in db.execute("SELECT source, count(*) FROM articles GROUP BY source"):
        of(source).articles = count
    for source, next_check, due in db.execute(_DUE, (instant_text(now),)):
        of(source).next_check, of(source).due = text_instant(next_check), due
    for source, held, running in db.execute(_GATES):
        of(source).held, of(source).is_running = held, running is not None


def _add_runs(db: sqlite3.Connection, standing: Standing, row: sqlite3.Row, week: datetime) -> None:
    standing.last_run = text_instant(row["last_run"])
    standing.last_good = text_instant(row["last_good"])
    # Identifiers of runs begin with their time.
    since = (standing.source, f"{week:%Y%m%dT%H%M%S}")
    (standing.new_this_week,) = db.execute(_NEW, since).fetchone()
    if row["judged"] is None:
        return
    judged = db.execute("SELECT verdict, why FROM runs WHERE run_id = ?", (row["judged"],))
    standing.verdict, why = judged.fetchone()
    standing.why = json.loads(why or "[]")
    values = {"source": standing.source, "verdict": standing.verdict}
    standing.since = text_instant(db.execute(_SINCE, values).fetchone()[0])
