"""Runs are published by month: what a run costs does not grow with the years."""

from __future__ import annotations

from contextlib import closing

import pytest
from older_folders import age_ledger

import alescrawl
from alescrawl.dataset.folder import Folder
from alescrawl.dataset.ledger.connection import Ledger
from alescrawl.dataset.ledger.format import _RUNS_BY_MONTH, STEPS
from alescrawl.dataset.ledger.runs import mark_run_changed, runs_of_month
from alescrawl.dataset.publication.publish import publish
from alescrawl.dataset.schema import RUNS
from alescrawl.dataset.storage.parquet import write_rows

IDS = ("20261030T230000-00000a", "20261101T000000-00000b", "20261115T120000-00000c")


@pytest.fixture
def folder(tmp_path):
    """A ledger with three runs in two months."""
    made = Folder(tmp_path)
    with closing(Ledger(made.ledger)) as ledger, ledger.transaction() as db:
        for run_id in IDS:
            started = f"{run_id[:4]}-{run_id[4:6]}-{run_id[6:8]}T00:00:00+00:00"
            db.execute(
                "INSERT INTO runs (run_id, source, started) VALUES (?, 's', ?)", (run_id, started)
            )
            mark_run_changed(db, "s", run_id)
    return made


def files(folder):
    return {path.name for path in (folder.root / "runs" / "source=s").glob("*.parquet")}


def test_a_month_is_a_file_and_another_run_writes_its_own_alone(folder):
    with closing(Ledger(folder.ledger)) as ledger:
        publish(ledger, folder)
        assert files(folder) == {"2026-10.parquet", "2026-11.parquet"}
        assert list(alescrawl.load_runs(folder.root).run_id) == list(IDS)
        october = (folder.root / "runs" / "source=s" / "2026-10.parquet").stat().st_mtime_ns
        with ledger.transaction() as db:
            mark_run_changed(db, "s", IDS[2])
        publish(ledger, folder)
        after = (folder.root / "runs" / "source=s" / "2026-10.parquet").stat().st_mtime_ns
        assert after == october


def test_the_one_file_of_an_older_folder_gives_way_to_those_of_its_months(folder):
    with closing(Ledger(folder.ledger)) as ledger:
        rows = [row for part in ("2026-10", "2026-11") for row in runs_of_month(ledger, "s", part)]
        write_rows(rows, RUNS, folder.published, "runs/source=s/runs.parquet")
        with ledger.transaction() as db:
            db.execute("DELETE FROM parts")
            db.execute(
                "INSERT INTO parts (dataset, source, part, changes, published) "
                "VALUES ('runs', 's', 'runs', 3, 3)"
            )
    age_ledger(folder.root, STEPS.index(_RUNS_BY_MONTH))
    assert len(rows) == len(IDS)
    with closing(Ledger(folder.ledger)) as ledger:
        publish(ledger, folder)
    assert sorted(alescrawl.load_runs(folder.root).run_id) == list(IDS)
