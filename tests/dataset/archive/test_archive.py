from __future__ import annotations

import gzip
import random
from contextlib import closing
from datetime import UTC, datetime

import pytest
from warcio.archiveiterator import ArchiveIterator

from alescrawl.dataset.archive import warc as archive_module
from alescrawl.dataset.archive.pages import archived_article
from alescrawl.dataset.archive.recovery import delete_leftovers
from alescrawl.dataset.archive.warc import (
    Archive,
    DamagedRecord,
    index,
    read_page,
    remove_records,
)
from alescrawl.dataset.folder import Folder
from alescrawl.dataset.ledger.connection import Ledger
from alescrawl.items import RawPage

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
LATER_STILL = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
LATEST = datetime(2026, 11, 29, 9, 0, tzinfo=UTC)


def page(words="Une usine ouvre à Sarvan", url="https://courrier.example/usine"):
    headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip")]
    return RawPage(url, 200, headers, f"<p>{words}</p>".encode())


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


@pytest.fixture
def ledger(folder):
    with closing(Ledger(folder.ledger)) as opened:
        yield opened


def keep(ledger, archive, kept, moment=NOW, article_id="a"):
    record = archive.append(kept, moment)
    with ledger.transaction() as db:
        index(db, [record], article_id)
    return record


def bodies(ledger, fetched_at):
    """Return where the bodies lie that the article's row of that moment was read from."""
    url = page().url
    row = {"article_id": "a", "url": url, "canonical_url": url, "fetched_at": fetched_at}
    found = archived_article(ledger, row)
    return [each.body.location for each in found.pages] if found else []


def test_a_page_is_read_back_as_it_came(folder, ledger):
    record = keep(ledger, Archive(folder, ledger, "courrier"), page())
    again = read_page(folder.raw, record.location, record.digest)
    assert (again.url, again.status, again.body) == (page().url, 200, page().body)
    assert again.headers[0] == ("Content-Type", "text/html; charset=utf-8")


def test_of_two_pages_of_one_second_the_article_is_read_from_the_later_one(folder, ledger):
    archive = Archive(folder, ledger, "courrier")
    keep(ledger, archive, page("Une usine ouvre"))
    corrected = keep(ledger, archive, page("Une usine ferme"))
    assert bodies(ledger, NOW) == [corrected.location]


def test_the_file_is_one_that_warc_tools_read(folder, ledger):
    archive = Archive(folder, ledger, "courrier")
    for number in range(3):
        keep(ledger, archive, page(f"Article {number}", f"https://courrier.example/{number}"))
    with (folder.raw / "source=courrier" / "2026-11.warc.gz").open("rb") as stream:
        found = [
            (record.rec_type, record.rec_headers["WARC-Target-URI"], record.content_stream().read())
            for record in ArchiveIterator(stream, check_digests="raise")
        ]
    assert found == [
        ("response", f"https://courrier.example/{n}", f"<p>Article {n}</p>".encode())
        for n in range(3)
    ]


def test_the_same_page_again_is_a_visit_without_a_second_copy(folder, ledger):
    archive = Archive(folder, ledger, "courrier")
    first = keep(ledger, archive, page())
    assert keep(ledger, archive, page(), LATER).kind == "revisit"
    assert bodies(ledger, NOW) == [first.location]
    changed = keep(ledger, archive, page("Une usine ferme à Sarvan"), LATER_STILL)
    assert bodies(ledger, LATER_STILL) == [changed.location]
    assert keep(ledger, archive, page(), LATEST).kind == "revisit"
    assert bodies(ledger, LATEST) == [first.location]
    assert bodies(ledger, datetime(2026, 12, 1, tzinfo=UTC)) == []


def test_what_a_killed_process_left_half_written_is_cut_off(folder, ledger):
    first = keep(ledger, Archive(folder, ledger, "courrier"), page())
    path = folder.raw / first.location.file
    with path.open("ab") as stream:
        stream.write(gzip.compress(b"WARC/1.1 half a record")[:-9])
    second = keep(ledger, Archive(folder, ledger, "courrier"), page("Autre chose"), LATER, "b")
    assert second.location.offset == first.location.length
    for record in (first, second):
        read_page(folder.raw, record.location, record.digest)


@pytest.mark.parametrize("damage", ["cut", "missing", "flipped"])
def test_a_damaged_record_is_noticed(folder, ledger, damage):
    words = "".join(random.Random(7).choices("abcdefghij ", k=4_000))
    record = keep(ledger, Archive(folder, ledger, "courrier"), page(words))
    path = folder.raw / record.location.file
    data = bytearray(path.read_bytes())
    if damage == "cut":
        path.write_bytes(data[:-20])
    elif damage == "flipped":
        data[-900] ^= 0x55
        path.write_bytes(data)
    else:
        path.unlink()
    with pytest.raises(DamagedRecord):
        read_page(folder.raw, record.location, record.digest)


def test_what_killed_processes_left_unindexed_is_deleted_before_anything_is_forgotten(
    folder, ledger, monkeypatch
):
    archive = Archive(folder, ledger, "courrier")
    first = keep(ledger, archive, page())
    keep(ledger, archive, page("Une autre", "https://courrier.example/autre"), LATER, "b")
    archive.append(page("Jamais confirmée", "https://courrier.example/jamais"), LATER)

    def killed(_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(archive_module.os, "fsync", killed)
        with pytest.raises(KeyboardInterrupt), ledger.transaction() as db:
            remove_records(db, folder.raw, {"b"})
    assert len(list(folder.raw.rglob("*.warc.gz"))) == 2
    delete_leftovers(ledger, folder, ["courrier"])
    (path,) = folder.raw.rglob("*.warc.gz")
    kept = gzip.decompress(path.read_bytes()).decode()
    assert ("Une autre" in kept, "Jamais" in kept) == (True, False)
    assert read_page(folder.raw, first.location, first.digest).body == page().body


def test_the_pages_of_very_many_articles_can_be_left_out_at_once(folder, ledger):
    keep(ledger, Archive(folder, ledger, "courrier"), page())
    with ledger.transaction() as db:
        remove_records(db, folder.raw, {"a", *map(str, range(300_000))})
    assert ledger.query("SELECT * FROM raw").fetchall() == []
