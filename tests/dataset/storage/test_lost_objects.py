"""A published object that is gone, empty, cut or another is told, and put there anew."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime

import pytest

from alescrawl.dataset.health.source_status import source_statuses
from alescrawl.dataset.ledger.articles import put_article
from alescrawl.dataset.ledger.connection import Ledger
from alescrawl.dataset.publication.publish import publish
from alescrawl.items import Article, fingerprint

KEY = "articles/source=courrier/year=2026.parquet"


def _gone(storage, _data, store):
    # It remembers what is in a folder: stopped, it does not.
    store.stop()
    (store.root / storage.path(KEY)).unlink()
    store.start()


def _put(storage, data):
    with storage.filesystem.open_output_stream(storage.path(KEY)) as stream:
        stream.write(data)


def _empty(storage, _data, _store):
    _put(storage, b"")


def _cut(storage, data, _store):
    _put(storage, data[: len(data) // 2])


@pytest.mark.parametrize("damage", [_gone, _empty, _cut])
def test_it_is_told_and_put_there_anew(elsewhere, store, damage):
    _, output = elsewhere
    url = "https://courrier.example/1"
    article = Article(url=url, article_id=fingerprint(url), canonical_url=url, source="courrier")
    article.published = article.fetched_at = datetime(2026, 5, 1, tzinfo=UTC)
    storage = output.published
    with closing(Ledger(output.ledger)) as ledger:
        with ledger.transaction() as db:
            put_article(db, article)
        publish(ledger, output)
        assert publish(ledger, output) == 0
        data = storage.read(KEY)
        damage(storage, data, store)
        (status,) = source_statuses(output)
        found = status.missing if damage is _gone else status.damaged
        assert found == [KEY]
        assert publish(ledger, output) == 1
        assert storage.read(KEY) == data
        assert publish(ledger, output) == 0
        (mark,) = ledger.query("SELECT file FROM parts WHERE part LIKE 'year%'").fetchone()
        assert int(mark.split()[1]) > 0, "the store has said when"
