"""A source whose template changes: what was published stays, and the user is told."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing

import pytest
from loopback import Answer, page, sitemap

import alescrawl
from alescrawl.dataset.folder import Folder
from alescrawl.dataset.locks import SourceLock

DATE = "2026-03-03T08:00:00+01:00"
WORDS = "L'atelier de Sarvan recrute trente personnes, dit la maire du village inventé. " * 6

LAST = "SELECT max(run_id) FROM runs"


def fill(site, first, last, make):
    for number in range(first, last):
        site[f"/{number}"] = make(number)
    site["/sitemap.xml"] = sitemap(*(f"/{number}" for number in range(last)))


def good(number):
    return page(f"Un atelier recrute {number}", WORDS + f"Voici la fin {number}.", published=DATE)


def broken(number):
    """Return a page as after a change of template: the text comes by a script."""
    return (
        f"<html><head><title>Atelier {number}</title></head><body><h1>Atelier {number}</h1>"
        f"<div id=app></div><p>Chargement de la page {number}.</p></body></html>"
    )


def undated(number):
    return page(f"Un atelier recrute {number}", WORDS + f"Voici la fin {number}.")


def titles(scrapy):
    return set(alescrawl.load_articles(scrapy.output)["title"])


def last_run(scrapy):
    return alescrawl.load_runs(scrapy.output).sort_values("run_id").iloc[-1]


@pytest.fixture
def known(scrapy, site):
    """Return the site after a run that was well."""
    fill(site, 0, 8, good)
    assert scrapy.crawl(site).returncode == 0
    assert last_run(scrapy)["verdict"] == "ok"
    assert len(titles(scrapy)) == 8
    return site


def test_rows_without_what_is_usual_wait_and_what_was_published_stays(scrapy, known):
    fill(known, 8, 16, undated)
    done = scrapy.crawl(known)
    assert done.returncode == 1
    assert "broken: published is filled in 0% of the articles, usually 100%" in done.stdout
    assert "scrapy publish tested --accept" in done.stdout
    assert len(titles(scrapy)) == 8
    run = last_run(scrapy)
    assert (run["verdict"], run["articles_read"]) == ("broken", 8)
    shown = scrapy.run("publish")
    assert "tested is held back, broken: published is filled" in shown.stdout
    accepted = scrapy.run("publish", "tested", "--accept")
    assert accepted.returncode == 0, accepted.stderr
    assert len(titles(scrapy)) == 16
    assert scrapy.run("publish", "tested", "--accept").returncode == 1


def test_a_run_that_was_cut_short_is_no_measure(scrapy, known):
    with closing(sqlite3.connect(scrapy.output / "ledger.sqlite")) as db, db:
        db.execute("UPDATE runs SET finish_reason = 'interrupted'")
    fill(known, 8, 16, undated)
    assert scrapy.crawl(known).returncode == 0
    assert len(titles(scrapy)) == 16


def test_what_a_killed_run_stored_is_published_without_another_run(scrapy, known):
    fill(known, 8, 10, good)
    assert scrapy.crawl(known).returncode == 0
    shutil.rmtree(scrapy.output / "articles" / "source=tested")
    with closing(sqlite3.connect(scrapy.output / "ledger.sqlite")) as db, db:
        # As a run leaves it that is killed before it is judged.
        db.execute(f"UPDATE runs SET verdict = NULL, ended = NULL WHERE run_id = ({LAST})")
        db.execute(f"UPDATE sources SET running = ({LAST})")
        db.execute("UPDATE parts SET changes = changes + 1 WHERE dataset = 'articles'")
    lock = SourceLock(Folder(scrapy.output), "tested")
    assert "tested is being crawled" in scrapy.run("publish").stdout
    assert not titles(scrapy)
    lock.release()
    done = scrapy.run("publish", "tested")
    assert (done.returncode, len(titles(scrapy))) == (0, 10), done.stderr
    assert last_run(scrapy)["verdict"] == "ok"


def test_what_was_accepted_is_the_measure_from_then_on(scrapy, known):
    fill(known, 8, 16, undated)
    scrapy.crawl(known)
    scrapy.run("publish", "tested", "--accept")
    fill(known, 16, 24, undated)
    assert scrapy.crawl(known).returncode == 0
    assert len(titles(scrapy)) == 24


def test_an_idle_run_lets_nothing_through_and_a_good_one_does(scrapy, known):
    fill(known, 8, 16, undated)
    scrapy.crawl(known)
    scrapy.crawl(known)
    assert last_run(scrapy)["verdict"] == "nothing_new"
    assert len(titles(scrapy)) == 8
    fill(known, 16, 24, good)
    assert scrapy.crawl(known).returncode == 0
    assert len(titles(scrapy)) == 24


def test_pages_that_show_no_article_any_more_are_noticed(scrapy, known):
    fill(known, 8, 16, broken)
    done = scrapy.crawl(known)
    assert done.returncode == 1
    assert last_run(scrapy)["verdict"] in {"broken", "degraded"}
    assert len(titles(scrapy)) == 8
    (kept,) = (scrapy.output / "bad_pages" / "tested").iterdir()
    told = json.loads((kept / "page.json").read_text("utf-8"))
    assert (kept / "page.html").read_text("utf-8") == broken(int(told["url"].rpartition("/")[2]))
    assert str(kept) in done.stdout


def test_the_page_that_is_kept_is_none_that_reserves_itself(scrapy, known):
    fill(known, 8, 16, undated)
    known["/7777"] = Answer(page("Un atelier réservé", WORDS), headers={"X-Robots-Tag": "noai"})
    known["/sitemap.xml"] = sitemap("/7777", *(f"/{number}" for number in range(16)))
    assert scrapy.crawl(known).returncode == 1
    (told,) = (scrapy.output / "bad_pages" / "tested").rglob("page.json")
    number = int(json.loads(told.read_text("utf-8"))["url"].rpartition("/")[2])
    assert told.with_name("page.html").read_text("utf-8") == undated(number)


def test_a_publisher_that_refuses_is_blocked_and_nothing_is_held(scrapy, known):
    for number in range(8, 16):
        known[f"/{number}"] = Answer("non", status=403)
    known["/sitemap.xml"] = sitemap(*(f"/{number}" for number in range(16)))
    done = scrapy.crawl(known)
    assert done.returncode == 1
    assert "blocked: 100% of the pages were refused: http_403" in done.stdout
    assert last_run(scrapy)["verdict"] == "blocked"
    assert scrapy.run("publish").stdout == "0 partitions written\nno row waits\n"
    assert len(titles(scrapy)) == 8


def test_a_source_of_which_no_text_is_kept_is_well_where_its_articles_are_read(scrapy, site):
    fill(site, 0, 6, good)
    done = scrapy.crawl(site, more=("SPIDER_MODULES=sources.metadata",))
    assert done.returncode == 0
    (run,) = alescrawl.load_runs(scrapy.output).itertuples()
    assert (run.verdict, run.new) == ("ok", 6)
    scrapy.crawl(site, more=("SPIDER_MODULES=sources.metadata",))
    assert set(alescrawl.load_runs(scrapy.output).verdict) == {"ok", "nothing_new"}
