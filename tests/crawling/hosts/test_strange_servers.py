"""Slow, broken and hostile servers cost a page or a source one run."""

import gzip

import pytest
from loopback import Answer, page, sitemap

import alescrawl

BOMB = Answer(gzip.compress(b" " * 60_000_000), headers={"Content-Encoding": "gzip"})


def _serve(site, count=3):
    site["/sitemap.xml"] = sitemap(*(f"/a{n}" for n in range(count)))
    for n in range(count):
        site[f"/a{n}"] = page(f"Titre {n}")


def test_a_bomb_as_robots_txt_is_one_that_cannot_be_read(scrapy, site):
    _serve(site)
    site["/robots.txt"] = BOMB
    done = scrapy.crawl(site)
    assert site.article_paths() == []
    assert "robots.txt cannot be read (too large)" in done.stdout
    assert done.returncode == 1


@pytest.mark.parametrize("path", ["/a1", "/sitemap.xml"])
def test_a_bomb_as_a_page_or_a_route_is_too_large(scrapy, site, path):
    _serve(site)
    site[path] = BOMB
    assert "too large" in scrapy.crawl(site).stdout


def test_headers_of_megabytes_are_too_large(scrapy, site):
    _serve(site)
    site["/a1"] = Answer(page("Un"), headers={f"X-{n}": "a" * 1_000 for n in range(900)})
    assert "too large 1" in scrapy.crawl(site).stdout
    assert len(alescrawl.load_articles(scrapy.output)) == 2


@pytest.mark.parametrize("status", [429, 503])
def test_a_huge_pause_that_one_page_wants_is_that_page_s(scrapy, site, status):
    _serve(site, 6)
    site["/a3"] = Answer("non", status=status, headers={"Retry-After": "99999999"})
    scrapy.crawl(site, more=("ALESCRAWL_FIRST_WAIT=0.1",))
    assert len(alescrawl.load_articles(scrapy.output)) == 5


def test_a_host_that_wants_a_huge_pause_gets_the_longest_that_is_allowed(scrapy, site):
    _serve(site, 6)
    for n in range(6):
        site[f"/a{n}"] = Answer("non", status=503, headers={"Retry-After": "99999999"})
    scrapy.crawl(site, more=("ALESCRAWL_LONGEST_PAUSE=2",))
    assert len(site.article_paths()) < 6
    hours = "SELECT (julianday(closed_until) - julianday('now')) * 24 FROM hosts"
    ((wait,),) = scrapy.ledger(hours)
    assert 1 < wait < 2.1


@pytest.mark.parametrize("value", ["bientôt", "", "-5", "1e9", "12, 13", "９９", "0x10", "²"])
def test_a_pause_that_is_no_number_is_none(scrapy, site, value):
    _serve(site)
    headers = {"Retry-After": value.encode().decode("latin-1")}
    site["/a1"] = Answer("non", status=503, headers=headers)
    done = scrapy.crawl(site)
    assert "Traceback" not in done.stderr
    assert len(alescrawl.load_articles(scrapy.output)) == 2
