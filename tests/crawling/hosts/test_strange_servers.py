"""Slow, broken and hostile servers cost a page or a source one run."""

import gzip
import re
import time

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


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
PATIENCE = ("DOWNLOAD_TIMEOUT=2",)
"""Seconds that an answer may take, and the seconds below which it is seen that it was kept."""
LONGEST = 25


def _dripping():
    yield HEAD + b"Content-Length: 9999\r\n\r\n"
    while True:
        yield b"a"
        time.sleep(0.2)


def _endless_headers():
    yield HEAD
    for number in range(10**9):
        yield b"X-%d: a\r\n" % number
        time.sleep(0.05)


def _megabytes_of_headers():
    yield HEAD
    for number in range(10_000):
        yield b"X-%d: %s\r\n" % (number, b"a" * 1_000)
    yield b"Content-Length: 0\r\n\r\n"


def _endless_chunks():
    yield HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
    while True:
        yield b"1\r\na\r\n"
        time.sleep(0.05)


def _endless_large_chunks():
    yield HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
    while True:
        yield b"10000\r\n" + b"a" * 0x10000 + b"\r\n"


ENDLESS = (
    *(_dripping, _endless_headers, _megabytes_of_headers),
    *(_endless_chunks, _endless_large_chunks),
)
COUNTED = re.compile(r"(?:too large|no answer in time) (\d+)")


def _crawl_in_time(scrapy, site):
    began = time.monotonic()
    done = scrapy.crawl(site, more=(*PATIENCE, "DOWNLOAD_MAXSIZE=2000000"))
    assert time.monotonic() - began < LONGEST
    assert "Traceback" not in done.stderr
    return done


def test_answers_that_never_end_cost_their_page(scrapy, site):
    _serve(site, len(ENDLESS) + 2)
    for number, stream in enumerate(ENDLESS):
        site[f"/a{number}"] = Answer(stream=stream)
    done = _crawl_in_time(scrapy, site)
    assert len(alescrawl.load_articles(scrapy.output)) == 2
    assert sum(map(int, COUNTED.findall(done.stdout))) == len(ENDLESS), done.stdout


@pytest.mark.parametrize("path", ["/robots.txt", "/sitemap.xml"])
@pytest.mark.parametrize("stream", [_dripping, _endless_large_chunks])
def test_answers_that_never_end_cost_a_source_one_run(scrapy, site, path, stream):
    _serve(site)
    site[path] = Answer(stream=stream)
    done = _crawl_in_time(scrapy, site)
    assert done.returncode == 1
    assert site.article_paths() == []


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
