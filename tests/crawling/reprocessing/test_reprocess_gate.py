"""`scrapy reprocess` is a run: a row in the table of runs, and judged before it is published."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import time
import zlib
from contextlib import closing

import pandas as pd
import pytest
from loopback import Site, page, sitemap
from scrapy_command import ROOT, Scrapy

import alescrawl

ARTICLES = 6
NO_DATES = "article._Reading._set_dates = lambda self: None"
NO_TITLES = "article._Reading._set_title = lambda self: None"
FIRST_PARAGRAPH = """
def cut(self, read=article._Reading._set_text):
    body = read(self)
    self._article.set_paragraphs(self._article.paragraphs[:1])
    return body
article._Reading._set_text = cut
"""
NO_SECTIONS = "article._Reading._set_terms = lambda self: None"
SLOWLY = """
import time
article._Reading._set_terms = lambda self: time.sleep(0.3)
"""


def _page(number):
    html = page(
        f"Une halle ouvre à Alès, épisode {number}",
        "Les étals sont prêts depuis ce matin.\n" + "Les marchands attendent la mairie. " * 20,
        published=f"2026-03-0{number + 1}T08:00:00+01:00",
    )
    section = '<meta property="article:section" content="Économie">'
    return html.replace("</head>", f"{section}</head>")


@pytest.fixture(scope="module")
def site():
    with Site() as running:
        for number in range(ARTICLES + 1):
            running[f"/a{number}"] = _page(number)
        running["/sitemap.xml"] = sitemap(*(f"/a{n}" for n in range(ARTICLES)))
        yield running


@pytest.fixture(scope="module")
def first_crawl(site, tmp_path_factory):
    scrapy = Scrapy(tmp_path_factory.mktemp("crawled") / "output")
    assert scrapy.crawl(site).returncode == 0
    return scrapy


@pytest.fixture
def crawled(first_crawl, scrapy):
    shutil.copytree(first_crawl.output, scrapy.output)
    return scrapy


def with_code(scrapy, tmp_path, *changes):
    """Return *scrapy* with an extractor that is *changes* away from ours."""
    lines = [
        "from alescrawl.extraction import article",
        "from sources.tested import Tested",
        *changes,
        "class Here(Tested):",
        "    pass",
    ]
    (tmp_path / "other_code.py").write_text("\n".join(lines), "utf-8")
    return Scrapy(scrapy.output, tmp_path)


def module(scrapy):
    """Return the setting that names the module of the source."""
    name = "other_code" if (scrapy.path / "other_code.py").exists() else "sources.tested"
    return f"SPIDER_MODULES={name}"


def reprocess(scrapy, *words):
    settings = (module(scrapy), "ALESCRAWL_WORKERS=1")
    return scrapy.run("reprocess", *words, settings=settings)


def table(scrapy):
    return alescrawl.load_articles(scrapy.output).sort_values("url", ignore_index=True)


def runs(scrapy):
    return alescrawl.load_runs(scrapy.output).sort_values("run_id", ignore_index=True)


def test_it_is_a_row_in_the_table_of_runs(crawled):
    assert reprocess(crawled).returncode == 0
    crawl, again = runs(crawled).itertuples()
    assert (crawl.kind, again.kind) == ("crawl", "reprocess")
    assert (again.verdict, again.finish_reason) == ("ok", "finished")
    assert (again.found, again.articles_read, again.unchanged, again.changed) == (6, 6, 6, 0)
    reprocess(crawled, "--dry-run")
    assert len(runs(crawled)) == 2, "a dry run is none"


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (NO_DATES, "broken: published is filled in 0% of the articles, before in 100%"),
        (NO_TITLES, "broken: 100% of the archived pages are no article any more: no_title"),
        (FIRST_PARAGRAPH, "degraded: the median article has"),
        (NO_SECTIONS, "degraded: section is filled in 0% of the articles, before in 100%"),
    ],
    ids=["dates", "titles", "texts", "sections"],
)
def test_what_an_extractor_loses_is_said_and_not_published(crawled, tmp_path, change, line):
    before = table(crawled)
    bad = with_code(crawled, tmp_path, change)
    dry = reprocess(bad, "--dry-run")
    assert (dry.returncode, f"tested: {line}" in dry.stdout) == (1, True), dry.stdout
    assert "held back" not in dry.stdout + crawled.run("publish").stdout
    done = reprocess(bad)
    assert (done.returncode, done.stderr) == (1, "")
    assert f"tested: {line}" in done.stdout
    assert "`scrapy publish tested --accept` lets the new rows through" in done.stdout
    pd.testing.assert_frame_equal(table(crawled), before)
    last = runs(crawled).iloc[-1]
    assert f"{last.verdict}: {last.why[0]}".startswith(line)


def test_the_first_page_that_it_loses_is_kept(crawled, site, tmp_path):
    done = reprocess(with_code(crawled, tmp_path, NO_DATES))
    assert "a page it stumbled over is kept in" in done.stdout, done.stderr
    (kept,) = (crawled.output / "bad_pages" / "tested").iterdir()
    told = json.loads((kept / "page.json").read_text("utf-8"))
    assert told["verdict"] == "broken"
    body = site.pages[told["url"].removeprefix(site.url)].body
    assert (kept / "page.html").read_text("utf-8") == body


def test_accepted_rows_are_published_and_are_no_measure_of_crawls(crawled, site, tmp_path):
    reprocess(with_code(crawled, tmp_path, NO_DATES))
    shown = crawled.run("publish").stdout
    assert "tested is held back, broken: published is filled in 0% of the articles" in shown
    assert crawled.run("publish", "tested", "--accept").returncode == 0
    assert table(crawled).published.isna().all()
    bad = with_code(crawled, tmp_path, NO_DATES)
    undated = bad.crawl(site, "full=1", more=(module(bad),))
    assert undated.returncode == 0, undated.stdout
    assert runs(crawled).iloc[-1].verdict == "ok"


def test_only_code_that_is_well_lets_spoilt_rows_through(crawled, site, tmp_path):
    before = table(crawled)
    for _ in range(2):
        again = reprocess(with_code(crawled, tmp_path, NO_DATES))
        assert (again.returncode, "broken: published" in again.stdout) == (1, True), again.stderr
    site["/sitemap.xml"] = sitemap(*(f"/a{n}" for n in range(ARTICLES + 1)))
    crawl = crawled.crawl(site)
    assert "held back since an earlier run: `scrapy publish tested` says why" in crawl.stdout
    assert runs(crawled).iloc[-1].verdict == "ok"
    assert len(table(crawled)) == ARTICLES, "what a crawl finds says nothing about spoilt rows"
    _others_fetched_before(crawled, f"{site.url}/a{ARTICLES}")
    few = reprocess(crawled, "--since", "2026-05-01")
    assert "1 articles read again" in few.stdout
    assert (few.returncode, len(table(crawled))) == (1, ARTICLES)
    assert reprocess(crawled).returncode == 0
    after = table(crawled)
    assert len(after) == ARTICLES + 1
    pd.testing.assert_frame_equal(
        after.iloc[:ARTICLES].drop(columns="fetched_at"), before.drop(columns="fetched_at")
    )


def test_what_was_killed_is_judged_by_the_next_run(crawled, site, tmp_path):
    before = table(crawled)
    bad = with_code(crawled, tmp_path, SLOWLY, NO_DATES)
    settings = (module(bad), "ALESCRAWL_WORKERS=1")
    command = bad.command("reprocess", settings=settings)
    with subprocess.Popen(command, cwd=ROOT, env=bad.environment()) as running:
        while _read_so_far(bad) < 3 and running.poll() is None:
            time.sleep(0.02)
        running.kill()
    assert running.returncode == -9
    crawl = crawled.crawl(site)
    assert "held back since an earlier run" in crawl.stdout
    killed = runs(crawled).iloc[1]
    assert (killed.kind, killed.finish_reason, killed.verdict) == (
        *("reprocess", "interrupted", "broken"),
    )
    pd.testing.assert_frame_equal(table(crawled).iloc[:ARTICLES], before)
    assert reprocess(crawled).returncode == 0
    pd.testing.assert_frame_equal(table(crawled).iloc[:ARTICLES], before)


def _others_fetched_before(scrapy, url):
    """Make all articles but the one at *url* some that were fetched in April."""
    moment = "2026-04-01T00:00:00+00:00"
    with closing(sqlite3.connect(scrapy.output / "ledger.sqlite")) as db, db:
        for key, row in db.execute(
            "SELECT article_id, row FROM articles WHERE url <> ?", (url,)
        ).fetchall():
            told = json.loads(zlib.decompress(row)) | {"fetched_at": moment}
            packed = zlib.compress(json.dumps(told).encode())
            db.execute("UPDATE articles SET row = ? WHERE article_id = ?", (packed, key))
            db.execute("UPDATE raw SET fetched_at = ? WHERE article_id = ?", (moment, key))


def _read_so_far(scrapy):
    with closing(sqlite3.connect(scrapy.output / "ledger.sqlite")) as db:
        told = db.execute("SELECT max(run_id), quality FROM runs WHERE kind = 'reprocess'")
        return json.loads(told.fetchone()[1] or "{}").get("rows", 0)
