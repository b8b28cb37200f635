"""Mistakes of a user: one line that says what is wrong and what to do, and the right exit code."""

from __future__ import annotations

import signal
import subprocess
import time

import pytest
from loopback import Site, page, sitemap
from scrapy_command import FAST, ROOT

HEAD = "from alescrawl.crawling.discovery.spider import NewsSpider\n"
RIGHT = HEAD + (
    "from alescrawl.crawling.routes.model import Sitemap\n"
    "class Right(NewsSpider):\n"
    "    name = 'right'\n"
    "    kind = 'press'\n"
    "    routes = [Sitemap('{root}/sitemap.xml')]\n"
    "    verified = '2026-11-01'\n"
)
WRONG = {
    "syntax": ("class Wrong(\n", ":1: "),
    "import": ("import nothing_of_that_name\n", ":1: ModuleNotFoundError"),
    "fault": (HEAD + "\nX = 1 / 0\n", ":3: ZeroDivisionError"),
    "fact": (HEAD + "class W(NewsSpider):\n    name = 'wrong'\n    articl_urls = ['/a']\n", ":4: "),
    "kind": (HEAD + "class W(NewsSpider):\n    name = 'wrong'\n    kind = 'presse'\n", "press"),
    "field": (
        HEAD + "class W(NewsSpider):\n    name = 'wrong'\n    selectors = {'kikcer': 'p'}\n",
        "perhaps kicker",
    ),
    "list": (HEAD + "class W(NewsSpider):\n    name = 'wrong'\n    hosts = 'a.example'\n", ":4: "),
}
LATE = {
    "pattern": "article_urls = ['/a(']",
    "selector": "selectors = {'title': 'h1[['}",
    "xpath": "selectors = {'title': '//h1[@'}",
}


@pytest.fixture
def sources(tmp_path, scrapy):
    """A folder of source modules of a user's own, and a site that one of them crawls."""
    folder = tmp_path / "modules" / "mine"
    folder.mkdir(parents=True)
    (folder / "__init__.py").touch()
    scrapy.path = tmp_path / "modules"
    with Site({"/sitemap.xml": sitemap("/a1"), "/a1": page("Un")}) as site:
        (folder / "right.py").write_text(RIGHT.replace("{root}", site.url))
        yield folder


MINE = (*FAST, "SPIDER_MODULES=mine")


@pytest.mark.parametrize("kind", WRONG)
def test_a_module_that_cannot_be_used_is_named_and_the_others_are_crawled(scrapy, sources, kind):
    text, words = WRONG[kind]
    (sources / "wrong.py").write_text(text)
    done = scrapy.run("list", settings=MINE)
    assert (done.returncode, done.stdout.split()) == (0, ["right"])
    (line,) = done.stderr.strip().splitlines()
    assert "wrong.py" in line
    assert words in line
    done = scrapy.run("crawlall", "--since", "2000-01-01", settings=MINE)
    assert done.returncode == 1
    assert "right: ok, 1 new" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("kind", LATE)
def test_a_pattern_or_selector_that_is_none_is_named_before_anything_runs(scrapy, sources, kind):
    (sources / "wrong.py").write_text(
        f"{HEAD}class W(NewsSpider):\n    name = 'wrong'\n    kind = 'press'\n"
        f"    verified = '2026-11-01'\n    {LATE[kind]}\n"
    )
    done = scrapy.run("crawl", "wrong", settings=MINE)
    (line,) = done.stderr.strip().splitlines()
    assert done.returncode == 2
    assert "wrong.py:6: " in line
    done = scrapy.run("crawlall", "--since", "2000-01-01", settings=MINE)
    assert done.returncode == 1
    assert "right: ok, 1 new" in done.stdout + done.stderr
    assert "wrong.py:6: " in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["ecomnews", "since=2012-01-01"], "-a since=2012-01-01"),
        (["ecomnews", "--since", "2012-01-01"], "there is no option --since"),
        (["ecomnews", "--since=2012-01-01"], "-a since=2012-01-01"),
        (["ecomnews", "laregion"], "scrapy crawlall ecomnews laregion"),
        ([], "name a source"),
        (["ecomnews", "-a", "since=2099-01-01"], "lies in the future"),
        (["urls", "-a", "urls=http://../"], "is not an address"),
        (["urls", "-a", "urls=http://a b/"], "is not an address"),
        (["urls", "-a", "urls=http://a.example/x\ny"], "is not an address"),
        (["site", "-a", "url=http://../"], "is not an address"),
        (["site", "-a", "url=http://a..b/"], "is not an address"),
        (["site", "-a", "url=https://a.example/ x"], "is not an address"),
    ],
)
def test_a_mistake_on_the_command_line_is_one_line(scrapy, words, told):
    done = scrapy.run("crawl", *words)
    (line,) = done.stderr.strip().splitlines()
    assert told in line
    assert (done.returncode, done.stdout) == (2, "")


def test_help_lists_the_arguments(scrapy):
    done = scrapy.run("crawl", "--help")
    for name in ("since=", "until=", "limit=", "full=1", "estimate=1", "urls=", "file=", "url="):
        assert name in done.stdout


@pytest.mark.parametrize("seconds", [0.5, 0.8, 1.2])
@pytest.mark.parametrize("words", [["demo"], ["list"]])
def test_ctrl_c_leaves_no_traceback(scrapy, words, seconds):
    command = subprocess.Popen(
        scrapy.command(*words),
        cwd=ROOT,
        env=scrapy.environment(),
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )
    time.sleep(seconds)
    command.send_signal(signal.SIGINT)
    _, told = command.communicate(timeout=30)
    # Before Scrapy has asked for the commands of the project, Python speaks.
    assert b"Traceback" not in told or b"alescrawl/commands" not in told
