"""A clock that was ahead: no time later than now is believed, wherever it is stored."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from alescrawl.dataset.archive.pages import archived_article
from alescrawl.dataset.archive.warc import Archive, index
from alescrawl.dataset.folder import Folder
from alescrawl.dataset.gate.gate import judge_run
from alescrawl.dataset.gate.verdicts import Routes
from alescrawl.dataset.health.alerts import untold
from alescrawl.dataset.health.source_status import source_statuses
from alescrawl.dataset.ledger.addresses import AddressRecords
from alescrawl.dataset.ledger.articles import put_article, unpack
from alescrawl.dataset.ledger.clock import distrust_later_than_now
from alescrawl.dataset.ledger.connection import Ledger, instant_text
from alescrawl.dataset.ledger.frontier import Frontier
from alescrawl.dataset.ledger.hints import Listed
from alescrawl.dataset.ledger.host_records import HostFile, HostRecords
from alescrawl.dataset.ledger.route_visits import RouteVisit, RouteVisits
from alescrawl.dataset.ledger.runs import begin_run, default_since, end_run, longest_due_first
from alescrawl.dataset.ledger.window import Window
from alescrawl.items import Article, Paragraph, RawPage, Visit, fingerprint

AHEAD = [timedelta(hours=3), timedelta(days=20), timedelta(days=40), timedelta(days=366)]
MANY = 60
NOW = datetime.now(UTC)


@pytest.fixture
def output(tmp_path):
    return Folder(tmp_path)


@pytest.fixture
def ledger(output):
    with closing(Ledger(output.ledger)) as opened:
        yield opened


def _listed():
    """What a feed lists: an article a day of the last weeks, and two a day of the last."""
    return [
        Listed(f"https://a.example/{n}", NOW - timedelta(hours=11 * n), origin="feed")
        for n in range(MANY)
    ]


def _run(ledger, *, offer=True):
    """List, read and record as a crawl does; return how many addresses it asked for."""
    distrust_later_than_now(ledger, "s")
    window = Window(default_since(ledger, "s"))
    run_id = begin_run(ledger, "s", window)
    frontier, records = Frontier(ledger, "s", run_id), AddressRecords(ledger, "s")
    if offer:
        frontier.offer(_listed())
    taken = frontier.take(999, window)
    with ledger.transaction() as db:
        for each in taken:
            check = datetime.now(UTC) + timedelta(days=3)
            visit = Visit(each.url, 200, etag='"1"')
            records.record(
                db, visit, "article", published=each.published, next_check=check, article_id="a"
            )
    end_run(ledger, run_id, "finished", {}, "1")
    judge_run(ledger, "s", run_id, Routes(1, ()))
    return len(taken)


@pytest.mark.parametrize("ahead", AHEAD)
def test_once_the_clock_is_right_all_is_collected(ledger, ahead):
    with time_machine.travel(NOW + ahead):
        _run(ledger)
    assert _run(ledger) == MANY
    assert _run(ledger) == 0, "once is enough"


@pytest.mark.parametrize("ahead", AHEAD)
def test_what_was_read_with_the_wrong_clock_is_looked_at_again_whole(ledger, ahead):
    with time_machine.travel(NOW + ahead):
        frontier = Frontier(ledger, "s", begin_run(ledger, "s", Window()))
        frontier.offer(_listed())
        records = AddressRecords(ledger, "s")
        with ledger.transaction() as db:
            for each in _listed():
                visit = Visit(each.url, 200, etag='"1"')
                # Of an old article nobody looks a second time.
                records.record(db, visit, "article", article_id="a", next_check=None)
    told = distrust_later_than_now(ledger, "s")
    assert told is not None
    assert told.addresses == MANY
    assert f"{NOW + ahead:%Y-%m-%d}" in str(told)
    taken = Frontier(ledger, "s", begin_run(ledger, "s", Window())).take(999, Window())
    assert len(taken) == MANY
    assert {each.etag for each in taken} == {None}


def test_no_time_of_an_address_or_route_is_later_than_now_afterwards(ledger):
    with time_machine.travel(NOW + timedelta(days=366)):
        RouteVisits(ledger, "s", "f").record("https://a.example/feed", RouteVisit(etag='"1"'))
        frontier = Frontier(ledger, "s", begin_run(ledger, "s", Window()))
        late = datetime.now(UTC)
        frontier.offer([Listed("https://a.example/1", late, late, origin="sitemap")])
        with ledger.transaction() as db:
            AddressRecords(ledger, "s").record(db, Visit("https://a.example/2", 404), "gone")
    distrust_later_than_now(ledger, "s")
    (limit,) = {instant_text(datetime.now(UTC) + timedelta(days=2))}
    for row in ledger.query("SELECT * FROM urls").fetchall():
        names = ("first_seen", "last_seen", "fetched_at", "missing_since", "lastmod", "published")
        assert all((row[name] or "") < limit for name in names), dict(row)
    assert RouteVisits(ledger, "s", "f").last("https://a.example/feed") is None


def test_an_item_of_a_digest_is_still_never_asked_for_by_itself(ledger):
    with time_machine.travel(NOW + timedelta(days=40)):
        begin_run(ledger, "s", Window())
        with ledger.transaction() as db:
            AddressRecords(ledger, "s").record(db, Visit("https://a.example/l#1", 200), "article")
    distrust_later_than_now(ledger, "s")
    assert Frontier(ledger, "s", begin_run(ledger, "s", Window())).take(9, Window()) == []


def test_what_the_user_asked_for_stays_asked_for(ledger):
    since = datetime(2012, 1, 1, tzinfo=UTC)
    with time_machine.travel(NOW + timedelta(days=40)):
        begin_run(ledger, "s", Window(since))
        begin_run(ledger, "everything", Window())
    distrust_later_than_now(ledger, "s")
    distrust_later_than_now(ledger, "everything")
    assert default_since(ledger, "s") == since
    assert default_since(ledger, "everything") is None


def test_a_ledger_whose_clock_was_right_stays_as_it_is(ledger):
    _run(ledger)
    before = ledger.query("SELECT * FROM urls").fetchall()
    assert distrust_later_than_now(ledger, "s") is None
    assert ledger.query("SELECT * FROM urls").fetchall() == before


@pytest.mark.parametrize("ahead", AHEAD)
@pytest.mark.parametrize("path", ["/robots.txt", "/.well-known/tdmrep.json"])
def test_a_file_of_a_host_that_is_later_than_now_is_asked_for_again(ledger, ahead, path):
    hosts = HostRecords(ledger)
    with time_machine.travel(NOW + ahead):
        hosts.keep_file("https://a.example", path, HostFile(200, b"x"))
        hosts.close("https://a.example", datetime.now(UTC) + timedelta(hours=1))
    assert hosts.file("https://a.example", path) is None
    assert hosts.closed_until("https://a.example") is None
    hosts.keep_file("https://a.example", path, HostFile(200, b"y"))
    hosts.close("https://a.example", datetime.now(UTC) + timedelta(hours=1))
    assert hosts.file("https://a.example", path) == HostFile(200, b"y")
    assert hosts.closed_until("https://a.example") is not None


def _article(words="Une scierie embauche."):
    url = "https://a.example/1"
    article = Article(url=url, article_id=fingerprint(url), canonical_url=url, source="s")
    article.fetched_at = datetime.now(UTC)
    article.set_paragraphs([Paragraph("p", words)])
    article.content_hash = fingerprint(words)
    return article


@pytest.mark.parametrize("words", ["Une scierie embauche.", "Une scierie ferme."])
def test_the_row_of_an_article_gets_the_time_at_which_it_was_really_read(ledger, words):
    with time_machine.travel(NOW + timedelta(days=40)), ledger.transaction() as db:
        put_article(db, _article())
    with ledger.transaction() as db:
        assert put_article(db, _article(words)) in {"refreshed", "changed"}
    row = unpack(ledger.query("SELECT row FROM articles").fetchone()["row"])
    assert row["fetched_at"] <= datetime.now(UTC)
    assert row["first_seen"] <= datetime.now(UTC)


def test_a_page_archived_with_the_wrong_clock_is_not_the_newest(output, ledger):
    archive = Archive(output, ledger, "s")

    def read(words):
        article = _article(words)
        page = RawPage(article.url, 200, [], words.encode())
        record = archive.append(page, article.fetched_at)
        with ledger.transaction() as db:
            put_article(db, article)
            index(db, [record], article.article_id)

    with time_machine.travel(NOW + timedelta(days=40)):
        read("Ancien.")
    read("Nouveau.")
    row = unpack(ledger.query("SELECT row FROM articles").fetchone()["row"])
    found = archived_article(ledger, row)
    assert found is not None
    assert found.pages[0].read(output.raw).body == b"Nouveau."


def test_states_alerts_and_the_order_of_sources_go_by_runs_that_are_believed(output, ledger):
    with time_machine.travel(NOW + timedelta(days=40)):
        run_id = begin_run(ledger, "s", Window())
        end_run(ledger, run_id, "finished", {}, "1")
        judge_run(ledger, "s", run_id, Routes(0, ("http_500",)))
        end_run(ledger, begin_run(ledger, "t", Window()), "finished", {}, "1")
    (status, _) = source_statuses(output)
    assert (status.verdict, status.last_run) == ("never", None)
    assert status.later_than_now is not None
    run_id = begin_run(ledger, "s", Window())
    end_run(ledger, run_id, "finished", {}, "1")
    judge_run(ledger, "s", run_id, Routes(1, ()))
    (status, _) = source_statuses(output)
    assert status.verdict == "nothing_new"
    assert untold(ledger) == []
    assert longest_due_first(output, ["s", "t"]) == ["t", "s"]
