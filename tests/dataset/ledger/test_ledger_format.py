"""A ledger of an earlier format goes on being used, with all that it holds."""

import sqlite3
import threading

import pytest

from alescrawl.dataset.ledger.connection import Ledger
from alescrawl.dataset.ledger.format import FORMAT, STEPS
from alescrawl.dataset.ledger.frontier import Frontier
from alescrawl.dataset.ledger.hints import Listed
from alescrawl.dataset.ledger.window import Window


@pytest.fixture
def old(tmp_path):
    """A ledger of format 1 with one address that is due."""
    path = tmp_path / "ledger.sqlite"
    with sqlite3.connect(path) as db:
        db.executescript(STEPS[0])
        db.execute(
            "INSERT INTO urls (source, url, listed_url, status, first_seen, last_seen, next_check)"
            " VALUES ('s', 'https://a.example/1', 'https://a.example/1', 'found',"
            " '2026-01-01', '2026-01-01', '2026-01-01')"
        )
        db.execute("PRAGMA user_version = 1")
    db.close()
    return path


def test_what_an_older_ledger_holds_is_still_due(old):
    frontier = Frontier(Ledger(old), "s", "run")
    frontier.offer([Listed("https://a.example/2", title="Une usine", origin="feed")])
    taken = {c.url: c.hints for c in frontier.take(9, Window())}
    assert taken == {
        "https://a.example/1": {},
        "https://a.example/2": {"title": ("Une usine", "feed")},
    }


def test_processes_that_open_an_older_ledger_at_once_do_not_disturb_one_another(old):
    failures = []

    def open_it():
        try:
            Ledger(old).close()
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test tells of it
            failures.append(error)

    threads = [threading.Thread(target=open_it) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with sqlite3.connect(old) as db:
        assert db.execute("PRAGMA user_version").fetchone()[0] == FORMAT


def test_an_older_ledger_that_another_process_is_about_to_change_is_waited_for(old):
    other = sqlite3.connect(old, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    threading.Timer(0.3, other.close).start()
    assert Ledger(old).query("SELECT url FROM urls").fetchall()


def test_revisions_of_an_older_ledger_are_kept_under_the_extractor_that_read_them(old):
    with sqlite3.connect(old) as db:
        db.execute("INSERT INTO revisions VALUES ('a', 1, 's', 'year=2026', x'00')")
    db.close()
    kept = Ledger(old).query("SELECT article_id, revision, extractor, part FROM revisions")
    assert list(map(tuple, kept)) == [("a", 1, "1", "year=2026")]
