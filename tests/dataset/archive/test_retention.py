"""The raw archive is kept as long and as large as the user wants."""

from __future__ import annotations

import random
from contextlib import closing
from datetime import UTC, datetime

import pytest

from alescrawl.dataset.archive import retention
from alescrawl.dataset.archive.retention import Keep, trim
from alescrawl.dataset.archive.warc import Archive, delete_dropped, index
from alescrawl.dataset.folder import Folder
from alescrawl.dataset.ledger.connection import Ledger
from alescrawl.items import RawPage

NOW = datetime(2026, 11, 26, tzinfo=UTC)
NOISE = random.Random(7).randbytes(200_000)


@pytest.fixture
def kept(tmp_path):
    """Return the folder and ledger of an archive with a page in each month of the year."""
    folder = Folder(tmp_path)
    with closing(Ledger(folder.ledger)) as ledger:
        archive = Archive(folder, ledger, "courrier")
        for month in range(1, 12):
            page = RawPage(f"https://courrier.example/{month}", 200, [], NOISE[month * 1_000 :])
            made = archive.append(page, datetime(2026, month, 5, tzinfo=UTC))
            with ledger.transaction() as db:
                index(db, [made], str(month))
        yield folder, ledger


def test_files_that_a_killed_process_left_go_with_the_next_run(kept, monkeypatch):
    folder, ledger = kept
    monkeypatch.setattr(retention, "delete_dropped", lambda *_: None)
    trim(ledger, folder, Keep(months=3), NOW)
    assert months(folder) == list(range(1, 12))
    delete_dropped(ledger, folder)
    assert months(folder) == [9, 10, 11]
    assert ledger.query("SELECT * FROM dropped_files").fetchall() == []


def test_a_body_that_is_gone_is_kept_anew(kept):
    folder, ledger = kept
    trim(ledger, folder, Keep(months=3), NOW)
    archive = Archive(folder, ledger, "courrier")
    again = [RawPage(f"https://courrier.example/{n}", 200, [], NOISE[n * 1_000 :]) for n in (1, 9)]
    assert [archive.append(page, NOW).kind for page in again] == ["response", "revisit"]
    whole = Archive(folder, ledger, "courrier", self_contained=True)
    assert [whole.append(page, NOW).kind for page in again] == ["response", "response"]


def months(folder):
    return sorted(int(path.name[5:7]) for path in folder.raw.rglob("*.warc.gz"))


@pytest.mark.parametrize(
    ("keep", "left"),
    [
        (Keep(), list(range(1, 12))),
        (Keep(months=3), [9, 10, 11]),
        (Keep(months=1), [11]),
    ],
)
def test_old_months_go(kept, keep, left):
    folder, ledger = kept
    assert trim(ledger, folder, keep, NOW) == 11 - len(left)
    assert months(folder) == left
    assert ledger.query("SELECT count(*) FROM raw").fetchone()[0] == len(left)


def test_the_oldest_go_where_the_archive_is_too_large_and_this_month_stays(kept):
    folder, ledger = kept
    trim(ledger, folder, Keep(megabytes=1), NOW)
    left = months(folder)
    assert (len(left) < 11, left[-1]) == (True, 11)
    assert left == list(range(left[0], 12))
    size = sum(path.stat().st_size for path in folder.raw.rglob("*.warc.gz"))
    assert size <= 1_000_000
