"""Who follows the articles sees each that was written since, once, and none of those that wait."""

import sqlite3
from datetime import UTC, datetime

import pytest

from alescrawl.dataset.ledger.articles import put_article
from alescrawl.dataset.ledger.changes import newest_changes, written_since
from alescrawl.dataset.ledger.connection import Ledger
from alescrawl.dataset.ledger.format import STEPS, statements_after
from alescrawl.items import Article, Paragraph, fingerprint

NOW = datetime(2026, 11, 26, 18, tzinfo=UTC)


def article(number, words="Une usine ouvre.", source="s"):
    url = f"https://a.example/{source}/{number}"
    made = Article(fingerprint(url), url, url, source, title="Usine", fetched_at=NOW, published=NOW)
    made.set_paragraphs([Paragraph("paragraph", words)])
    return made


@pytest.fixture
def ledger(tmp_path):
    opened = Ledger(tmp_path / "ledger.sqlite")
    yield opened
    opened.close()


def put(ledger, *articles):
    with ledger.transaction() as db:
        for each in articles:
            put_article(db, each)


def seen(ledger, source="s", since=0):
    newest = newest_changes(ledger).get(source, 0)
    return [w.article_id for w in written_since(ledger, source, since, newest)], newest


def test_each_article_is_seen_once_in_the_order_of_its_last_change(ledger):
    put(ledger, article(1), article(2))
    found, newest = seen(ledger)
    assert found == [article(1).article_id, article(2).article_id]
    assert seen(ledger, since=newest) == ([], newest)
    put(ledger, article(1, "Une usine ferme."))
    found, later = seen(ledger, since=newest)
    assert (found, later > newest) == ([article(1).article_id], True)


def test_what_is_removed_is_followed_no_more_and_no_number_comes_twice(ledger):
    put(ledger, article(1), article(2))
    _, newest = seen(ledger)
    with ledger.transaction() as db:
        db.execute("DELETE FROM articles WHERE article_id = ?", (article(2).article_id,))
    put(ledger, article(3))
    assert seen(ledger, since=newest)[0] == [article(3).article_id]
    assert seen(ledger)[0] == [article(1).article_id, article(3).article_id]


def test_sources_whose_rows_wait_are_seen_when_they_are_let_through(ledger):
    put(ledger, article(1), article(1, source="t"))
    with ledger.transaction() as db:
        db.execute("INSERT INTO sources (source, held) VALUES ('t', 'broken')")
    assert list(newest_changes(ledger)) == ["s"]
    with ledger.transaction() as db:
        db.execute("UPDATE sources SET held = NULL")
    assert seen(ledger, "t")[0] == [article(1, source="t").article_id]


def test_the_articles_of_an_older_ledger_are_followed_too(tmp_path):
    path = tmp_path / "old.sqlite"
    before = len(STEPS) - 1
    with sqlite3.connect(path) as db:
        for statement in list(statements_after(0))[: -len(list(statements_after(before)))]:
            db.execute(statement)
        db.execute("INSERT INTO articles VALUES ('a', 's', 'p', 'u', 1, 'h', x'00')")
        db.execute(f"PRAGMA user_version = {before}")
    db.close()
    assert seen(Ledger(path))[0] == ["a"]
