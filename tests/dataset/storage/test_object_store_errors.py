"""An object store that cannot be used costs no article, and is told in one line."""

from __future__ import annotations

import io
import random
from contextlib import closing
from datetime import UTC, datetime

import pandas as pd
import pytest
from forked import Command
from loopback import page, sitemap
from object_store import BUCKET
from scrapy_command import Scrapy

import alescrawl
from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.folder import Folder, storage_at
from alescrawl.dataset.ledger.articles import put_article
from alescrawl.dataset.ledger.connection import Ledger
from alescrawl.dataset.publication.publish import publish
from alescrawl.items import Article, fingerprint


def _one_line(done, *told):
    assert done.returncode != 0
    (line,) = done.stderr.strip().splitlines()
    assert all(words in line for words in told), line


def test_what_a_run_collected_when_the_store_went_down_is_published_by_the_next(
    elsewhere, store, site
):
    scrapy, _ = elsewhere
    site["/sitemap.xml"] = sitemap("/a1")
    site["/a1"] = page("Une halle ouvre", published="2026-03-03T08:00:00Z")
    site.before = lambda path: store.stop() if path == "/a1" else None
    try:
        _one_line(scrapy.crawl(site), scrapy.output, "cannot be reached")
    finally:
        store.start()
    assert alescrawl.load_articles(scrapy.output).empty
    site.before = lambda _path: None
    site.asked.clear()
    assert scrapy.crawl(site).returncode == 0
    assert alescrawl.load_articles(scrapy.output).title.tolist() == ["Une halle ouvre"]
    assert "/a1" not in site.article_paths()


def test_a_publication_that_is_killed_is_completed_by_the_next(elsewhere, store):
    scrapy, output = elsewhere
    dice = random.Random()
    with closing(Ledger(output.ledger)) as ledger:
        with ledger.transaction() as db:
            for year in range(2005, 2025):
                put_article(db, _article(year))
        publish(ledger, output)
        expected = alescrawl.load_articles(scrapy.output)
        cut = 0
        for _ in range(3):
            with ledger.transaction() as db:
                db.execute("UPDATE parts SET changes = changes + 1")
            before = store.files(scrapy.output.rpartition("/")[2])
            command = Command(scrapy.options(("publish",), ()), scrapy.environment())
            while command.poll(0.002) is None:
                if store.files(scrapy.output.rpartition("/")[2]) != before:
                    command.poll(dice.uniform(0, 0.1))
                    break
            command.kill()
            command.wait()
            cut += _unpublished(ledger) > 0
            pd.testing.assert_frame_equal(alescrawl.load_articles(scrapy.output), expected)
            assert publish(ledger, output) >= 0
            pd.testing.assert_frame_equal(alescrawl.load_articles(scrapy.output), expected)
            assert _unpublished(ledger) == 0
    assert cut > 0, "it always ends too soon"
    names = store.files(scrapy.output.rpartition("/")[2])
    assert set(names) == set(before), "nothing is left of what was killed"


def _article(year):
    url = f"https://courrier.example/{year}"
    article = Article(url=url, article_id=fingerprint(url), canonical_url=url, source="courrier")
    article.published = article.fetched_at = datetime(year, 5, 1, tzinfo=UTC)
    article.content_hash = fingerprint(url)
    return article


def _unpublished(ledger):
    (count,) = ledger.query("SELECT count(*) FROM parts WHERE changes > published").fetchone()
    return count


@pytest.mark.long
@pytest.mark.parametrize(
    ("setting", "address", "told"),
    [
        ("AWS_SECRET_ACCESS_KEY=faux", f"s3://{BUCKET}/x", "refuses these credentials"),
        ("AWS_ENDPOINT_URL=http://127.0.0.1:9", f"s3://{BUCKET}/x", "cannot be reached"),
        ("AWS_REGION=eu-west-3", "s3://ailleurs/x", "no such bucket"),
    ],
)
@pytest.mark.usefixtures("store")
def test_a_store_that_cannot_be_used_is_told_in_one_line(
    tmp_path, monkeypatch, setting, address, told
):
    monkeypatch.setenv(*setting.split("="))
    with pytest.raises(DatasetError, match=told) as caught:
        Folder(tmp_path / "state", storage_at(address)).prepare()
    assert "\n" not in str(caught.value)
    with pytest.raises(DatasetError, match=r"there is no dataset|refuses|be reached"):
        alescrawl.load_articles(address)


@pytest.mark.usefixtures("store")
def test_a_bucket_that_is_not_there_ends_a_crawl_before_anything_is_asked(site, tmp_path):
    state = f"ALESCRAWL_STATE={tmp_path / 'state'}"
    done = Scrapy("s3://ailleurs/x").crawl(site, more=(state,))
    _one_line(done, "s3://ailleurs/x", "no such bucket")
    assert site.asked == []


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("s3://journaux/gard?endpoint=x", "endpoint cannot be part of an s3:// address: endpoint_"),
        ("s3://cle:secret@journaux/gard", "no place for a password"),
        ("s3:///gard", "names no bucket"),
        ("gs://journaux/gard", "neither a folder nor an s3:// address"),
    ],
)
def test_an_address_that_cannot_be_meant_is_told_without_its_secret(address, told):
    with pytest.raises(DatasetError, match=told) as caught:
        alescrawl.load_articles(address)
    assert "secret@" not in str(caught.value)


def test_endpoint_and_region_may_be_part_of_the_address(store, monkeypatch):
    endpoint = store.environment["AWS_ENDPOINT_URL"]
    monkeypatch.delenv("AWS_ENDPOINT_URL")
    monkeypatch.delenv("AWS_REGION")
    storage = storage_at(f"s3://{BUCKET}/là/?region=eu-west-3&endpoint_override={endpoint}")
    storage.prepare()
    assert str(storage) == f"s3://{BUCKET}/là"


class _Lossy:
    """A store that keeps something else than it was sent."""

    def __init__(self, filesystem):
        self._filesystem = filesystem
        self.open_input_file = filesystem.open_input_file

    def open_output_stream(self, path):
        stream = self._filesystem.open_output_stream(path)
        lossy = io.BytesIO()
        lossy.write = lambda data: stream.write(bytes(data)[:-1] + b"?")
        lossy.close = stream.close
        return lossy


def _put(storage, data):
    with storage.replacing("une.parquet") as file:
        file.write(data)


def test_an_upload_is_compared_with_what_was_sent(elsewhere):
    _, output = elsewhere
    storage = output.published
    for size in (1_000, 12_000_000):  # in one piece, in several
        _put(storage, b"x" * size)
        with storage.filesystem.open_input_file(storage.path("une.parquet")) as stored:
            assert stored.size() == size
    storage._filesystem = _Lossy(storage.filesystem)
    with pytest.raises(DatasetError, match="does not read back"):
        _put(storage, b"x" * 1_000)


def test_nothing_is_uploaded_where_writing_fails(elsewhere):
    _, output = elsewhere

    def fail():
        with output.published.replacing("articles/une.parquet") as file:
            file.write(b"x")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert output.published.keys("articles") == []
