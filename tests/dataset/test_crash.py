"""`kill -9` at any moment of a crawl, then a normal run: the table is that of a calm run."""

import subprocess
import time

import pandas as pd
import pytest
from conftest import ROOT, Scrapy

import alescrawl
from alescrawl.newsroom.server import Newsroom

WORDS = ("crawl", "newsroom", "-a")
SETTINGS = ("RETRY_TIMES=0", "SPIDER_MODULES=alescrawl.newsroom.spider")
TIMES_OF_READING = ["first_seen", "fetched_at"]


@pytest.fixture(scope="module")
def newsroom():
    with Newsroom(latency=0.01) as running:
        yield running


@pytest.fixture(scope="module")
def calm(newsroom, tmp_path_factory):
    """Return the table of an undisturbed run, and how many requests it made."""
    scrapy = Scrapy(tmp_path_factory.mktemp("calm") / "output")
    before = len(newsroom.requests)
    done = _crawl(scrapy, newsroom)
    assert done.returncode == 0, done.stderr
    return _table(scrapy), len(newsroom.requests) - before


def _crawl(scrapy, newsroom):
    return scrapy.run(*WORDS, f"root={newsroom.url}", settings=SETTINGS)


def _table(scrapy):
    articles = pd.read_parquet(scrapy.output / "articles").drop(columns=TIMES_OF_READING)
    return articles.sort_values("article_id").reset_index(drop=True).map(repr)


def _crawl_and_kill(scrapy, newsroom, requests, seconds):
    """Begin a crawl, kill it *seconds* after the newsroom was asked *requests* times."""
    before = len(newsroom.requests)
    command = scrapy.command(*WORDS, f"root={newsroom.url}", settings=SETTINGS)
    crawl = subprocess.Popen(command, cwd=ROOT, env=scrapy.environment(), stdout=-1, stderr=-1)
    while len(newsroom.requests) - before < requests and crawl.poll() is None:
        time.sleep(0.001)
    time.sleep(seconds)
    crawl.kill()
    crawl.communicate()
    return crawl.returncode


@pytest.mark.parametrize("part", [0.02, 0.1, 0.25, 0.4, 0.55, 0.7, 0.85, 1.0])
def test_killed_while_it_reads(scrapy, newsroom, calm, part):
    table, requests = calm
    assert _crawl_and_kill(scrapy, newsroom, max(1, int(requests * part)), 0) == -9
    assert _crawl(scrapy, newsroom).returncode == 0
    pd.testing.assert_frame_equal(_table(scrapy), table)


@pytest.mark.parametrize("seconds", [0.02, 0.06])
def test_killed_while_it_publishes(scrapy, newsroom, calm, seconds):
    table, requests = calm
    _crawl_and_kill(scrapy, newsroom, requests, seconds)
    pd.read_parquet(scrapy.output / "articles")  # a reader meets no half file
    assert _crawl(scrapy, newsroom).returncode == 0
    pd.testing.assert_frame_equal(_table(scrapy), table)
    hidden = list(scrapy.output.rglob(".*.parquet.*"))
    assert hidden == [], "what the killed run left is cleared away"


def test_an_interrupted_run_is_named_so(scrapy, newsroom, calm):
    _crawl_and_kill(scrapy, newsroom, calm[1] // 2, 0)
    _crawl(scrapy, newsroom)
    runs = alescrawl.load_runs(scrapy.output).sort_values("started")
    assert list(runs.finish_reason) == ["interrupted", "finished"]
