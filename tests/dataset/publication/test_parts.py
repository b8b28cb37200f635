"""What publication writes follows what changed: a year of many articles is several files."""

from contextlib import closing
from datetime import UTC, datetime

import pandas as pd
import pytest

import alescrawl
from alescrawl.dataset.folder import Folder
from alescrawl.dataset.ledger import partitions as parts
from alescrawl.dataset.ledger.articles import put_article
from alescrawl.dataset.ledger.connection import Ledger
from alescrawl.dataset.publication.publish import publish
from alescrawl.items import Article, fingerprint


def _article(number, year=2026, words="un"):
    url = f"https://courrier.example/{number}"
    article = Article(url=url, article_id=fingerprint(url), canonical_url=url, source="courrier")
    article.published = article.fetched_at = datetime(year, 5, 1, tzinfo=UTC)
    article.content_hash = fingerprint(words)
    return article


@pytest.fixture
def dataset(tmp_path, monkeypatch):
    monkeypatch.setattr(parts, "MOST_ROWS", 10)
    output = Folder(tmp_path)
    with closing(Ledger(output.ledger)) as ledger:
        _store(ledger, *map(_article, range(25)))
        publish(ledger, output)
        yield output, ledger


def _store(ledger, *articles):
    with ledger.transaction() as db:
        for article in articles:
            put_article(db, article)


def _files(output):
    return {f.name: f.stat().st_mtime_ns for f in output.root.glob("articles/source=*/*.parquet")}


def test_a_year_is_as_many_files_as_it_needs_and_one_table(dataset):
    output, _ = dataset
    assert sorted(_files(output)) == [
        "year=2026-002.parquet",
        "year=2026-003.parquet",
        "year=2026.parquet",
    ]
    assert len(pd.read_parquet(output.root / "articles")) == 25
    assert alescrawl.load_articles(output.root)["article_id"].nunique() == 25


def test_new_articles_rewrite_the_newest_file_alone(dataset):
    output, ledger = dataset
    before = _files(output)
    _store(ledger, _article(100))
    publish(ledger, output)
    changed = [name for name, at in _files(output).items() if before[name] != at]
    assert changed == ["year=2026-003.parquet"]


def test_an_article_stays_in_its_file_as_long_as_in_its_year(dataset):
    output, ledger = dataset
    before = _files(output)
    _store(ledger, _article(0, words="deux"), _article(1, year=2025))
    publish(ledger, output)
    changed = {name for name, at in _files(output).items() if before.get(name) != at}
    assert changed == {"year=2026.parquet", "year=2025.parquet"}
    articles = alescrawl.load_articles(output.root)
    assert articles["article_id"].nunique() == len(articles) == 25


def test_an_undated_year_grows_in_files_too(dataset):
    output, ledger = dataset
    undated = [_article(number) for number in range(200, 212)]
    for article in undated:
        article.published = None
    _store(ledger, *undated)
    publish(ledger, output)
    assert {"year=undated.parquet", "year=undated-002.parquet"} <= set(_files(output))
