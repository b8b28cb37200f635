"""A power cut that takes the end of the archive: nothing written later is lost with it."""

from __future__ import annotations

import os
from contextlib import closing
from datetime import UTC, datetime

import pytest

from alescrawl.dataset.archive import warc
from alescrawl.dataset.archive.recovery import delete_leftovers
from alescrawl.dataset.archive.warc import (
    BATCH,
    Archive,
    index,
    read_page,
    record_of,
)
from alescrawl.dataset.folder import Folder
from alescrawl.dataset.ledger.addresses import AddressRecords
from alescrawl.dataset.ledger.connection import Ledger
from alescrawl.dataset.ledger.frontier import Frontier
from alescrawl.dataset.ledger.runs import begin_run, end_run
from alescrawl.dataset.ledger.window import Window
from alescrawl.items import RawPage, Visit, fingerprint

RECORDS = 5


def _url(number):
    return f"https://a.example/{number}"


def _write(archive, ledger, number):
    page = RawPage(_url(number), 200, [], f"<p>Page {number}.</p>".encode() * 20)
    record = archive.append(page, datetime.now(UTC))
    with ledger.transaction() as db:
        index(db, [record], fingerprint(_url(number)))
        visit = Visit(_url(number), 200, etag='"1"')
        AddressRecords(ledger, "s").record(
            db, visit, "article", article_id=fingerprint(_url(number))
        )
    return record


def _readable(ledger, output):
    """Return the pages of the index, each of which can be read."""
    rows = ledger.query("SELECT * FROM raw").fetchall()
    records = [record_of(row) for row in rows]
    return {read_page(output.raw, r.location, r.digest).url for r in records}


class Written:
    def __init__(self, root):
        self.output = Folder(root)
        with closing(Ledger(self.output.ledger)) as ledger:
            self.run = begin_run(ledger, "s", Window())
            archive = Archive(self.output, ledger, "s")
            self.records = [_write(archive, ledger, number) for number in range(RECORDS)]
        self.path = self.output.raw / self.records[0].location.file


@pytest.fixture
def written(tmp_path):
    return Written(tmp_path)


def _cuts():
    for whole in range(RECORDS + 1):
        for into in (0, 1, 20, -1):
            if (whole, into) != (0, -1) and not (whole == RECORDS and into > 0):
                yield whole, into


@pytest.mark.parametrize(("whole", "into"), list(_cuts()))
def test_cut_at_a_boundary_or_within_a_record(written, whole, into):
    starts = [*(r.location.offset for r in written.records), written.path.stat().st_size]
    os.truncate(written.path, starts[whole] + into)
    kept = {_url(n) for n in range(whole if into >= 0 else whole - 1)}
    with closing(Ledger(written.output.ledger)) as ledger:
        delete_leftovers(ledger, written.output, ["s"])
        assert _readable(ledger, written.output) == kept
        archive = Archive(written.output, ledger, "s")
        for number in (7, 8):
            _write(archive, ledger, number)
        assert _readable(ledger, written.output) == kept | {_url(7), _url(8)}
    with closing(Ledger(written.output.ledger)) as ledger:
        delete_leftovers(ledger, written.output, ["s"])
        assert _readable(ledger, written.output) == kept | {_url(7), _url(8)}


@pytest.mark.parametrize("number", range(RECORDS))
def test_blocks_that_were_never_written_are_zeros(written, number):
    place = written.records[number].location
    with written.path.open("r+b") as file:
        file.seek(place.offset)
        file.write(bytes(place.length))
    with closing(Ledger(written.output.ledger)) as ledger:
        delete_leftovers(ledger, written.output, ["s"])
        assert _readable(ledger, written.output) == {_url(n) for n in range(RECORDS)} - {
            _url(number)
        }


def test_what_was_lost_is_asked_for_again_and_whole(written):
    os.truncate(written.path, written.records[3].location.offset + 9)
    with closing(Ledger(written.output.ledger)) as ledger:
        delete_leftovers(ledger, written.output, ["s"])
        frontier = Frontier(ledger, "s", begin_run(ledger, "s", Window()))
        taken = frontier.take(9, Window())
    assert {each.url for each in taken} == {_url(3), _url(4)}
    assert {each.etag for each in taken} == {None}


def test_after_a_run_that_came_to_its_end_only_the_length_is_looked_at(written, monkeypatch):
    with closing(Ledger(written.output.ledger)) as ledger:
        end_run(ledger, written.run, "finished", {}, "1")
        monkeypatch.setattr("alescrawl.dataset.archive.recovery.read_page", None)
        delete_leftovers(ledger, written.output, ["s"])
        assert ledger.query("SELECT count(*) FROM raw").fetchone()[0] == RECORDS


def test_the_archive_is_on_the_disk_before_the_index_refers_to_it_once_a_batch(
    tmp_path, monkeypatch
):
    output, order = Folder(tmp_path), []
    fsync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: (order.append("fsync"), fsync(handle)))
    monkeypatch.setattr(warc, "BATCH_SECONDS", 9_999)
    with closing(Ledger(output.ledger)) as ledger:
        begin_run(ledger, "s", Window())
        archive = Archive(output, ledger, "s")
        for number in range(2 * BATCH):
            _write(archive, ledger, number)
            order.append("commit")
        assert order.count("fsync") == 4, "the file and its folder, twice"
        assert order.index("fsync") == BATCH - 1
        assert order[-2:] == ["fsync", "commit"]
        archive.sync()
        assert order[-1] == "commit", "there is nothing to write"
