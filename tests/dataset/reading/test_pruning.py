"""A filter opens only the files that can hold what it asks for, and finds the same rows."""

from __future__ import annotations

import random
from contextlib import closing
from datetime import UTC, datetime, timedelta

import duckdb
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest

import alescrawl
from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.folder import Folder
from alescrawl.dataset.ledger import partitions as parts
from alescrawl.dataset.ledger.articles import put_article
from alescrawl.dataset.ledger.connection import Ledger
from alescrawl.dataset.publication.publish import publish
from alescrawl.items import PARIS, Article, fingerprint

SOURCES = ("courrier", "courrier-2", "gazette")
YEARS = (2024, 2025, 2026)


def _moments():
    """Yield instants around each turn of the year, in Paris and in UTC, and some between."""
    for year in YEARS:
        for zone in (PARIS, UTC):
            turn = datetime(year, 1, 1, tzinfo=zone)
            yield from (turn + timedelta(microseconds=n) for n in (-1, 0, 1))
        yield datetime(year, 7, 14, 12, tzinfo=PARIS)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    """Articles of three sources at all these moments, two without a date, in small files."""
    output = Folder(tmp_path_factory.mktemp("pruning"))
    with pytest.MonkeyPatch.context() as small, closing(Ledger(output.ledger)) as ledger:
        small.setattr(parts, "MOST_ROWS", 3)
        with ledger.transaction() as db:
            for source in SOURCES:
                for number, moment in enumerate([*_moments(), None, None]):
                    put_article(db, _article(source, number, moment))
        publish(ledger, output)
    return output.root


def _article(source, number, moment):
    url = f"https://{source}.example/{number}"
    article = Article(url=url, article_id=fingerprint(url), canonical_url=url, source=source)
    article.published, article.fetched_at = moment, datetime(2026, 11, 1, tzinfo=UTC)
    article.topics = ["emploi"]
    article.content_hash = fingerprint(url)
    return article


def _filtered(whole, since, until, sources):
    chosen = pd.Series(data=True, index=whole.index)
    if since is not None:
        chosen &= whole["published"] >= since
    if until is not None:
        chosen &= whole["published"] < until
    if sources is not None:
        chosen &= whole["source"].isin([sources] if isinstance(sources, str) else sources)
    return whole[chosen].reset_index(drop=True)


def test_a_filter_finds_what_pandas_finds_in_the_whole(dataset):
    whole = alescrawl.load_articles(dataset)
    bounds = [None, *_moments(), datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)]
    sources = [None, "courrier", ["gazette"], ["courrier-2", "gazette"], "nobody"]
    dice = random.Random(5)
    for _ in range(60):
        since, until, chosen = dice.choice(bounds), dice.choice(bounds), dice.choice(sources)
        found = alescrawl.load_articles(dataset, since=since, until=until, source=chosen)
        pd.testing.assert_frame_equal(found, _filtered(whole, since, until, chosen))


@pytest.fixture
def spoilt(dataset, tmp_path):
    """Spoil all files but those of one source and year; return the folder."""
    for path in dataset.rglob("*.parquet"):
        copy = tmp_path / path.relative_to(dataset)
        copy.parent.mkdir(parents=True, exist_ok=True)
        asked_for = path.parent.name == "source=courrier" and path.name.startswith("year=2025")
        of_schema = path.name == "schema.parquet"
        copy.write_bytes(path.read_bytes() if asked_for or of_schema else b"no Parquet")
    return tmp_path


def test_files_of_other_sources_and_years_are_not_opened(spoilt):
    found = alescrawl.load_articles(
        spoilt, since="2025-01-01", until="2026-01-01", source="courrier"
    )
    assert found["published"].dt.tz_convert(PARIS).dt.year.tolist() == [2025] * len(found)
    assert len(found) == 7
    assert len(alescrawl.load_articles(spoilt, until="1999-01-01")) == 0
    for wider in ({"source": "courrier"}, {"since": "2025-01-01"}, {}):
        with pytest.raises(DatasetError, match=r"cannot read .*year="):
            alescrawl.load_articles(spoilt, **wider)


@pytest.fixture
def partly_migrated(dataset, tmp_path):
    """A folder of which one source's files lack a column."""
    for path in (dataset / "articles").rglob("*.parquet"):
        copy = tmp_path / "articles" / path.relative_to(dataset / "articles")
        copy.parent.mkdir(parents=True, exist_ok=True)
        table = pq.ParquetFile(path).read()
        older = path.parent.name == "source=courrier"
        pq.write_table(table.drop_columns(["topics"]) if older else table, copy)
    return tmp_path


def test_a_partly_migrated_folder_is_read_by_all_as_the_guide_says(partly_migrated):
    count = len(alescrawl.load_articles(partly_migrated))
    files = str(partly_migrated / "articles" / "source=*" / "*.parquet")
    told = (
        alescrawl.load_articles(partly_migrated)
        .groupby("source")["topics"]
        .agg(lambda lists: sum(map(bool, lists)))
    )
    assert told.to_dict() == {"courrier": 0, "courrier-2": count // 3, "gazette": count // 3}
    plain = pd.read_parquet(partly_migrated / "articles")
    assert plain.groupby("source", observed=True)["topics"].count().to_dict() == told.to_dict()
    query = (
        "SELECT source, count(topics) FROM read_parquet(?, hive_partitioning = true, "
        "union_by_name = true) GROUP BY source"
    )
    assert dict(duckdb.execute(query, [files]).fetchall()) == told.to_dict()
    scanned = pl.scan_parquet(files, hive_partitioning=True, missing_columns="insert")
    frame = scanned.group_by("source").agg(pl.col("topics").count()).collect()
    assert dict(frame.iter_rows()) == told.to_dict()
