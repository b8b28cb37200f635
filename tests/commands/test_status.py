"""`scrapy status`: how every source stands; it only reads."""

from __future__ import annotations

import json

import pytest
from loopback import page, sitemap

import alescrawl

TESTED = ("SPIDER_MODULES=sources.tested",)


def status(scrapy, *words):
    return scrapy.run("status", *words, settings=TESTED)


@pytest.fixture
def crawled(scrapy, site):
    """A source that was crawled once, and whose host then refuses."""
    paths = [f"/a{n}" for n in range(3)]
    site["/sitemap.xml"] = sitemap(*paths)
    for path in paths:
        site[path] = page(f"Article {path}", published="2026-11-20T10:00:00+01:00")
    assert scrapy.crawl(site).returncode == 0
    site.pages["/sitemap.xml"].status = 403
    assert scrapy.crawl(site).returncode == 1
    return scrapy


def test_it_says_since_when_and_why_a_source_is_blocked(crawled):
    (told,) = json.loads(status(crawled, "--json").stdout)
    assert (told["source"], told["verdict"], told["is_bad"]) == ("tested", "blocked", True)
    assert told["why"] == ["the routes were refused: http_403"]
    assert (told["new_this_week"], told["articles"]) == (3, 3)
    assert told["last_good"] <= told["since"]
    table = status(crawled).stdout
    assert "blocked" in table
    assert "the routes were refused: http_403" in table
    # What the run asked of the network stands in its row.
    first, second = alescrawl.load_runs(crawled.output).to_dict("records")
    assert {"status": 200, "count": 4} in first["http_statuses"]
    assert (first["requests"], second["requests"]) == (7, 1)
    assert first["bytes"] > second["bytes"] > 0


def test_it_changes_nothing(crawled):
    def state():
        return {p: p.stat().st_mtime_ns for p in crawled.output.rglob("*") if p.is_file()}

    before = state()
    assert status(crawled).returncode == 0
    assert {p: t for p, t in state().items() if p.suffix != ".sqlite-shm"}.items() >= before.items()


def test_before_the_first_crawl_it_is_one_line_and_makes_no_folder(scrapy):
    done = scrapy.run("status")
    (line,) = done.stdout.splitlines()
    assert line.startswith(f"nothing was crawled into {scrapy.output} yet: `scrapy crawlall`")
    assert done.returncode == 0
    assert not scrapy.output.exists()


def test_an_unknown_source_and_a_damaged_ledger_are_one_line(scrapy):
    done = status(scrapy, "omega")
    assert done.stderr.strip() == (
        "scrapy status: there is no source omega; `scrapy list` shows them"
    )
    scrapy.output.mkdir()
    (scrapy.output / "ledger.sqlite").write_text("no database at all, but long enough a text " * 9)
    done = status(scrapy)
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (2, 1)
    assert "ledger.sqlite" in done.stderr


def test_sources_that_were_never_crawled_are_named_below_the_table(crawled):
    both = ("SPIDER_MODULES=sources.tested,alescrawl.spiders",)
    done = crawled.run("status", "tested", "nimes", "ici", settings=both)
    *table, zone, waiting = [line.rstrip() for line in done.stdout.splitlines()]
    assert [line.split()[0] for line in table[:2]] == ["source", "tested"]
    assert "never" not in done.stdout
    assert zone == "Times are those of Paris."
    assert waiting == "Not crawled yet, 2: ici, nimes"
