"""Pages read in worker processes give the same table, whatever becomes of a worker."""

import os
import signal
import subprocess
import time

import pandas as pd
import pytest
from loopback import Answer, page, sitemap
from processes import descendants
from scrapy_command import FAST, ROOT, Scrapy

PAGES = 30


def _serve(site, delay=0.0):
    site["/sitemap.xml"] = sitemap(*(f"/a{n}" for n in range(PAGES)))
    for n in range(PAGES):
        site[f"/a{n}"] = Answer(page(f"Article {n}", f"Phrase numéro {n}."), delay=delay)


def _table(scrapy):
    articles = pd.read_parquet(scrapy.output / "articles").sort_values("article_id")
    return articles.drop(columns=["first_seen", "fetched_at"]).reset_index(drop=True).map(repr)


def test_the_table_is_the_same(scrapy, site, tmp_path):
    _serve(site)
    alone = Scrapy(tmp_path / "alone")
    alone.crawl(site)
    assert scrapy.crawl(site, more=("ALESCRAWL_WORKERS=2",)).returncode == 0
    assert len(_table(scrapy)) == PAGES
    pd.testing.assert_frame_equal(_table(scrapy), _table(alone))


@pytest.mark.long
def test_a_worker_that_is_killed_loses_nothing(scrapy, site):
    _serve(site, delay=0.15)
    words = ("crawl", "tested", "-a", f"root={site.url}", "-a", "since=2000-01-01")
    settings = (*FAST, "SPIDER_MODULES=sources.tested", "ALESCRAWL_WORKERS=1")
    crawl = subprocess.Popen(
        scrapy.command(*words, settings=settings), cwd=ROOT, env=scrapy.environment()
    )
    while len(site.article_paths()) < PAGES // 3 and crawl.poll() is None:
        time.sleep(0.01)
    victim = descendants(crawl.pid)[-1]
    os.kill(victim, signal.SIGKILL)
    assert crawl.wait(timeout=60) == 0
    assert len(_table(scrapy)) == PAGES
