"""A folder that an older version wrote goes on being used, with today's columns."""

import shutil
import sqlite3
from contextlib import closing

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from loopback import Site, page, sitemap
from scrapy_command import Scrapy

import alescrawl
from alescrawl.dataset import schema
from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.folder import Folder
from alescrawl.dataset.ledger.connection import FORMAT, Ledger
from alescrawl.dataset.publication import publish as publication
from alescrawl.dataset.publication.migration import EMPTY
from alescrawl.dataset.storage import parquet

YOUNG = ["duplicate_of", "topics"]


@pytest.fixture(scope="module")
def site():
    with Site() as running:
        running["/sitemap.xml"] = sitemap("/a1", "/a2")
        running["/a1"] = page("Ancien", published="2013-01-02T08:00:00Z")
        running["/a2"] = page("Nouveau", published="2026-03-03T06:45:00Z")
        yield running


@pytest.fixture(scope="module")
def crawled(site, tmp_path_factory):
    scrapy = Scrapy(tmp_path_factory.mktemp("crawled") / "output")
    assert scrapy.crawl(site).returncode == 0
    return scrapy.output


@pytest.fixture
def older(crawled, scrapy):
    """A dataset of two years whose files were written without the columns of YOUNG."""
    shutil.copytree(crawled, scrapy.output)
    for path in _files(scrapy):
        # Of this file alone: its folder's name would add a column.
        pq.write_table(pq.ParquetFile(path).read().drop_columns(YOUNG), path)
    return scrapy


def _columns(path):
    return pq.read_schema(path).names


def _files(scrapy):
    return sorted((scrapy.output / "articles").rglob("*.parquet"))


def test_older_files_are_read_with_the_columns_of_today(older):
    articles = alescrawl.load_articles(older.output)
    assert list(articles.columns) == schema.ARTICLES.names
    assert articles["duplicate_of"].isna().all()


def test_the_next_publication_rewrites_them(older, site):
    before = alescrawl.load_articles(older.output)
    assert older.crawl(site).returncode == 0
    assert [_columns(f) for f in _files(older)] == [schema.ARTICLES.names] * 3
    after = alescrawl.load_articles(older.output)
    assert after["article_id"].tolist() == before["article_id"].tolist()
    times = {f: f.stat().st_mtime_ns for f in _files(older)}
    assert older.crawl(site).returncode == 0
    assert {f: f.stat().st_mtime_ns for f in _files(older)} == times, "once is enough"


def test_a_crash_between_the_columns_and_the_rows_is_made_good(older, monkeypatch):
    write_rows = parquet.write_rows

    def crash_at_once(*_):
        raise KeyboardInterrupt

    def crash_after_the_columns(rows, schema, storage, key):
        if not key.endswith(EMPTY):
            raise KeyboardInterrupt
        write_rows(rows, schema, storage, key)

    output = Folder(older.output)
    with closing(Ledger(output.ledger)) as ledger:
        for crash in (crash_at_once, crash_after_the_columns):
            with monkeypatch.context() as broken:
                broken.setattr(parquet, "write_rows", crash)
                with pytest.raises(KeyboardInterrupt):
                    publication.publish(ledger, output)
            assert len(pd.read_parquet(older.output / "articles")) == 2
        assert "topics" in _columns(output.root / "articles" / "schema.parquet")
        assert publication.publish(ledger, output) == 2
    assert all("topics" in _columns(f) for f in _files(older))


def test_migrate_shows_what_it_would_do_and_then_does_it(older):
    with closing(sqlite3.connect(older.output / "ledger.sqlite")) as db:
        db.execute(f"PRAGMA user_version = {FORMAT - 1}")
    before = [f.read_bytes() for f in _files(older)]
    dry = older.run("migrate", "--dry-run")
    assert dry.returncode == 0, dry.stderr
    assert dry.stdout.splitlines() == [
        f"ledger: format {FORMAT - 1} becomes {FORMAT}",
        "articles: columns added: topics, duplicate_of; files to rewrite: 3",
    ]
    assert older.ledger("PRAGMA user_version") == [(FORMAT - 1,)]
    assert [f.read_bytes() for f in _files(older)] == before

    with closing(sqlite3.connect(older.output / "ledger.sqlite")) as db:
        db.execute(f"PRAGMA user_version = {FORMAT}")
    done = older.run("migrate")
    assert (done.returncode, "2 partitions written" in done.stdout) == (0, True), done.stderr
    assert all(_columns(f) == schema.ARTICLES.names for f in _files(older))
    again = older.run("migrate")
    assert again.stdout.splitlines() == [
        f"ledger: format {FORMAT}, up to date",
        "tables: up to date",
        "0 partitions written",
    ]


def test_rows_that_wait_are_not_published_by_it_and_this_is_said(older):
    with closing(sqlite3.connect(older.output / "ledger.sqlite")) as db, db:
        db.execute("UPDATE sources SET held = 'degraded'")
        db.execute("UPDATE runs SET verdict = 'degraded'")
    done = older.run("migrate")
    assert "when the rows of tested are published" in done.stdout
    assert list(alescrawl.load_articles(older.output).columns) == schema.ARTICLES.names


@pytest.mark.parametrize("newer", ["version", "columns"])
def test_a_folder_of_a_newer_version_is_refused_before_anything_is_written(older, site, newer):
    columns = schema.ARTICLES
    if newer == "version":
        columns = columns.with_metadata({schema.VERSION_KEY: b"99"})
    else:
        columns = columns.append(pa.field("mood", pa.string()))
    pq.write_table(columns.empty_table(), older.output / "articles" / "schema.parquet")
    before = [f.read_bytes() for f in _files(older)]
    for done in (older.crawl(site), older.run("migrate")):
        assert done.returncode != 0
        (line,) = done.stderr.strip().splitlines()
        assert "newer" in line
        assert "upgrade" in line
    assert [f.read_bytes() for f in _files(older)] == before
    if newer == "version":
        with pytest.raises(DatasetError, match="newer alescrawl"):
            alescrawl.load_articles(older.output)


def test_without_a_dataset_migrate_says_so(scrapy):
    done = scrapy.run("migrate", "--dry-run")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
