"""What takes too long to read is left behind, whatever it is, and ends with the command."""

import os
import signal
import subprocess
import time

import pytest
from loopback import Answer, page, sitemap
from processes import descendants, is_running
from scrapy_command import FAST, ROOT

import alescrawl

LINES = "<p>La fonderie de Combe-Ferrière embauche douze personnes cet automne, dit-elle.</p>"
LONG = page("Long").replace("<p>", LINES * 60_000 + "<p>", 1)
"""Five megabytes of paragraphs, seconds of work."""
BRIEF = ("ALESCRAWL_LONGEST_READING=0.4",)


def _reasons(scrapy):
    (run,) = alescrawl.load_runs(scrapy.output).itertuples()
    return {each["name"]: each["count"] for each in run.reasons}


def test_a_page_that_takes_too_long_is_counted_and_the_others_are_read(scrapy, site):
    site["/sitemap.xml"] = sitemap("/a1", "/a2", "/a3")
    site["/a1"], site["/a2"], site["/a3"] = page("Un"), LONG, page("Trois")
    done = scrapy.crawl(site, more=BRIEF)
    assert "reading it takes too long 1" in done.stdout
    assert _reasons(scrapy)["page/failed/too_costly"] == 1
    assert set(alescrawl.load_articles(scrapy.output).title) == {"Un", "Trois"}
    assert "Traceback" not in done.stderr


def test_a_host_of_which_three_answers_take_too_long_is_left_alone(scrapy, site):
    site["/sitemap.xml"] = sitemap(*(f"/a{n}" for n in range(8)))
    for n in range(8):
        site[f"/a{n}"] = LONG
    done = scrapy.crawl(site, more=(*BRIEF, "DOWNLOAD_DELAY=1.5"))
    assert 3 <= len(site.article_paths()) <= 5
    assert "reading its answers takes too long" in done.stdout


def test_a_route_that_takes_too_long_is_counted_and_fails_the_run(scrapy, site):
    site["/sitemap.xml"] = sitemap(*(f"/a{n}" for n in range(60_000)))
    done = scrapy.crawl(site, more=("ALESCRAWL_LONGEST_READING=0.2",))
    assert f"could not read {site.url}/sitemap.xml: reading it takes too long" in done.stdout
    assert done.returncode == 1
    assert _reasons(scrapy)["route/failed/too_costly"] == 1


@pytest.mark.long
@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("what", ["page", "route", "home"])
def test_a_signal_ends_a_crawl_whatever_is_being_read(scrapy, site, by, what):
    site["/sitemap.xml"] = sitemap("/a1", "/a2")
    site["/a1"], site["/a2"] = page("Un"), LONG.replace(LINES, LINES * 6)
    words = ["crawl", "tested", "-a", f"root={site.url}", "-a", "since=2000-01-01"]
    if what == "route":
        site["/sitemap.xml"] = sitemap(*(f"/a{n}" for n in range(150_000)))
    if what == "home":
        site["/"] = site.pages["/a2"]
        words = ["crawl", "site", "-a", f"url={site.url}/"]
    settings = (*FAST, "ALESCRAWL_LONGEST_READING=200", "DOWNLOAD_TIMEOUT=60")
    if what != "home":
        settings += ("SPIDER_MODULES=sources.tested",)
    crawl = subprocess.Popen(
        scrapy.command(*words, settings=settings),
        cwd=ROOT,
        env=scrapy.environment(),
        stderr=subprocess.PIPE,
    )
    last = {"page": "/a2", "route": "/sitemap.xml", "home": "/"}[what]
    while last not in [path for path, _ in site.asked] and crawl.poll() is None:
        time.sleep(0.02)
    time.sleep(1.5)
    readers = descendants(crawl.pid)
    began = time.monotonic()
    crawl.send_signal(by)
    _, told = crawl.communicate(timeout=60)
    assert time.monotonic() - began < 10
    assert b"Traceback" not in told
    assert not any(map(is_running, readers))
    if what == "page":
        rows = scrapy.ledger("SELECT status FROM urls WHERE url LIKE '%/a2'")
        # Left as it was, or read within the time that is left.
        assert rows in ([("found",)], [("article",)])


def test_readers_end_with_a_crawl_that_is_killed(scrapy, site):
    site["/sitemap.xml"] = sitemap("/a1")
    site["/a1"] = Answer(page("Un"), delay=20)
    words = ("crawl", "tested", "-a", f"root={site.url}", "-a", "since=2000-01-01")
    settings = (*FAST, "SPIDER_MODULES=sources.tested", "DOWNLOAD_TIMEOUT=60")
    crawl = subprocess.Popen(
        scrapy.command(*words, settings=settings), cwd=ROOT, env=scrapy.environment()
    )
    while not site.article_paths():
        time.sleep(0.02)
    readers = descendants(crawl.pid)
    assert readers
    os.kill(crawl.pid, signal.SIGKILL)
    crawl.wait()
    until = time.monotonic() + 5
    while any(map(is_running, readers)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(is_running, readers))
