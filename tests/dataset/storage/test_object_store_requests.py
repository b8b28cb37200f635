"""What a store is asked follows what changed and what is asked for, not what it holds."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime

import pytest

import alescrawl
from alescrawl.dataset.ledger.articles import put_article
from alescrawl.dataset.ledger.connection import Ledger
from alescrawl.dataset.publication.publish import publish
from alescrawl.items import Article, fingerprint

SOURCES = ("courrier", "gazette")


def _article(source, year):
    url = f"https://{source}.example/{year}"
    article = Article(url=url, article_id=fingerprint(url), canonical_url=url, source=source)
    article.published = article.fetched_at = datetime(year, 5, 1, tzinfo=UTC)
    article.content_hash = fingerprint(url)
    return article


@pytest.fixture
def published(elsewhere):
    """Twenty years of two sources."""
    _, output = elsewhere
    with closing(Ledger(output.ledger)) as ledger:
        with ledger.transaction() as db:
            for source in SOURCES:
                for year in range(2006, 2026):
                    put_article(db, _article(source, year))
        publish(ledger, output)
        yield output, ledger


def _asked(store, action):
    """Return the requests that *action* makes, without the prefix of this test."""
    before = len(store.requests())
    action()
    return [(method, name.partition("/")[2]) for method, name in store.requests()[before:]]


def test_a_publication_puts_what_changed_reads_four_schemas_and_lists_the_tables(published, store):
    output, ledger = published
    always = _asked(store, lambda: publish(ledger, output))
    schemas = [name for method, name in always if method != "LIST"]
    assert {name.rpartition("/")[2] for name in schemas} == {"schema.parquet"}
    assert len(schemas) == 8
    assert len(always) - len(schemas) <= 4, "one for each table: are its files there?"
    with ledger.transaction() as db:
        put_article(db, _article("gazette", 2026))
    asked = _asked(store, lambda: publish(ledger, output))
    names = [f"{table}/source=gazette/year=2026.parquet" for table in ("articles", "mentions")]
    assert sorted(name for method, name in asked if method == "PUT") == names
    assert len(asked) <= len(always) + 6, "a look at the owner, and at each object"


def test_a_filter_asks_for_the_objects_of_its_sources_and_years_alone(published, store):
    output, _ = published
    chosen = {"since": "2020-01-01", "until": "2021-01-01", "source": "courrier"}
    asked = _asked(store, lambda: alescrawl.load_articles(str(output.published), **chosen))
    opened = {name for method, name in asked if method == "GET"}
    assert opened == {"articles/schema.parquet", "articles/source=courrier/year=2020.parquet"}
    assert len(asked) < 20
