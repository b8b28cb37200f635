"""Two runs at once: of one source the second is told to wait, of two sources both work."""

import os
import re
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from loopback import Answer, page, sitemap
from scrapy_command import ROOT

import alescrawl
from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.folder import Folder
from alescrawl.dataset.locks import SourceLock

SLOW = "DOWNLOAD_TIMEOUT=60"


@pytest.fixture
def running(scrapy, site):
    """A crawl whose article does not come until the test lets it."""
    site["/sitemap.xml"] = sitemap("/a1")
    site["/a1"] = Answer(page("Un"), delay=60)
    options = ("-a", f"root={site.url}", "-a", "since=2000-01-01")
    settings = ("DOWNLOAD_DELAY=0", "SPIDER_MODULES=sources.tested", SLOW)
    command = scrapy.command("crawl", "tested", *options, settings=settings)
    crawl = subprocess.Popen(command, cwd=ROOT, env=scrapy.environment(), stderr=-1)
    while "/a1" not in site.article_paths() and crawl.poll() is None:
        time.sleep(0.05)
    yield crawl
    crawl.kill()
    crawl.communicate()


def test_the_second_run_of_a_source_says_who_holds_it_and_asks_for_nothing(scrapy, site, running):
    asked = len(site.asked)
    done = scrapy.crawl(site)
    (line,) = done.stderr.strip().splitlines()
    assert re.search(
        rf"tested is being crawled into .* by process {running.pid} since 2\d\d\d-", line
    )
    assert done.returncode == 2
    assert len(site.asked) == asked


def test_a_killed_run_holds_nothing_back(scrapy, site, running):
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    site["/a1"] = page("Un")
    assert scrapy.crawl(site).returncode == 0
    assert len(alescrawl.load_articles(scrapy.output)) == 1


def test_the_lock_is_of_one_source_and_of_the_run_that_holds_it(tmp_path):
    folder = Folder(tmp_path)
    held = SourceLock(folder, "un")
    SourceLock(folder, "deux").release()
    with pytest.raises(DatasetError, match=f"un is being crawled .* by process {os.getpid()}"):
        SourceLock(folder, "un")
    held.release()
    SourceLock(folder, "un").release()


def test_two_sources_at_once_share_a_folder(scrapy, site):
    paths = [f"/a{n}" for n in range(10)]
    site["/sitemap.xml"] = sitemap(*paths)
    for path in paths:
        site[path] = page(f"Article {path}")
    urls = ",".join(site.url + path for path in paths[:5])
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(scrapy.crawl, site)
        second = pool.submit(scrapy.run, "crawl", "urls", "-a", f"urls={urls}")
    assert (first.result().returncode, second.result().returncode) == (0, 0)
    articles = alescrawl.load_articles(scrapy.output)
    assert sorted(articles.title) == [f"Article {path}" for path in paths]
    assert set(alescrawl.load_runs(scrapy.output).source) == {"tested", "urls"}
