"""What publication lets through, and what it takes out, while a source's rows wait."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime

import pandas as pd
import pytest

import alescrawl
from alescrawl.dataset.folder import Folder
from alescrawl.dataset.gate.gate import close_gate
from alescrawl.dataset.ledger.articles import put_article, put_reading, unpack
from alescrawl.dataset.ledger.connection import Ledger
from alescrawl.dataset.ledger.runs import begin_run
from alescrawl.dataset.ledger.window import Window
from alescrawl.dataset.publication.publish import publish
from alescrawl.dataset.removal.forget import forget_article
from alescrawl.dataset.storage import parquet
from alescrawl.items import Article, Paragraph, fingerprint
from alescrawl.pipelines.rights import drop_text

WORDS = "L'atelier de Sarvan recrute trente personnes."


def _article(number, year=2026, source="courrier", words=WORDS):
    url = f"https://{source}.example/{number}"
    article = Article(url=url, article_id=fingerprint(url), canonical_url=url, source=source)
    article.published = article.fetched_at = datetime(year, 5, 1, tzinfo=UTC)
    article.set_paragraphs([Paragraph("p", words)])
    return article


@pytest.fixture
def output(tmp_path):
    return Folder(tmp_path)


@pytest.fixture
def ledger(output):
    with closing(Ledger(output.ledger)) as opened:
        for source in ("courrier", "gazette"):
            begin_run(opened, source, Window())
        yield opened


def _put(ledger, *articles):
    with ledger.transaction() as db:
        for article in articles:
            put_article(db, article)


def _hold(ledger, source="courrier"):
    with ledger.transaction() as db:
        db.execute("UPDATE sources SET held = 'broken' WHERE source = ?", (source,))


def _published(output):
    paths = sorted(output.root.rglob("*.parquet"))
    return "\n".join(pd.read_parquet(path).astype(str).to_csv() for path in paths)


def test_a_run_that_begins_while_others_are_published_keeps_its_rows_back(
    output, ledger, monkeypatch
):
    _put(ledger, _article(1), _article(1, source="gazette"))
    write_rows = parquet.write_rows

    def write_slowly(rows, schema, storage, key):
        mark = write_rows(rows, schema, storage, key)
        with closing(Ledger(output.ledger)) as other:
            for source in ("courrier", "gazette"):
                close_gate(other, source, "run")
            _put(other, _article(2), _article(2, source="gazette"))
        return mark

    with monkeypatch.context() as patch:
        patch.setattr(parquet, "write_rows", write_slowly)
        publish(ledger, output)
    assert set(alescrawl.load_articles(output.root)["article_id"]) <= {
        _article(1).article_id,
        _article(1, source="gazette").article_id,
    }
    with ledger.transaction() as db:
        db.execute("UPDATE sources SET running = NULL")
    publish(ledger, output)
    assert len(alescrawl.load_articles(output.root)) == 4


def test_what_is_forgotten_leaves_the_year_where_it_was_published_though_its_new_one_waits(
    output, ledger
):
    _put(ledger, _article(1), _article(2))
    publish(ledger, output)
    _hold(ledger)
    _put(ledger, _article(1, year=2025))
    forget_article(ledger, output, "https://courrier.example/1")
    publish(ledger, output)
    assert alescrawl.load_articles(output.root)["article_id"].tolist() == [_article(2).article_id]


def test_words_that_are_withheld_when_read_again_are_taken_out_though_rows_wait(output, ledger):
    _put(ledger, _article(1))
    publish(ledger, output)
    assert WORDS in _published(output)
    _hold(ledger)
    article = _article(1)
    drop_text(article)
    with ledger.transaction() as db:
        (row,) = db.execute("SELECT row FROM articles").fetchone()
        assert put_reading(db, article, unpack(row))
    publish(ledger, output)
    assert WORDS not in _published(output)


def test_a_damaged_file_that_something_is_to_be_taken_out_of_goes(output, ledger, caplog):
    _put(ledger, _article(1), _article(2))
    publish(ledger, output)
    _hold(ledger)
    (path,) = output.root.glob("articles/source=courrier/*.parquet")
    path.write_bytes(b"PAR1")
    forget_article(ledger, output, "https://courrier.example/1")
    publish(ledger, output)
    assert "was damaged: it is written anew once its rows may be" in caplog.text
    assert not path.exists()
    assert WORDS not in _published(output)
