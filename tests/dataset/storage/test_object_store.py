"""The tables may lie in an object store: all that is done with a folder is done with an address."""

from __future__ import annotations

import json
import random
import re
import shutil
import sqlite3
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime

import duckdb
import pandas as pd
import polars as pl
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
from loopback import page, sitemap
from object_store import BUCKET
from scrapy_command import FAST, Scrapy

import alescrawl
from alescrawl.dataset import schema
from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.folder import Folder, default_state
from alescrawl.dataset.ledger.articles import put_article
from alescrawl.dataset.ledger.connection import Ledger
from alescrawl.dataset.ledger.partitions import partition_key
from alescrawl.dataset.publication.migration import outdated_tables
from alescrawl.dataset.publication.publish import publish
from alescrawl.dataset.publication.shareable import export_facts
from alescrawl.dataset.storage.parquet import write_rows
from alescrawl.items import Article, fingerprint
from alescrawl.newsroom.server import Newsroom


class Published:
    """The newsroom crawled on two days, and what was in the store after each."""

    def __init__(self, store, state):
        self.address, self.state = f"s3://{BUCKET}/gard/presse", state
        self.files = []
        with Newsroom() as newsroom:
            self._crawl(newsroom)
            self.files.append(store.files("gard/presse"))
            newsroom.next_day()
            self.told = self._crawl(newsroom)
            self.files.append(store.files("gard/presse"))

    def _crawl(self, newsroom):
        more = ("SPIDER_MODULES=alescrawl.newsroom.spider", f"ALESCRAWL_STATE={self.state}")
        words = ("crawl", "newsroom", "-a", f"root={newsroom.url}")
        done = Scrapy(self.address).run(*words, settings=(*FAST, *more))
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def published(store, tmp_path_factory):
    return Published(store, tmp_path_factory.mktemp("state"))


@pytest.fixture(scope="module")
def folder(published, tmp_path_factory):
    """The same rows, published to a folder."""
    folder = tmp_path_factory.mktemp("folder")
    shutil.copy(published.state / "ledger.sqlite", folder)
    with closing(Ledger(folder / "ledger.sqlite")) as ledger:
        publish(ledger, Folder(folder))
    return folder


def _same(one, other):
    pd.testing.assert_frame_equal(one, other)
    return len(one)


def test_what_is_loaded_from_an_address_is_what_is_loaded_from_a_folder(published, folder):
    assert _same(alescrawl.load_articles(published.address), alescrawl.load_articles(folder)) > 30
    assert _same(alescrawl.load_mentions(published.address), alescrawl.load_mentions(folder)) > 30
    assert _same(alescrawl.load_runs(published.address), alescrawl.load_runs(folder)) == 2
    chosen = {"since": "2026-10-01", "source": "newsroom", "columns": ["title", "published"]}
    one = alescrawl.load_articles(published.address, **chosen)
    assert 0 < _same(one, alescrawl.load_articles(folder, **chosen)) < 30


def test_only_the_tables_are_in_the_store(published):
    names = set(published.files[1]) - {"_owners/source=newsroom"}
    assert {name.split("/")[0] for name in names} == set(schema.TABLES)
    assert all(name.endswith(".parquet") for name in names), "no leftover of an upload"
    assert (published.state / "raw").is_dir()
    assert f"written to {published.address}" in published.told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("history", "{article}"), "revision 1"),
        (("entities", "unknown"), ""),
        (("report",), "report.html: {count} articles"),
        (("status", "newsroom"), "newsroom"),
        (("publish",), "0 partitions written"),
        (("migrate",), "tables: up to date"),
        (("doctor", "--offline"), "all tables have today's columns"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_each_command_takes_the_address(published, words, told):
    articles = alescrawl.load_articles(published.address)
    words = [word.format(article=articles["url"][0]) for word in words]
    more = ("SPIDER_MODULES=alescrawl.newsroom.spider", f"ALESCRAWL_STATE={published.state}")
    done = Scrapy(published.address).run(*words, settings=(*FAST, *more))
    assert (done.returncode, done.stderr) == (0, "")
    assert told.format(count=len(articles)) in done.stdout


def test_a_second_run_replaces_what_changed_and_nothing_else(published):
    first, second = published.files
    changed = {name for name in second if first.get(name) != second[name]}
    assert "articles/source=newsroom/year=2026.parquet" in changed
    assert any(re.fullmatch(r"runs/source=newsroom/\d{4}-\d\d.parquet", name) for name in changed)
    assert {name.split("/")[1] for name in changed} == {"source=newsroom"}
    assert "articles/source=newsroom/year=2025.parquet" in set(second) - changed


def test_pandas_polars_and_duckdb_read_the_address(published):
    articles = f"{published.address}/articles"
    count = len(alescrawl.load_articles(published.address))
    assert len(pd.read_parquet(articles)) == count
    dataset = ds.dataset(articles)
    assert len(pl.scan_pyarrow_dataset(dataset).select("title").collect()) == count
    assert duckdb.sql("SELECT count(*) FROM dataset").fetchall() == [(count,)]


def _article(number, year=2026):
    url = f"https://courrier.example/{number}"
    article = Article(url=url, article_id=fingerprint(url), canonical_url=url, source="courrier")
    article.title = f"Article {number}"
    article.published = article.fetched_at = datetime(year, 5, 1, tzinfo=UTC)
    article.content_hash = fingerprint(str(number))
    return article


def _publish(output, *articles):
    with closing(Ledger(output.ledger)) as ledger:
        with ledger.transaction() as db:
            for article in articles:
                put_article(db, article)
        publish(ledger, output)


def test_a_reader_finds_the_old_object_or_the_new_one_while_it_is_replaced(elsewhere):
    """An object is read in pieces, and nothing keeps the old one as a disk does."""
    scrapy, output = elsewhere
    name, key = "articles", partition_key("articles", "courrier", "year=2026")
    columns = schema.TABLES[name].names

    def replace(edition):
        words = random.Random(edition)
        rows = (
            dict.fromkeys(columns) | {"article_id": str(n), "title": str(edition)}
            | {"text": words.randbytes(1_500).hex()}
            for n in range(200 + 30 * edition)
        )  # fmt: skip
        write_rows(rows, schema.TABLES[name], output.published, key)

    replace(0)
    with ThreadPoolExecutor(1) as writer:
        replaced = [writer.submit(lambda n: (replace(n), time.sleep(0.2)), n) for n in range(1, 9)]
        seen = 0
        while not replaced[-1].done() or not seen:
            articles = alescrawl.load_articles(scrapy.output, columns=["title", "text"])
            (edition,) = articles["title"].unique()
            assert len(articles) == 200 + 30 * int(edition)
            seen += 1
        assert [each.exception() for each in replaced] == [None] * len(replaced)


def _files(store, output):
    folder = store.root / str(output.published).removeprefix("s3://")
    return sorted(folder.rglob("articles/**/*.parquet"))


def test_what_is_forgotten_leaves_the_store(elsewhere, store):
    scrapy, output = elsewhere
    _publish(output, _article(1), _article(2, 2025))
    assert any(b"courrier.example/2" in path.read_bytes() for path in _files(store, output))
    done = scrapy.run("forget", "https://courrier.example/2")
    assert (done.returncode, "1 row removed" in done.stdout) == (0, True), done.stderr
    assert alescrawl.load_articles(scrapy.output).title.tolist() == ["Article 1"]
    assert not any(b"courrier.example/2" in path.read_bytes() for path in _files(store, output))


def test_older_files_in_the_store_are_migrated(elsewhere, store):
    scrapy, output = elsewhere
    _publish(output, _article(1), _article(2, 2025))
    for path in _files(store, output):
        pq.write_table(pq.ParquetFile(path).read().drop_columns(["topics"]), path)
    assert alescrawl.load_articles(scrapy.output)["topics"].tolist() == [[], []]
    (table,) = outdated_tables(output)
    assert (table.added, len(table.files)) == (["topics"], 3)
    done = scrapy.run("migrate")
    assert "columns added: topics; files to rewrite: 3" in done.stdout
    assert "2 partitions written" in done.stdout
    assert all("topics" in pq.read_schema(path).names for path in _files(store, output))


def test_what_a_newer_version_wrote_is_refused(elsewhere):
    scrapy, output = elsewhere
    _publish(output, _article(1))
    newer = schema.ARTICLES.with_metadata({schema.VERSION_KEY: b"99"})
    with output.published.replacing("articles/schema.parquet") as file:
        pq.write_table(newer.empty_table(), file)
    for use in (lambda: _publish(output, _article(2)), lambda: outdated_tables(output)):
        with pytest.raises(DatasetError, match=r"s3://.*newer alescrawl.*upgrade"):
            use()
    with pytest.raises(DatasetError, match="newer alescrawl"):
        alescrawl.load_articles(scrapy.output)


def test_pages_are_read_again_and_an_edition_is_exported_to_another_address(elsewhere, site):
    scrapy, output = elsewhere
    site["/sitemap.xml"] = sitemap("/a1")
    site["/a1"] = page("Une halle ouvre", published="2026-03-03T08:00:00Z")
    assert scrapy.crawl(site).returncode == 0
    with closing(sqlite3.connect(output.ledger)) as db, db:
        row = json.loads(zlib.decompress(db.execute("SELECT row FROM articles").fetchone()[0]))
        older = row | {"title": "Accueil", "extractor_version": "0"}
        db.execute("UPDATE articles SET row = ?", (zlib.compress(json.dumps(older).encode()),))
    done = scrapy.run("reprocess", settings=(*FAST, "SPIDER_MODULES=sources.tested"))
    assert (done.returncode, done.stderr) == (0, "")
    assert pd.read_parquet(f"{scrapy.output}/revisions").title.tolist() == ["Accueil"]

    edition = f"{scrapy.output}-libre"
    done = scrapy.run("export", "--facts", edition)
    assert (done.returncode, "1 articles" in done.stdout) == (0, True), done.stderr
    facts = pd.read_parquet(f"{edition}/articles")
    assert facts["canonical_url"].tolist() == [f"{site.url}/a1"]
    assert "title" not in facts
    with pytest.raises(DatasetError, match="exists"):
        export_facts(output.published, edition)


def test_each_address_has_a_state_of_its_own():
    assert default_state("s3://journaux/gard/?region=x").parts == ("state", "journaux", "gard")
    assert default_state("output").parts == ("output",)
