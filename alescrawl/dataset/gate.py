"""The gate before publication: a run's rows are let through once the run was judged well.

From its beginning until it is judged a run's source is not published; one that was killed is
judged when the next run begins. Rows of a run that was degraded or broken wait in the ledger,
and what was published before stays, until a later run is well or a user accepts them.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from alescrawl.dataset import folder
from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.ledger import mark_changed
from alescrawl.dataset.quality import Quality, measure
from alescrawl.dataset.runs import ALL_RUNS
from alescrawl.dataset.verdicts import COMPARED, HELD, Judgement, Routes, judge

if TYPE_CHECKING:
    import sqlite3

    from alescrawl.dataset.ledger import Ledger

_WELL = """
SELECT quality FROM runs WHERE source = ? AND run_id < ?
  -- One that was cut short has read the newest articles alone.
  AND (accepted OR verdict = 'ok' AND finish_reason = 'finished')
  AND run_id >= coalesce((SELECT baseline FROM sources WHERE source = runs.source), '')
ORDER BY run_id DESC LIMIT ?
"""


def close_gate(ledger: Ledger, source: str, run_id: str) -> None:
    """Publish nothing of *source* until the run that begins is judged."""
    with ledger.transaction() as db:
        db.execute("UPDATE sources SET running = ? WHERE source = ?", (run_id, source))


def judge_run(ledger: Ledger, source: str, run_id: str, routes: Routes) -> Judgement:
    """Judge a run that has ended, record the verdict, and open the gate where it was well."""
    (started,) = ledger.query("SELECT started FROM runs WHERE run_id = ?", run_id).fetchone()
    quality = measure(ledger, source, run_id, started)
    found = ledger.query(_WELL, source, run_id, COMPARED).fetchall()
    earlier = [known for row in found if (known := Quality.from_json(row["quality"]))]
    judgement = judge(quality, earlier, routes)
    with ledger.transaction() as db:
        db.execute(
            "UPDATE runs SET quality = ?, verdict = ?, why = ? WHERE run_id = ?",
            (quality.to_json(), judgement.verdict, json.dumps(judgement.why), run_id),
        )
        _set_gate(db, source, judgement)
        mark_changed(db, folder.RUNS, source, ALL_RUNS)
    return judgement


def judge_interrupted(ledger: Ledger, source: str) -> None:
    """Judge the last run of *source* where it was killed before it could be."""
    row = ledger.query("SELECT running FROM sources WHERE source = ?", source).fetchone()
    if row is not None and row["running"] is not None:
        judge_run(ledger, source, row["running"], Routes(0, ()))


def accept(ledger: Ledger, source: str) -> None:
    """Let the rows that wait through, and measure later runs by them.

    Raises :exc:`DatasetError` where none wait.
    """
    with ledger.transaction() as db:
        row = db.execute("SELECT held FROM sources WHERE source = ?", (source,)).fetchone()
        if row is None or row["held"] is None:
            raise DatasetError(f"nothing of {source} is held back")
        last = db.execute(
            "SELECT max(run_id) FROM runs WHERE source = ? AND quality IS NOT NULL", (source,)
        ).fetchone()[0]
        db.execute("UPDATE runs SET accepted = 1 WHERE run_id = ?", (last,))
        db.execute("UPDATE sources SET held = NULL, baseline = ? WHERE source = ?", (last, source))


def held_sources(ledger: Ledger) -> dict[str, tuple[str, list[str]]]:
    """Return the sources whose rows wait, each with the verdict and why."""
    rows = ledger.query(
        "SELECT source, held, (SELECT why FROM runs WHERE runs.source = sources.source "
        "AND verdict = held ORDER BY run_id DESC LIMIT 1) AS why "
        "FROM sources WHERE held IS NOT NULL ORDER BY source"
    )
    return {row["source"]: (row["held"], json.loads(row["why"] or "[]")) for row in rows}


def _set_gate(db: sqlite3.Connection, source: str, judgement: Judgement) -> None:
    """Hold where the run was bad, let through where it was well; else leave it as it is."""
    db.execute("UPDATE sources SET running = NULL WHERE source = ?", (source,))
    if judgement.verdict in HELD:
        db.execute("UPDATE sources SET held = ? WHERE source = ?", (judgement.verdict, source))
    elif judgement.verdict == "ok":
        db.execute("UPDATE sources SET held = NULL WHERE source = ?", (source,))
