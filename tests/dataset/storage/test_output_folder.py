"""An output folder that cannot be used: one line that says what to do, and nothing half-written."""

import contextlib
import os
import sqlite3
import subprocess
from contextlib import closing

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from loopback import page, sitemap
from older_folders import age_rows, age_tables

import alescrawl


def _one_line(done, *words):
    """Check that the user sees one line on stderr with *words* in it, and a failure."""
    assert done.returncode != 0
    (line,) = done.stderr.strip().splitlines()
    for word in words:
        assert word in line


def _serve(site, count=1, size=1):
    site["/sitemap.xml"] = sitemap(*(f"/a{n}" for n in range(count)))
    for n in range(count):
        words = " ".join(os.urandom(8).hex() for _ in range(size))
        site[f"/a{n}"] = page(f"Article {n}", words)


def test_a_folder_made_by_a_newer_version_is_left_alone(scrapy, site):
    _serve(site)
    scrapy.crawl(site)
    with sqlite3.connect(scrapy.output / "ledger.sqlite") as db:
        db.execute("PRAGMA user_version = 99")
        before = list(db.iterdump())
    _one_line(scrapy.crawl(site), "newer alescrawl", "upgrade")
    with sqlite3.connect(scrapy.output / "ledger.sqlite") as db:
        assert list(db.iterdump()) == before


def test_a_table_made_by_a_newer_version_is_not_misread(tmp_path):
    schema = pa.schema([("article_id", pa.string())], metadata={"alescrawl.schema_version": "99"})
    (tmp_path / "articles").mkdir()
    pq.write_table(schema.empty_table(), tmp_path / "articles" / "schema.parquet")
    with pytest.raises(alescrawl.DatasetError, match="newer alescrawl"):
        alescrawl.load_articles(tmp_path)


def test_a_file_in_the_place_of_the_folder_is_named(scrapy, site):
    scrapy.output.write_text("a file")
    _one_line(scrapy.crawl(site), str(scrapy.output), "ALESCRAWL_OUTPUT")


def test_a_damaged_ledger_is_named_and_what_is_published_stays_readable(scrapy, site):
    _serve(site)
    scrapy.crawl(site)
    for name in ("ledger.sqlite-wal", "ledger.sqlite-shm"):
        (scrapy.output / name).unlink(missing_ok=True)
    (scrapy.output / "ledger.sqlite").write_bytes(b"not a database at all" * 500)
    _one_line(scrapy.crawl(site), "ledger.sqlite", "cannot be used")
    for command in ("publish", "migrate", "reprocess"):
        _one_line(scrapy.run(command), "ledger.sqlite", "cannot be used")
    assert len(pd.read_parquet(scrapy.output / "articles")) == 1


def _rewrite(scrapy, change):
    """Let *change* damage the bytes of the ledger, all of them in one file."""
    path = scrapy.output / "ledger.sqlite"
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE parts SET changes = changes + 1")
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path.write_bytes(change(path.read_bytes()))


def _garble_pages(data):
    """Write over most pages but the first ones, where the tables are described."""
    return data[: 60 * 4096] + b"\xa5" * (len(data) - 60 * 4096)


def _garble_words(data):
    """Change a byte within each compressed row."""
    return data.replace(b"\x78\x01", b"\x78\x02")


@pytest.mark.parametrize("change", [_garble_pages, _garble_words])
def test_a_ledger_that_is_damaged_within_is_named_too(scrapy, site, change):
    _serve(site, count=20, size=2000)
    scrapy.crawl(site)
    assert (scrapy.output / "ledger.sqlite").stat().st_size > 100 * 4096
    _rewrite(scrapy, change)
    commands = (["publish"], ["migrate"], ["reprocess"], ["forget", "Ada Brun"])
    for done in (scrapy.crawl(site), *(scrapy.run(*words) for words in commands)):
        _one_line(done, "ledger", "backup")
        assert "Traceback" not in done.stdout
    assert len(pd.read_parquet(scrapy.output / "articles")) == 20
    assert len(alescrawl.load_articles(scrapy.output)) == 20


@pytest.fixture
def small_disk(tmp_path):
    """A real file system of 1.5 MB, where this user may mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1536k", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small file system needs root")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=False)


@pytest.mark.long
def test_a_full_disk_ends_the_run_in_one_line_and_loses_nothing(scrapy, site, small_disk):
    scrapy.output = small_disk / "output"
    _serve(site)
    assert scrapy.crawl(site).returncode == 0
    _serve(site, count=60, size=3000)
    done = scrapy.crawl(site, "full=1")
    _one_line(done, "free some disk space")
    assert "Traceback" not in done.stdout + done.stderr
    assert len(pd.read_parquet(scrapy.output / "articles")) >= 1
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    assert scrapy.crawl(site).returncode == 0
    articles = pd.read_parquet(scrapy.output / "articles")
    assert sorted(articles.title) == sorted(f"Article {n}" for n in range(60))


def _fill(disk, left):
    """Fill the *disk* but for some bytes."""
    with (disk / "ballast").open("wb", buffering=0) as ballast, contextlib.suppress(OSError):
        while True:
            ballast.write(bytes(4096))
    os.truncate(disk / "ballast", (disk / "ballast").stat().st_size - left)


@pytest.mark.parametrize("left", [0, 100_000])
@pytest.mark.parametrize("command", ["publish", "reprocess", "migrate"])
def test_a_full_disk_stops_other_commands_in_one_line_too(scrapy, site, small_disk, command, left):
    subprocess.run(["mount", "-o", "remount,size=4m", str(small_disk)], check=True)
    scrapy.output = small_disk / "output"
    _serve(site, count=20, size=400)
    assert scrapy.crawl(site).returncode == 0
    before = alescrawl.load_articles(scrapy.output).sort_values("article_id", ignore_index=True)
    if command == "publish":
        with closing(sqlite3.connect(scrapy.output / "ledger.sqlite")) as db, db:
            db.execute("UPDATE parts SET changes = changes + 1")
    if command == "reprocess":
        age_rows(scrapy.output)
    if command == "migrate":
        age_tables(scrapy.output)
    _fill(small_disk, left)
    words = (command, "-s", "ALESCRAWL_WORKERS=1", "-s", "SPIDER_MODULES=sources.tested")
    done = scrapy.run(*words)
    _one_line(done, "free some disk space")
    assert "Traceback" not in done.stdout + done.stderr
    assert len(alescrawl.load_articles(scrapy.output)) == 20
    (small_disk / "ballast").unlink()
    assert scrapy.run(*words).returncode == 0
    after = alescrawl.load_articles(scrapy.output).sort_values("article_id", ignore_index=True)
    pd.testing.assert_frame_equal(after, before)


def test_a_read_only_file_system_is_named(scrapy, site, small_disk):
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    scrapy.output = small_disk / "output"
    _one_line(scrapy.crawl(site), str(scrapy.output), "ALESCRAWL_OUTPUT")


def test_what_is_published_on_a_read_only_file_system_stays_readable(scrapy, site, small_disk):
    scrapy.output = small_disk / "output"
    _serve(site)
    assert scrapy.crawl(site).returncode == 0
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    for words in (["forget", f"{site.url}/a0"], ["publish"], ["migrate"], ["reprocess"]):
        _one_line(scrapy.run(*words), str(scrapy.output), "permissions")
    assert len(alescrawl.load_articles(scrapy.output)) == 1
