"""The gate before publication: a run's rows are let through once the run was judged well.

From its beginning until it is judged a run's source is not published; one that was killed is
judged when the next run begins. Rows of a run that was degraded or broken wait in the ledger,
and what was published before stays, until a later run is well or a user accepts them. A crawl
is compared with crawls; what read the archive again with what the same articles were before,
and only another that reads as many lets its rows through. What web archives brought is judged by
itself: pages of ten years ago are of other templates.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.gate.backfilled import judge_backfill
from alescrawl.dataset.gate.quality import Quality, measure
from alescrawl.dataset.gate.reprocessed import compare
from alescrawl.dataset.gate.verdicts import COMPARED, HELD, WELL, Judgement, Routes, judge
from alescrawl.dataset.ledger.connection import instant_text
from alescrawl.dataset.ledger.runs import BACKFILL, REPROCESS, mark_run_changed

if TYPE_CHECKING:
    import sqlite3

    from alescrawl.dataset.ledger.connection import Ledger

UNNOTICED: Final = 4
"""Runs with articles before the first that was judged bad that may have been spoilt, too."""

_FIRST = """
SELECT min(run_id) AS run_id, min(started) AS started FROM runs
WHERE source = :source AND kind = 'crawl' AND verdict IN ('degraded', 'broken')
  AND run_id < :run AND run_id > coalesce((
    SELECT max(run_id) FROM runs
    WHERE source = :source AND kind = 'crawl' AND run_id < :run
      AND (verdict IN ('ok', 'moved') OR accepted)
  ), '')
"""

# Of a source that writes little a few articles pass before it is noticed.
_BEFORE = """
SELECT started FROM runs WHERE source = :source AND kind = 'crawl' AND run_id < :first
AND verdict IN ('ok', 'moved') ORDER BY run_id DESC LIMIT 1 OFFSET :unnoticed
"""

# With the validators that are known: a page that is still the same is not sent again.
_RECHECK = """
UPDATE urls SET next_check = :now, unlisted_check = NULL
WHERE source = :source AND status = 'article' AND claimed_by IS NOT :run
  AND fetched_at >= :since
"""


def recheck_held(db: sqlite3.Connection, source: str, run_id: str) -> None:
    """Make due the articles of the runs whose rows waited until *run_id*, which was well.

    What a broken template did not show they would lack for ever: an article without a date is
    not looked at again.
    """
    values: dict[str, object] = {
        "source": source,
        "run": run_id,
        "now": instant_text(datetime.now(UTC)),
    }
    first, since = db.execute(_FIRST, values).fetchone()
    if first is None:
        return
    values |= {"first": first, "unnoticed": UNNOTICED - 1}
    earlier = db.execute(_BEFORE, values).fetchone()
    db.execute(_RECHECK, {**values, "since": earlier[0] if earlier else since})


_WELL = """
SELECT quality FROM runs WHERE source = ?1 AND run_id < ?2 AND kind = 'crawl'
  -- One that was cut short has read the newest articles alone.
  AND (accepted OR verdict IN ('ok', 'moved') AND finish_reason = 'finished')
  -- One later than this run is of a clock that was ahead.
  AND run_id >= coalesce(
    (SELECT baseline FROM sources WHERE source = runs.source AND baseline <= ?2), '')
ORDER BY run_id DESC LIMIT ?3
"""

_RECENT = """
SELECT quality FROM runs WHERE source = ? AND run_id < ? AND kind = 'crawl' AND NOT accepted
ORDER BY run_id DESC LIMIT ?
"""

_WAITING = """
SELECT source, verdict, why, max(run_id) AS run_id FROM runs JOIN sources USING (source)
WHERE verdict = CASE kind WHEN 'crawl' THEN held WHEN 'backfill' THEN backfill_held
  ELSE reprocess_held END
GROUP BY source, kind ORDER BY source, kind
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
    found = ledger.query(_RECENT, source, run_id, 2 * COMPARED).fetchall()
    recent = [known for row in found if (known := Quality.from_json(row["quality"]))]
    judgement = judge(quality, earlier, routes, recent)
    with ledger.transaction() as db:
        db.execute("UPDATE runs SET quality = ? WHERE run_id = ?", (quality.to_json(), run_id))
        _record(db, source, run_id, judgement)
        if judgement.verdict == "ok" or (judgement.verdict in WELL and quality.rows):
            recheck_held(db, source, run_id)
        _set_gate(db, source, "held", judgement, has_rows=quality.rows > 0)
    return judgement


def judge_reprocess(
    ledger: Ledger, source: str, now: Quality, before: Quality
) -> tuple[Judgement, Quality]:
    """Return what is to be thought of what the archive shows *now*, and what that rests on.

    *before* are the figures of the same articles, unless these were spoilt by a run that waits.
    """
    waiting = _waiting_reprocess(ledger, source)
    basis = Quality.from_json(waiting["compared_with"]) if waiting else None
    return compare(now, basis or before), basis or before


def judge_reprocess_run(ledger: Ledger, source: str, run_id: str) -> Judgement:
    """Do as :func:`judge_run` does, going by the figures that the run has left in the ledger."""
    row = ledger.query(
        "SELECT quality, compared_with FROM runs WHERE run_id = ?", run_id
    ).fetchone()
    now, before = (Quality.from_json(text) or Quality() for text in row)
    judgement, basis = judge_reprocess(ledger, source, now, before)
    waiting = _waiting_reprocess(ledger, source)
    least = Quality.from_json(waiting["quality"]) if waiting else None
    with ledger.transaction() as db:
        db.execute("UPDATE runs SET compared_with = ? WHERE run_id = ?", (basis.to_json(), run_id))
        _record(db, source, run_id, judgement)
        if least is None or judgement.verdict in HELD or now.asked >= least.asked:
            _set_gate(db, source, "reprocess_held", judgement)
        else:
            _open(db, source)
    return judgement


def judge_backfill_run(ledger: Ledger, source: str, run_id: str) -> Judgement:
    """Judge what web archives brought by the figures that the run has left in the ledger."""
    (text,) = ledger.query("SELECT quality FROM runs WHERE run_id = ?", run_id).fetchone()
    quality = Quality.from_json(text) or Quality()
    judgement = judge_backfill(quality)
    with ledger.transaction() as db:
        _record(db, source, run_id, judgement)
        _set_gate(db, source, "backfill_held", judgement, has_rows=quality.rows > 0)
    return judgement


def _waiting_reprocess(ledger: Ledger, source: str) -> sqlite3.Row | None:
    """Return the run that read the archive again and whose rows wait."""
    row: sqlite3.Row | None = ledger.query(
        "SELECT quality, compared_with FROM runs JOIN sources USING (source) "
        "WHERE source = ? AND kind = 'reprocess' AND verdict = reprocess_held "
        "ORDER BY run_id DESC LIMIT 1",
        source,
    ).fetchone()
    return row


def _record(db: sqlite3.Connection, source: str, run_id: str, judgement: Judgement) -> None:
    db.execute(
        "UPDATE runs SET verdict = ?, why = ? WHERE run_id = ?",
        (judgement.verdict, json.dumps(judgement.why), run_id),
    )
    mark_run_changed(db, source, run_id)


def judge_interrupted(ledger: Ledger, source: str) -> None:
    """Judge the last run of *source* where it was killed before it could be."""
    row = ledger.query(
        "SELECT running, kind FROM sources JOIN runs ON run_id = running WHERE sources.source = ?",
        source,
    ).fetchone()
    if row is None:
        return
    if row["kind"] == REPROCESS:
        judge_reprocess_run(ledger, source, row["running"])
    elif row["kind"] == BACKFILL:
        judge_backfill_run(ledger, source, row["running"])
    else:
        judge_run(ledger, source, row["running"], Routes(0, ()))


def unjudged_sources(ledger: Ledger) -> list[str]:
    """Return the sources of which a run is under way, or was killed before it was judged."""
    found = ledger.query("SELECT source FROM sources WHERE running IS NOT NULL ORDER BY source")
    return [row["source"] for row in found]


def accept(ledger: Ledger, source: str) -> None:
    """Let the rows that wait through, and measure later runs by them.

    Raises :exc:`DatasetError` where none wait.
    """
    with ledger.transaction() as db:
        waiting = [row["run_id"] for row in db.execute(_WAITING) if row["source"] == source]
        if not waiting:
            raise DatasetError(f"nothing of {source} is held back: `scrapy publish` shows what is")
        db.executemany("UPDATE runs SET accepted = 1 WHERE run_id = ?", [(r,) for r in waiting])
        db.execute(
            "UPDATE sources SET held = NULL, reprocess_held = NULL, backfill_held = NULL, "
            "baseline = ? WHERE source = ?",
            (max(waiting), source),
        )


def held_sources(ledger: Ledger) -> dict[str, tuple[str, list[str]]]:
    """Return the sources whose rows wait, each with the verdict and why."""
    held: dict[str, tuple[str, list[str]]] = {}
    for row in ledger.query(_WAITING):
        _, why = held.get(row["source"], ("", []))
        held[row["source"]] = (row["verdict"], [*why, *json.loads(row["why"])])
    return held


def _set_gate(
    db: sqlite3.Connection, source: str, column: str, judgement: Judgement, *, has_rows: bool = True
) -> None:
    """Hold what a bad run brought, let through where it was well; else leave it as it is."""
    _open(db, source)
    if (has_rows and judgement.verdict in HELD | WELL) or judgement.verdict == "ok":
        held = judgement.verdict if judgement.verdict in HELD else None
        db.execute(f"UPDATE sources SET {column} = ? WHERE source = ?", (held, source))  # noqa: S608 - ours


def _open(db: sqlite3.Connection, source: str) -> None:
    """Record that no run of *source* is to be judged."""
    db.execute("UPDATE sources SET running = NULL WHERE source = ?", (source,))
