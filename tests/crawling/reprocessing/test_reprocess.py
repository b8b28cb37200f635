"""`scrapy reprocess`: the archived pages are read again, and the network is not asked."""

import json
import shutil
import sqlite3
import subprocess
import time
import zlib
from contextlib import closing

import pandas as pd
import pytest
from loopback import Answer, Site, page, sitemap
from processes import descendants, is_running
from scrapy_command import ROOT, Scrapy
from stored import everything_stored

import alescrawl
from alescrawl.extraction.article import EXTRACTOR_VERSION

OLDER = "0"


@pytest.fixture(scope="module")
def site():
    with Site() as running:
        yield running


@pytest.fixture(scope="module")
def first_crawl(site, tmp_path_factory):
    """Three articles, one of them over two pages; then the site is down."""
    scrapy = Scrapy(tmp_path_factory.mktemp("crawled") / "output")
    site["/sitemap.xml"] = sitemap("/a1", "/a2", "/une-usine/")
    text = "Les étals sont prêts.\nLire aussi dans notre journal le portrait de Jean Inventé."
    site["/a1"] = page("Une halle ouvre à Alès", text, published="2026-03-03T08:00:00+01:00")
    robots = '<meta name="robots" content="noindex">'
    site["/a2"] = page("Un marché ferme à Nîmes", "Les halles se vident.", head=robots)
    for number, path in ((1, "/une-usine/"), (2, "/une-usine/2/")):
        links = "<div class='page-links'>Pages : 1 <a href='/une-usine/2/'>2</a></div>"
        text = f"Voici la page numéro {number} de cette enquête inventée, qui dit bien des choses."
        html = page("Une usine recrute", text)
        site[path] = html.replace("</article>", f"{links if number == 1 else ''}</article>")
    assert scrapy.crawl(site).returncode == 0
    site.before = lambda _path: Answer("panne", status=503)
    site.asked.clear()
    return scrapy


@pytest.fixture
def crawled(first_crawl, scrapy):
    """What was crawled, in a folder of the test's own."""
    shutil.copytree(first_crawl.output, scrapy.output)
    return scrapy


def reprocess(scrapy, *words, workers=1, more=()):
    settings = ("SPIDER_MODULES=sources.tested", f"ALESCRAWL_WORKERS={workers}", *more)
    return scrapy.run("reprocess", *words, settings=settings)


def alter(scrapy, site, path, **columns):
    """Make the row of an article one that an older extractor read."""
    with closing(sqlite3.connect(scrapy.output / "ledger.sqlite")) as db, db:
        key, blob = db.execute(
            "SELECT article_id, row FROM articles WHERE url = ?", (site.url + path.rstrip("/"),)
        ).fetchone()
        row = json.loads(zlib.decompress(blob)) | {"extractor_version": OLDER} | columns
        packed = zlib.compress(json.dumps(row).encode())
        db.execute("UPDATE articles SET row = ? WHERE article_id = ?", (packed, key))


def table(scrapy):
    return alescrawl.load_articles(scrapy.output).sort_values("url", ignore_index=True)


def test_what_an_older_extractor_read_is_replaced_and_kept(crawled, site):
    before = table(crawled)
    alter(crawled, site, "/a1", title="Accueil", section="Économie", published=None)
    done = reprocess(crawled, "tested")
    assert (done.returncode, done.stderr) == (0, "")
    pd.testing.assert_frame_equal(table(crawled), before)
    (older,) = pd.read_parquet(crawled.output / "revisions").itertuples()
    assert (older.title, older.revision, older.extractor_version) == ("Accueil", 1, OLDER)
    assert site.asked == []


def test_the_fields_that_changed_are_told_with_an_example(crawled, site):
    alter(crawled, site, "/a1", title="Accueil", section="Économie", published=None)
    lines = [line.split(maxsplit=6) for line in reprocess(crawled).stdout.splitlines()]
    assert ["title", "3", "3", "1", "0", "0", "Accueil → Une halle ouvre à Alès"] in lines
    assert ["section", "1", "0", "0", "0", "1", "Économie → (empty)"] in lines
    assert any(line[:6] == ["published", "0", "1", "0", "1", "0"] for line in lines)
    assert " ".join(lines[0]) == "tested: 3 articles read again, 1 changed, 2 as before"


def test_a_dry_run_says_the_same_and_writes_nothing(crawled, site):
    alter(crawled, site, "/a1", title="Accueil")
    rows = "SELECT article_id, row FROM articles ORDER BY article_id"
    before = crawled.ledger(rows)
    told = reprocess(crawled, "--dry-run").stdout
    assert "Accueil → Une halle" in told
    assert crawled.ledger(rows) == before
    assert crawled.ledger("SELECT count(*) FROM revisions") == [(0,)]
    assert reprocess(crawled).stdout == told


def test_rows_that_today_s_code_reads_the_same_are_left_alone(crawled):
    rows = "SELECT article_id, row FROM articles ORDER BY article_id"
    parts = "SELECT * FROM parts WHERE dataset <> 'runs'"
    before = crawled.ledger(rows), crawled.ledger(parts)
    done = reprocess(crawled)
    assert done.stdout == "tested: 3 articles read again, 0 changed, 3 as before\n"
    assert (crawled.ledger(rows), crawled.ledger(parts)) == before


def test_the_archive_is_as_before(crawled):
    index = crawled.ledger("SELECT * FROM raw")
    files = [path.read_bytes() for path in sorted((crawled.output / "raw").rglob("*.gz"))]
    assert (len(index), len(files)) == (4, 1)
    reprocess(crawled)
    assert crawled.ledger("SELECT * FROM raw") == index
    assert [p.read_bytes() for p in sorted((crawled.output / "raw").rglob("*.gz"))] == files


def test_a_row_that_only_names_another_extractor_names_today_s_and_has_no_double(crawled, site):
    alter(crawled, site, "/a1")
    assert "0 changed, 3 as before" in reprocess(crawled).stdout
    assert set(table(crawled).extractor_version) == {EXTRACTOR_VERSION}
    assert crawled.ledger("SELECT count(*) FROM revisions") == [(0,)]


def test_all_parts_of_a_split_article_are_read(crawled, site):
    whole = table(crawled).text.iloc[2]
    alter(crawled, site, "/une-usine/", text="La première page.", paragraphs=[], word_count=3)
    reprocess(crawled)
    assert table(crawled).text.iloc[2] == whole
    assert "numéro 1" in whole
    assert "numéro 2" in whole


def test_other_processes_give_the_same(crawled, site):
    before = table(crawled)
    for path in ("/a1", "/a2", "/une-usine/"):
        alter(crawled, site, path, title="Accueil", persons=["Jean Inventé"])
    done = reprocess(crawled, workers=2)
    assert "3 changed" in done.stdout, done.stderr
    pd.testing.assert_frame_equal(table(crawled), before)


def test_damaged_and_missing_pages_are_said_and_their_rows_stay(crawled, site):
    for path in ("/a1", "/a2"):
        alter(crawled, site, path, title="Accueil")
    with closing(sqlite3.connect(crawled.output / "ledger.sqlite")) as db, db:
        db.execute("UPDATE raw SET digest = 'x' WHERE url LIKE '%/a1'")
        db.execute("DELETE FROM raw WHERE url LIKE '%/a2'")
    done = reprocess(crawled)
    assert done.returncode == 0
    assert "  1 left as they are: the archived page is damaged" in done.stdout
    assert "  1 left as they are: no archived page of this state of the article" in done.stdout
    assert "1 articles read again" in done.stdout
    assert list(crawled.ledger("SELECT count(*) FROM revisions")) == [(0,)]


def test_a_page_from_before_the_row_says_nothing_about_it(crawled, site):
    alter(crawled, site, "/a1", title="Plus récent", fetched_at="2099-01-01T00:00:00+00:00")
    assert "1 left as they are: no archived page" in reprocess(crawled).stdout


def test_only_rows_fetched_since_a_day(crawled, site):
    alter(crawled, site, "/a1", title="Accueil", fetched_at="2020-01-01T00:00:00+00:00")
    assert "2 articles read again, 0 changed" in reprocess(crawled, "--since", "2026-01-01").stdout
    wrong = reprocess(crawled, "--since", "hier")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "since=hier is not a date" in wrong.stderr


@pytest.mark.long
def test_what_was_killed_leaves_no_process_and_is_completed_by_another(crawled, site):
    before = table(crawled)
    for path in ("/a1", "/a2"):
        alter(crawled, site, path, title="Accueil")
    settings = ("SPIDER_MODULES=sources.tested", "ALESCRAWL_WORKERS=2")
    command = crawled.command("reprocess", settings=settings)
    with subprocess.Popen(command, cwd=ROOT, env=crawled.environment()) as running:
        while len(workers := descendants(running.pid)) < 3 and running.poll() is None:
            time.sleep(0.01)
        running.kill()
    deadline = time.monotonic() + 60
    while any(map(is_running, workers)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(is_running, workers))
    assert reprocess(crawled).returncode == 0
    pd.testing.assert_frame_equal(table(crawled), before)


def test_a_source_without_a_module_keeps_what_was_found_out_about_it(crawled, site):
    before = table(crawled)
    alter(crawled, site, "/a2", title="Accueil")
    done = crawled.run("reprocess", settings=("ALESCRAWL_WORKERS=1",))
    assert "Accueil → Un marché" in done.stdout, done.stderr
    pd.testing.assert_series_equal(table(crawled).iloc[1], before.iloc[1])


def test_what_is_reserved_today_loses_its_words_everywhere(crawled, site):
    alter(crawled, site, "/a2", lead="Les halles se vident tôt.")
    assert "Les halles se vident" in everything_stored(crawled.output)
    more = ('ALESCRAWL_RIGHTS={"noindex": "reserve"}',)
    assert "1 changed" in reprocess(crawled, more=more).stdout
    assert "Les halles se vident" not in everything_stored(crawled.output)
    assert table(crawled).title[1] == "Un marché ferme à Nîmes"


def test_a_forgotten_name_does_not_come_out_of_the_archive(crawled):
    assert "Jean Inventé" in everything_stored(crawled.output), "in a page, in no row"
    assert crawled.run("forget", "Jean Inventé").returncode == 0
    assert "Inventé" not in everything_stored(crawled.output)
    done = reprocess(crawled)
    assert "2 articles read again, 0 changed" in done.stdout, done.stderr
    assert "1 left as they are: no archived page" in done.stdout


def test_what_cannot_be_done_is_one_line(crawled):
    done = reprocess(crawled, "inconnu")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "scrapy reprocess: no article of inconnu is in the dataset; there are those of: tested\n"
    )


def test_a_setting_of_no_use_is_one_line(crawled):
    done = reprocess(crawled, workers="two")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "scrapy reprocess: ALESCRAWL_WORKERS: 'two' cannot be used; "
        "expected is a whole number of 0 or more, such as 1\n"
    )
