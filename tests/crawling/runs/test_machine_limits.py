"""The limits of this machine are not booked as faults of the sources."""

from __future__ import annotations

import resource
import subprocess

import pytest
from loopback import Answer, Site, page, sitemap
from scrapy_command import FAST, ROOT

HEAD = (
    "from alescrawl.crawling.discovery.spider import NewsSpider\n"
    "from alescrawl.crawling.routes.model import Sitemap\n"
)
SOURCE = (
    "class S{n}(NewsSpider):\n    name = 's{n}'\n    kind = 'press'\n    verified = '2026-11-01'\n"
    "    routes = [Sitemap('{root}/sitemap.xml')]\n    article_urls = ['/s{n}/']\n"
)


def _sources(scrapy, tmp_path, root, count):
    package = tmp_path / "modules" / "limited"
    package.mkdir(parents=True)
    scrapy.path = package.parent
    text = HEAD + "".join(
        SOURCE.replace("{n}", str(n)).replace("{root}", root) for n in range(count)
    )
    (package / "__init__.py").write_text(text)


def _run(scrapy, *words, limits=(), more=()):
    def limit():
        for kind, value in limits:
            resource.setrlimit(kind, (value, value))

    return subprocess.run(
        scrapy.command(*words, settings=(*FAST, "SPIDER_MODULES=limited", *more)),
        cwd=ROOT,
        env=scrapy.environment(),
        preexec_fn=limit,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.long
def test_with_few_open_files_fewer_sources_are_crawled_at_once(scrapy, tmp_path):
    with Site() as site:
        site["/sitemap.xml"] = sitemap(*(f"/s{n}/a{m}" for n in range(12) for m in range(3)))
        site.before = lambda path: Answer(page(f"Titre {path}")) if "/a" in path else None
        _sources(scrapy, tmp_path, site.url, 12)
        limits = [(resource.RLIMIT_NOFILE, 120)]
        done = _run(scrapy, "crawlall", "--since", "2000-01-01", limits=limits)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    assert "2 sources at a time, not 8: only 120 files may be open" in done.stderr
    assert scrapy.ledger("SELECT count(*) FROM articles") == [(36,)]


@pytest.mark.parametrize(
    ("limit", "told"),
    [
        ((resource.RLIMIT_NOFILE, 60), "only 60 files may be open"),
        ((resource.RLIMIT_AS, 1_500_000_000), "it may use 1430 MB of memory, and needs 2048 MB"),
    ],
)
@pytest.mark.parametrize("words", [["crawlall"], ["crawl", "s0"]])
def test_too_little_is_one_line(scrapy, tmp_path, limit, told, words):
    _sources(scrapy, tmp_path, "http://127.0.0.1:9", 1)
    done = _run(scrapy, *words, limits=[limit])
    (line,) = done.stderr.strip().splitlines()
    assert told in line
    assert done.returncode == 2


def test_offline_is_said_once_and_nobody_is_alerted(scrapy, tmp_path):
    _sources(scrapy, tmp_path, "http://nowhere.invalid", 9)
    alerts = tmp_path / "alerts"
    more = (f"ALESCRAWL_ALERT=tee -a {alerts}",)
    done = _run(scrapy, "crawlall", more=more)
    told = done.stdout + done.stderr
    assert told.count("no host could be resolved") == 1
    assert "scrapy doctor" in told
    assert "is gone: " not in told
    assert done.returncode == 1
    assert not alerts.exists()


def test_an_estimate_that_could_not_ask_says_so(scrapy, tmp_path):
    _sources(scrapy, tmp_path, "http://nowhere.invalid", 1)
    done = _run(scrapy, "crawl", "s0", "-a", "estimate=1")
    assert "could not ask: no route answered" in done.stdout
    assert done.returncode == 1
