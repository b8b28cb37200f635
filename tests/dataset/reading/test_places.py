"""Where a dataset is looked for: what is none is said in a line, and what is one reads as it is."""

from __future__ import annotations

import os
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

import alescrawl
from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.folder import Folder, storage_at
from alescrawl.dataset.ledger.articles import put_article
from alescrawl.dataset.ledger.connection import Ledger
from alescrawl.dataset.ledger.runs import begin_run
from alescrawl.dataset.ledger.window import Window
from alescrawl.dataset.publication.publish import publish
from alescrawl.items import Article, fingerprint


@pytest.fixture(scope="module")
def output(tmp_path_factory):
    folder = Folder(tmp_path_factory.mktemp("dataset"))
    with closing(Ledger(folder.ledger)) as ledger:
        for source in ("courrier", "gazette"):
            begin_run(ledger, source, Window())
            with ledger.transaction() as db:
                for year in (2024, 2025):
                    put_article(db, _article(source, year))
        publish(ledger, folder)
    return folder.root


def _article(source, year):
    url = f"https://{source}.example/{year}"
    article = Article(url=url, article_id=fingerprint(url), canonical_url=url, source=source)
    article.published = article.fetched_at = datetime(year, 5, 1, tzinfo=UTC)
    return article


@pytest.mark.parametrize("table", ["articles", "mentions", "revisions", "runs"])
def test_the_folder_of_one_table_is_not_the_output(output, table):
    for place in (output / table, f"{output / table}/"):
        with pytest.raises(DatasetError, match=f"is one table: name the folder .*{output.name}"):
            alescrawl.load_articles(place)


def test_neither_is_a_file(output):
    for place in (output / "articles" / "schema.parquet", output / "ledger.sqlite"):
        with pytest.raises(DatasetError, match="is a file: name the output folder"):
            alescrawl.load_articles(place)


@pytest.mark.parametrize(
    "place", ["s3:/bucket", "s3:bucket/x", "S3:/bucket/x", "gs:/bucket", "https:/host/x", "abfs:/x"]
)
def test_what_only_begins_as_an_address_does_is_no_folder(place, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    scheme, _, rest = place.partition(":")
    for use in (alescrawl.load_articles, storage_at, _settings):
        with pytest.raises(DatasetError, match="did you mean") as raised:
            use(place)
        assert f"{scheme.lower()}://{rest.lstrip('/')}?" in str(raised.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", ["été:2026", "a:b", "./s3:/x", "/tmp/x:/y", "C:/x"])
def test_a_folder_may_have_a_colon(place):
    assert storage_at(place) is not None


def test_a_path_that_is_not_utf_8_is_told_in_a_line(tmp_path):
    place = os.fsdecode(os.fsencode(tmp_path) + b"/donn\xe9es")
    for use in (alescrawl.load_articles, _settings):
        with pytest.raises(DatasetError, match="is not in UTF-8") as raised:
            use(place)
        assert str(raised.value).encode()
    assert not Path(place).exists()


def _settings(place):
    return Folder.from_settings({"ALESCRAWL_OUTPUT": place, "ALESCRAWL_STATE": None})


WAYS = {
    "pandas": pd.read_parquet,
    "pandas, one source": lambda t: pd.read_parquet(t / "source=courrier"),
    "pyarrow table": lambda t: pq.read_table(t).to_pandas(),
    "pyarrow dataset": lambda t: ds.dataset(t).to_table().to_pandas(),
    "pyarrow dataset, hive": lambda t: (
        ds.dataset(t, partitioning=ds.HivePartitioning.discover(infer_dictionary=True))
        .to_table()
        .to_pandas()
    ),
    "duckdb": lambda t: duckdb.sql(f"FROM '{t}/**/*.parquet'").df(),
    "duckdb, hive": lambda t: duckdb.sql(
        f"FROM read_parquet('{t}/source=*/*.parquet', hive_partitioning = true)"
    ).df(),
    "polars": pl.read_parquet,
    "polars, lazily": lambda t: pl.scan_parquet(t).collect(),
    "polars, files": lambda t: pl.read_parquet(f"{t}/**/*.parquet"),
    "polars, hive": lambda t: pl.scan_parquet(
        f"{t}/source=*/*.parquet", hive_partitioning=True
    ).collect(),
}


@pytest.mark.parametrize("way", WAYS)
def test_the_folder_of_a_table_is_read_as_it_is(output, way):
    found = WAYS[way](output / "articles")
    one = "one source" in way
    assert len(found) == (2 if one else 4)
    assert {str(value) for value in found["source"]} == (
        {"courrier", "gazette"} if not one else {"courrier"}
    )


def test_the_two_ways_that_the_page_names_do_not(output):
    table = output / "articles"
    with pytest.raises(pa.ArrowTypeError):
        ds.dataset(table, partitioning="hive")
    with pytest.raises(duckdb.BinderException):
        duckdb.sql(f"FROM read_parquet('{table}/**/*.parquet', hive_partitioning = true)")
