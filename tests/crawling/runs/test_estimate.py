"""How much a run says that it has to ask for, before and while it does."""

from __future__ import annotations

import os
import pty
import sqlite3
import subprocess

import pytest
from loopback import page, sitemap
from scrapy_command import ROOT

import alescrawl
from alescrawl.crawling.runs.estimate import Estimate


@pytest.fixture
def journal(site):
    """Return a site with four articles."""
    paths = [f"/a{n}" for n in range(4)]
    site["/sitemap.xml"] = sitemap(*paths)
    for path in paths:
        site[path] = page(f"Article {path}")
    return site


def test_an_estimate_reads_the_routes_and_asks_for_no_article(scrapy, journal):
    journal["/robots.txt"] = "User-agent: *\nCrawl-delay: 2\n"
    more = ("ALESCRAWL_LONGEST_CRAWL_DELAY=60", "DOWNLOAD_DELAY=0.1")
    done = scrapy.crawl(journal, "estimate=1", more=more)
    assert "to ask for  4 requests to 1 host, about 8 s" in done.stdout
    assert done.returncode == 0
    assert journal.article_paths() == []


def test_an_estimate_changes_nothing_about_the_next_run(scrapy, journal):
    scrapy.crawl(journal, "estimate=1")
    with sqlite3.connect(scrapy.output / "ledger.sqlite") as db:
        assert db.execute("SELECT * FROM sources").fetchall() == []
    scrapy.crawl(journal)
    assert len(alescrawl.load_articles(scrapy.output)) == 4


def test_an_estimate_keeps_to_the_limit(scrapy, journal):
    done = scrapy.crawl(journal, "estimate=1", "limit=1")
    assert "1 request to 1 host" in done.stdout


def test_a_long_run_says_so_before_it_begins_and_a_short_one_does_not(scrapy, journal):
    assert scrapy.crawl(journal, "limit=1").stderr == ""
    journal["/sitemap.xml"] = sitemap(*(f"/a{n}" for n in range(4003)))
    words = ["crawl", "tested", "-a", f"root={journal.url}", "-a", "since=2000-01-01"]
    settings = ("DOWNLOAD_DELAY=0.1", "SPIDER_MODULES=sources.tested")
    with subprocess.Popen(
        scrapy.command(*words, settings=settings),
        cwd=ROOT,
        env=scrapy.environment(),
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        line = running.stderr.readline()
        running.kill()
    assert line == "tested: 4,002 requests to 1 host, about 7 minutes\n"


@pytest.mark.parametrize(
    ("estimate", "words"),
    [
        (Estimate(0, 0, 0), "0 requests to 0 hosts, nothing to do"),
        (Estimate(1, 1, 1.2), "1 request to 1 host, about 1 s"),
        (Estimate(1240, 2, 1240), "1,240 requests to 2 hosts, about 21 minutes"),
        (Estimate(40_000, 1, 40_000), "40,000 requests to 1 host, about 11 hours"),
        (Estimate(400_000, 1, 400_000), "400,000 requests to 1 host, about 5 days"),
    ],
)
def test_an_estimate_speaks_plainly(estimate, words):
    assert str(estimate) == words


@pytest.mark.long
def test_progress_is_shown_on_a_terminal_alone(scrapy, journal):
    assert "found" not in scrapy.crawl(journal).stderr
    master, slave = pty.openpty()
    words = ["crawl", "tested", "-a", f"root={journal.url}", "-a", "full=1"]
    settings = ("DOWNLOAD_DELAY=1", "SPIDER_MODULES=sources.tested")
    command = scrapy.command(*words, settings=settings)
    environment = {**scrapy.environment(), "TERM": "xterm", "COLUMNS": "120"}
    subprocess.run(command, cwd=ROOT, env=environment, stderr=slave, check=True, timeout=60)
    os.close(slave)
    shown = os.read(master, 100_000).decode()
    assert "tested: 4 found" in shown
    assert "to go on 1 host" in shown
