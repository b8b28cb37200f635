"""Changes of a source's state that nobody was told of yet: well, or the verdict that is bad."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple

from alescrawl.dataset.gate.verdicts import BAD
from alescrawl.dataset.ledger.clock import latest_believed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from alescrawl.dataset.ledger.connection import Ledger

WELL: Final = "well"
_LINES: Final = 20

# Where a run brought nothing new, rows of an earlier one may wait all the same.
_STATES = """
SELECT sources.source, held, told, verdict, why FROM sources JOIN runs ON run_id =
  (SELECT max(run_id) FROM runs WHERE runs.source = sources.source AND kind = 'crawl'
   AND verdict > '' AND started <= ?)
ORDER BY sources.source
"""


class Change(NamedTuple):
    """A source whose state is another than was told last."""

    source: str
    was: str
    now: str
    why: list[str]

    def __str__(self) -> str:
        """Say it in a line."""
        why = f": {'; '.join(self.why)}" if self.why and self.now != WELL else ""
        return f"{self.source} is {self.now} (was {self.was}){why}"


def untold(ledger: Ledger, sources: Iterable[str] | None = None) -> list[Change]:
    """Return what changed since it was last told, of all sources or those given."""
    wanted = None if sources is None else set(sources)
    changes = []
    for row in ledger.query(_STATES, latest_believed()):
        if wanted is not None and row["source"] not in wanted:
            continue
        waits = row["verdict"] == "nothing_new" and row["held"] is not None
        bad = row["verdict"] if row["verdict"] in BAD else row["held"] if waits else None
        was, now = row["told"] or WELL, bad or WELL
        if was != now:
            why = json.loads(row["why"] or "[]")
            changes.append(Change(row["source"], was, now, why))
    return changes


def note_told(ledger: Ledger, changes: Sequence[Change]) -> None:
    """Record that somebody was told of *changes*."""
    with ledger.transaction() as db:
        db.executemany(
            "UPDATE sources SET told = ? WHERE source = ?", [(c.now, c.source) for c in changes]
        )


def in_words(changes: Sequence[Change]) -> str:
    """Return a short text about *changes*: a line that sums up, and one for each."""
    bad = [change for change in changes if change.now != WELL]
    well = [change for change in changes if change.now == WELL]
    head = [f"{len(bad)} to look at"] * bool(bad) + [f"{len(well)} well again"] * bool(well)
    lines = [f"- {change}" for change in (*bad, *well)]
    more = [f"- and {len(lines) - _LINES} more"] * (len(lines) > _LINES)
    return "\n".join([f"alescrawl: {', '.join(head)}", *lines[:_LINES], *more])
