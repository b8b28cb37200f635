"""`scrapy crawlall`: all sources at once, one politeness, one exit code, ended cleanly."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import threading
import time
from contextlib import ExitStack
from itertools import pairwise

import pytest
from cpu import busyness
from loopback import Answer, Site, page, sitemap
from scrapy_command import FAST, ROOT

import alescrawl

NAMES = ("alpha", "beta", "zeta")
SETTINGS = (*FAST, "SPIDER_MODULES=sources.several")
PATHS = [f"/a{n}" for n in range(5)]
STORED = "SELECT source, count(*) FROM articles WHERE source != 'alpha' GROUP BY source"
SLOW = Answer(page("Un article lent"), delay=60)


def newspaper(name, host):
    site = Site(host=host)
    site["/sitemap.xml"] = sitemap(*PATHS)
    for path in PATHS:
        site[path] = page(f"{name} écrit {path}", published="2026-11-20T10:00:00+01:00")
    return site


@pytest.fixture
def sites():
    """Three newspapers, each on a host of its own."""
    with ExitStack() as stack:
        made = {n: newspaper(n, f"127.0.0.{i}") for i, n in enumerate(NAMES, 1)}
        for site in made.values():
            stack.enter_context(site)
        yield made


@pytest.fixture
def know(monkeypatch):
    """Tell the commands of a test which sources there are, and where."""

    def tell(sites):
        monkeypatch.setenv("ROOTS", " ".join(f"{n}={s.url}" for n, s in sites.items()))

    return tell


def start(scrapy, *words, settings=SETTINGS, **how):
    command = scrapy.command("crawlall", *words, settings=settings)
    return subprocess.Popen(command, cwd=ROOT, env=scrapy.environment(), text=True, **how)


def wait_until(happened, process):
    while not happened() and process.poll() is None:
        time.sleep(0.02)


def test_all_sources_are_published_and_each_event_is_a_json_line(scrapy, sites, know):
    know(sites)
    done = scrapy.run("crawlall", "--log-json", "-L", "INFO", settings=SETTINGS)
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert {e["source"]: e["verdict"] for e in told if e["event"] == "source_ended"} == (
        dict.fromkeys(NAMES, "ok")
    )
    assert (told[-1]["event"], told[-1]["exit_code"], told[-1]["new"]) == ("run_ended", 0, 15)
    log = [json.loads(line) for line in done.stderr.splitlines()]
    assert {"log"} == {e["event"] for e in log}
    articles = alescrawl.load_articles(scrapy.output)
    assert articles.groupby("source").size().to_dict() == dict.fromkeys(NAMES, 5)


def test_sources_on_one_host_share_its_pace_and_its_robots_txt(scrapy, know):
    with newspaper("alpha", "127.0.0.1") as site:
        site["/robots.txt"] = "User-agent: *\nCrawl-delay: 0.2\n"
        know({"alpha": site, "beta": site})
        done = scrapy.run("crawlall", settings=SETTINGS)
        assert done.returncode == 0, done.stderr
        assert [p for p, _ in site.asked].count("/robots.txt") == 1
        moments = [hit.at for hit in site.log if not hit.path.startswith(("/robots", "/.well"))]
        gaps = [b - a for a, b in pairwise(moments)]
        assert len(gaps) >= 10
        assert min(gaps) > 0.15


def test_a_blocked_source_is_named_and_told_of_and_makes_the_exit_code_1(
    scrapy, sites, know, tmp_path
):
    for answer in sites["beta"].pages.values():
        answer.status = 403
    sites["beta"]["/robots.txt"] = ""
    know(sites)
    alert = f"ALESCRAWL_ALERT=tee {tmp_path / 'mail'}"
    done = scrapy.run("crawlall", "alpha", "beta", settings=(*SETTINGS, alert))
    assert done.returncode == 1
    assert "- beta is blocked (was well): the routes" in (tmp_path / "mail").read_text()
    assert "beta is blocked: the routes were refused: http_403" in done.stdout
    assert set(alescrawl.load_articles(scrapy.output).source) == {"alpha"}


def test_the_time_limit_ends_the_run_and_the_next_begins_with_what_was_cut_short(
    scrapy, sites, know
):
    asked = sites["alpha"].article_paths
    sites["alpha"].before = lambda path: SLOW if path[:2] == "/a" and len(asked()) > 2 else None
    know(sites)
    slow = (*SETTINGS, "DOWNLOAD_TIMEOUT=60")
    # The page that never comes takes a minute.
    done = scrapy.run("crawlall", "--max-time", "3s", "--jobs", "1", settings=slow)
    assert "time limit: 2 not reached" in done.stdout
    assert done.returncode == 0, done.stdout
    (cut,) = alescrawl.load_runs(scrapy.output).to_dict("records")
    assert (cut["source"], cut["finish_reason"]) == ("alpha", "time_limit")
    assert len(alescrawl.load_articles(scrapy.output)) <= 3
    sites["alpha"].before = lambda _path: None
    done = scrapy.run("crawlall", "--kind", "press", "--jobs", "1", "--log-json", settings=SETTINGS)
    begun = [e["source"] for e in map(json.loads, done.stdout.splitlines()) if len(e) == 3]
    assert begun == ["beta", "alpha"]
    assert alescrawl.load_articles(scrapy.output).groupby("source").size()["alpha"] == 5


@pytest.mark.long
@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_run_within_ten_seconds_and_another_run_leaves_at_once(
    scrapy, sites, know, sent
):
    sites["alpha"]["/a0"] = SLOW
    know(sites)
    with start(scrapy, settings=(*SETTINGS, "DOWNLOAD_TIMEOUT=60"), stdout=-1, stderr=-1) as run:
        wait_until(lambda: ("/a0", 200) in sites["alpha"].asked, run)
        # What the others have read is stored: nothing of theirs is in flight.
        wait_until(lambda: scrapy.ledger(STORED) == [("beta", 5), ("zeta", 5)], run)
        if sent == signal.SIGTERM:
            other = scrapy.run("crawlall", settings=SETTINGS)
            assert other.returncode == 2
            (line,) = other.stderr.strip().splitlines()
            assert (
                f"all sources are being crawled into {scrapy.output} by process {run.pid}" in line
            )
        began = time.monotonic()
        run.send_signal(sent)
        out, err = run.communicate(timeout=50)
    # The page that never comes takes a minute.
    assert time.monotonic() - began < 10 * busyness()
    assert (run.returncode, "Traceback" in err) == (0, False), err
    assert set(alescrawl.load_runs(scrapy.output).source) == set(NAMES)
    assert len(alescrawl.load_articles(scrapy.output)) >= 10, out


def test_a_source_whose_rows_wait_is_told_by_its_verdict(scrapy, sites, know):
    know({"alpha": sites["alpha"]})
    assert scrapy.run("crawlall", settings=SETTINGS).returncode == 0
    # Another template: all pages are new to it, and none has a date any more.
    site = sites["alpha"]
    site["/sitemap.xml"] = sitemap(*(f"/b{n}" for n in range(6)))
    for n in range(6):
        site[f"/b{n}"] = page(f"alpha écrit encore /b{n}")
    done = scrapy.run("crawlall", settings=SETTINGS)
    assert done.returncode == 1
    assert "alpha is broken: published is filled in" in done.stdout
    assert "`scrapy publish alpha --accept` lets the new rows through" in done.stdout


def test_a_source_that_another_process_crawls_is_passed_over(scrapy, sites, know):
    sites["alpha"]["/a0"] = SLOW
    know(sites)
    command = scrapy.command("crawl", "alpha", settings=(*SETTINGS, "DOWNLOAD_TIMEOUT=60"))
    with subprocess.Popen(command, cwd=ROOT, env=scrapy.environment()) as single:
        wait_until(lambda: ("/a0", 200) in sites["alpha"].asked, single)
        done = scrapy.run("crawlall", settings=SETTINGS)
        single.kill()
    assert f"alpha is busy: alpha is being crawled into {scrapy.output} by process" in done.stdout
    assert done.returncode == 0
    assert set(alescrawl.load_articles(scrapy.output).source) == {"beta", "zeta"}


def test_on_a_terminal_each_source_that_runs_has_a_line(scrapy, sites, know):
    others_are_done = threading.Event()

    def wait(path):
        if path == "/a0":
            others_are_done.wait(30)

    sites["beta"].before = wait
    know(sites)
    ours, theirs = pty.openpty()
    with start(scrapy, stdin=theirs, stdout=theirs, stderr=theirs) as run:
        os.close(theirs)
        shown = b""
        while run.poll() is None or shown[-1:] != b"\n":
            try:
                shown += os.read(ours, 4096)
            except OSError:
                break
            if b"2 of 3 sources, 10 new" in shown:
                others_are_done.set()
    os.close(ours)
    text = shown.decode()
    assert run.returncode == 0
    assert "beta" in text
    assert "2 of 3 sources, 10 new, 0 changed" in text
    assert "3 of 3 sources, 15 new, 0 changed" in text


def test_a_mistake_is_one_line_that_says_what_there_is(scrapy, sites, know):
    know(sites)
    done = scrapy.run("crawlall", "omega", settings=SETTINGS)
    assert done.returncode == 2
    assert done.stderr.strip() == (
        "scrapy crawlall: there is no source omega; `scrapy list` shows them"
    )
