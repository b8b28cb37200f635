"""What is published elsewhere belongs to one ledger, and all of it follows where that publishes."""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import UTC, datetime

import pyarrow.parquet as pq
import pytest

import alescrawl
from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.folder import Folder
from alescrawl.dataset.ledger.articles import put_article
from alescrawl.dataset.ledger.connection import Ledger
from alescrawl.dataset.publication.migration import mark_outdated, outdated_tables
from alescrawl.dataset.publication.ownership import claim
from alescrawl.dataset.publication.publish import publish
from alescrawl.dataset.storage.files import LocalStorage
from alescrawl.items import Article, fingerprint


def _publish(state, place, *numbers, source="courrier"):
    output = Folder(state, None if place == state else LocalStorage(place))
    output.prepare()
    with closing(Ledger(output.ledger)) as ledger:
        with ledger.transaction() as db:
            for number in numbers:
                put_article(db, _article(number, source))
        return publish(ledger, output)


def _article(number, source):
    url = f"https://{source}.example/{number}"
    article = Article(url=url, article_id=fingerprint(url), canonical_url=url, source=source)
    article.published = article.fetched_at = datetime(2026, 5, 1, tzinfo=UTC)
    article.content_hash = fingerprint(str(number))
    return article


def test_a_new_ledger_does_not_replace_what_a_lost_one_published(tmp_path):
    _publish(tmp_path / "old", tmp_path / "place", *range(20))
    shutil.rmtree(tmp_path / "old")
    told = r"place has courrier from another ledger.*ALESCRAWL_STATE.*delete source=courrier"
    for _ in range(2):
        with pytest.raises(DatasetError, match=told):
            _publish(tmp_path / "new", tmp_path / "place", 1)
        assert len(alescrawl.load_articles(tmp_path / "place")) == 20
    shutil.rmtree(tmp_path / "place" / "articles" / "source=courrier")
    assert _publish(tmp_path / "new", tmp_path / "place") > 0
    assert len(alescrawl.load_articles(tmp_path / "place")) == 1


def test_what_was_copied_to_a_place_is_not_replaced_by_a_new_ledger_either(tmp_path):
    _publish(tmp_path / "old", tmp_path / "old", *range(20))
    shutil.copytree(tmp_path / "old" / "articles", tmp_path / "place" / "articles")
    with pytest.raises(DatasetError, match="from another ledger"):
        _publish(tmp_path / "new", tmp_path / "place", 1)
    assert len(alescrawl.load_articles(tmp_path / "place")) == 20


def test_several_ledgers_publish_their_own_sources_to_one_place(tmp_path):
    _publish(tmp_path / "one", tmp_path / "place", 1, 2)
    _publish(tmp_path / "two", tmp_path / "place", 1, source="gazette")
    _publish(tmp_path / "one", tmp_path / "place", 3)
    articles = alescrawl.load_articles(tmp_path / "place")
    assert articles.groupby("source").size().to_dict() == {"courrier": 3, "gazette": 1}


def test_where_a_ledger_publishes_all_is_published(tmp_path):
    state, place = tmp_path / "state", tmp_path / "place"
    _publish(state, state, 1, 2)
    _publish(state, place, 3)
    assert len(alescrawl.load_articles(place)) == 3
    assert len(alescrawl.load_articles(state)) == 2
    _publish(state, place, 4)
    assert _publish(state, state) > 0
    assert len(alescrawl.load_articles(state)) == 4
    assert _publish(state, state) == 0, "once is enough"


def test_in_its_own_folder_a_new_ledger_does_not_replace_what_a_lost_one_published_either(tmp_path):
    output = Folder(tmp_path)
    _publish(tmp_path, tmp_path, *range(20))
    for path in tmp_path.glob("ledger.sqlite*"):
        path.unlink()
    told = r"courrier.*knows nothing of: restore that file.*delete source=courrier"
    with closing(Ledger(output.ledger)) as ledger:
        with pytest.raises(DatasetError, match=told):
            claim(ledger, output, ["courrier"])
        claim(ledger, output, ["gazette"])


def test_each_ledger_migrates_its_own_files_in_a_place_of_several(tmp_path):
    place = tmp_path / "place"
    _publish(tmp_path / "one", place, 1)
    _publish(tmp_path / "two", place, 1, source="gazette")
    files = sorted((place / "articles").rglob("*.parquet"))
    for path in files:
        pq.write_table(pq.ParquetFile(path).read().drop_columns(["topics"]), path)
    for state in ("one", "two"):
        output = Folder(tmp_path / state, LocalStorage(place))
        with closing(Ledger(output.ledger)) as ledger:
            mark_outdated(ledger, outdated_tables(output))
            publish(ledger, output)
    assert all("topics" in pq.read_schema(path).names for path in files)
    assert outdated_tables(output) == []
