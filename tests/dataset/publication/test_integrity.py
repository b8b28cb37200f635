"""A published file that is gone, empty, cut or damaged is told, and written anew."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest

import alescrawl
from alescrawl.dataset.folder import Folder
from alescrawl.dataset.health.checkup import check_folder
from alescrawl.dataset.health.source_status import source_statuses
from alescrawl.dataset.ledger.articles import put_article
from alescrawl.dataset.ledger.connection import Ledger
from alescrawl.dataset.ledger.runs import begin_run, end_run
from alescrawl.dataset.ledger.window import Window
from alescrawl.dataset.publication.publish import publish
from alescrawl.dataset.removal.forget import forget_article
from alescrawl.dataset.storage import parquet
from alescrawl.items import Article, Paragraph, fingerprint

KEY = "articles/source=courrier/year=2026.parquet"


def _article(number, source="courrier"):
    url = f"https://{source}.example/{number}"
    article = Article(url=url, article_id=fingerprint(url), canonical_url=url, source=source)
    article.published = article.fetched_at = datetime(2026, 5, 1, tzinfo=UTC)
    article.set_paragraphs([Paragraph("p", f"L'atelier de Sarvan recrute {number} personnes.")])
    return article


@pytest.fixture
def output(tmp_path):
    return Folder(tmp_path)


@pytest.fixture
def ledger(output):
    with closing(Ledger(output.ledger)) as opened:
        for source in ("courrier", "gazette"):
            begin_run(opened, source, Window())
            with opened.transaction() as db:
                for number in range(30):
                    put_article(db, _article(number, source))
        publish(opened, output)
        yield opened


def _gone(path):
    path.unlink()


def _empty(path):
    path.write_bytes(b"")


def _cut(path):
    os.truncate(path, path.stat().st_size // 2)


def _cut_by_a_byte(path):
    os.truncate(path, path.stat().st_size - 1)


def _longer(path):
    with path.open("ab") as file:
        file.write(b"PAR1")


def _overwrite(path, at):
    data = bytearray(path.read_bytes())
    data[at : at + 16] = bytes(16)
    path.write_bytes(data)


def _damaged_in_the_middle(path):
    _overwrite(path, path.stat().st_size // 3)


def _damaged_footer_at_the_same_time(path):
    times = path.stat()
    _overwrite(path, times.st_size - 60)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def _no_parquet(path):
    path.write_bytes(os.urandom(path.stat().st_size))


def _folder_gone(path):
    shutil.rmtree(path.parent)


DAMAGE = [
    *(_gone, _empty, _cut, _cut_by_a_byte, _longer, _damaged_in_the_middle),
    *(_damaged_footer_at_the_same_time, _no_parquet, _folder_gone),
]
MISSING = {_gone, _folder_gone}


def _status(output, source="courrier"):
    return next(each for each in source_statuses(output) if each.source == source)


def _finding(output):
    return next(each for each in check_folder(output) if each.name == "published files")


@pytest.mark.parametrize("damage", DAMAGE)
def test_it_is_told_and_written_anew(output, ledger, damage):
    before = (output.root / KEY).read_bytes()
    assert _finding(output).state == "ok"
    damage(output.root / KEY)
    status = _status(output)
    found = (status.missing, status.damaged)
    if damage is not _damaged_in_the_middle:  # needs the whole file, which publication reads
        assert found == (([KEY], []) if damage in MISSING else ([], [KEY]))
        assert status.is_bad
        finding = _finding(output)
        assert finding.state == "wrong"
        assert KEY in finding.text
        assert ("missing" if damage in MISSING else "damaged") in finding.text
    assert publish(ledger, output) == 1
    assert (output.root / KEY).read_bytes() == before
    assert len(alescrawl.load_articles(output.root)) == 60
    assert not _status(output).is_bad
    assert _finding(output).state == "ok"
    assert publish(ledger, output) == 0


@pytest.mark.parametrize("table", ["mentions", "revisions", "runs"])
def test_so_is_one_of_another_table(output, ledger, table):
    end_run(ledger, begin_run(ledger, "courrier", Window()), "finished", {}, "1")
    publish(ledger, output)
    files = sorted((output.root / table).glob("source=courrier/*.parquet"))
    for path in files:
        _empty(path)
    assert publish(ledger, output) == len(files)
    assert all(path.stat().st_size for path in files)


def test_whole_tables_that_are_gone_come_back(output, ledger):
    for table in ("articles", "mentions", "runs"):
        shutil.rmtree(output.root / table)
    assert _status(output).missing
    publish(ledger, output)
    assert len(alescrawl.load_articles(output.root)) == 60
    assert len(alescrawl.load_runs(output.root)) == 2


def test_a_copy_of_the_folder_is_whole(output, ledger, tmp_path):
    ledger.close()
    copy = tmp_path / "copy"
    shutil.copytree(output.root, copy, copy_function=shutil.copy)  # with times of its own
    for path in copy.rglob("*.parquet"):
        os.utime(path)
    with closing(Ledger(copy / "ledger.sqlite")) as copied:
        assert publish(copied, Folder(copy)) == 0
        _cut(copy / KEY)
        assert publish(copied, Folder(copy)) == 1


def test_of_a_source_whose_rows_wait_nothing_is_written_and_it_is_told(output, ledger, caplog):
    with ledger.transaction() as db:
        db.execute("UPDATE sources SET held = 'broken' WHERE source = 'courrier'")
        put_article(db, _article(31))
    _gone(output.root / KEY)
    assert publish(ledger, output) == 0
    assert not (output.root / KEY).exists()
    assert "was missing: it is written anew once its rows may be" in caplog.text
    assert _status(output).missing == [KEY]
    with ledger.transaction() as db:
        db.execute("UPDATE sources SET held = NULL")
    publish(ledger, output)
    assert len(alescrawl.load_articles(output.root)) == 61


@pytest.mark.parametrize("damage", [_gone, _cut, _no_parquet])
def test_what_had_to_go_is_gone_also_where_the_file_cannot_be_read(output, ledger, damage):
    with ledger.transaction() as db:
        db.execute("UPDATE sources SET held = 'broken' WHERE source = 'courrier'")
    damage(output.root / KEY)
    forget_article(ledger, output, "https://courrier.example/3")
    publish(ledger, output)
    assert not (output.root / KEY).exists()
    assert _status(output).missing == [KEY]
    assert len(alescrawl.load_articles(output.root)) == 30, "those of the other source"
    assert ledger.query("SELECT count(*) FROM removed").fetchone()[0] == 0


def test_a_process_that_is_killed_before_it_records_the_file_raises_no_alarm(
    output, ledger, monkeypatch, caplog
):
    with ledger.transaction() as db:
        put_article(db, _article(31))
    write_rows = parquet.write_rows

    def killed(*given):
        write_rows(*given)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(parquet, "write_rows", killed)
        with pytest.raises(KeyboardInterrupt):
            publish(ledger, output)
    assert not _status(output).has_lost_files
    publish(ledger, output)
    assert caplog.text == ""
    assert len(alescrawl.load_articles(output.root)) == 61


@pytest.mark.parametrize("damage", [_gone, _cut, _damaged_in_the_middle])
def test_what_an_earlier_version_published_is_looked_at_once(output, ledger, damage):
    with ledger.transaction() as db:
        db.execute("UPDATE parts SET file = NULL")
    assert not _status(output).has_lost_files
    damage(output.root / KEY)
    assert publish(ledger, output) == 1
    with closing(sqlite3.connect(output.ledger)) as db:
        assert db.execute("SELECT count(*) FROM parts WHERE file IS NULL").fetchone()[0] == 0


def test_what_comes_back_is_said(output, ledger, caplog):
    _empty(output.root / KEY)
    publish(ledger, output)
    assert f"{KEY} was damaged: it was written anew" in caplog.text
