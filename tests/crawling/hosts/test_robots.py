"""robots.txt as RFC 9309 wants it read, and what is asked of a host that forbids or hides it."""

from __future__ import annotations

import pytest
from loopback import Answer, Site, page, sitemap

import alescrawl
from alescrawl.crawling.hosts.robots import RobotsRules

SECRET = "User-agent: *\nDisallow: /a-secret\n"


def allows(body, path="/a-secret"):
    body = body if isinstance(body, bytes) else body.encode()
    return RobotsRules(body, "alescrawl").allows(f"https://journal.example{path}")


@pytest.mark.parametrize(
    ("body", "allowed"),
    [
        ("", True),
        (SECRET, False),
        (b"\xef\xbb\xbf" + SECRET.encode(), False),
        (b"\xff\xfe" + SECRET.encode("utf-16-le"), False),
        (SECRET.replace("\n", "\r"), False),
        (SECRET.upper().replace("/A-SECRET", "/a-secret"), False),
        (f"{SECRET}\nUser-agent: alescrawl\nDisallow:\n", True),
        (f"{SECRET}\nUser-agent: AlesCrawl/0.1 (+chez@nous.example)\nDisallow:\n", True),
        (f"{SECRET}\nUser-agent: ales\nDisallow:\n", False),
        (f"{SECRET}\nUser-agent: alescrawler\nDisallow:\n", False),
        ("User-agent: otherbot\nUser-agent: alescrawl\nDisallow: /\n", False),
        ("User-agent: otherbot\nDisallow: /\n", True),
        ("User-agent: *\nDisallow: /\nAllow: /a-sec\n", True),
        ("User-agent: *\nDisallow: /*secret$\n", False),
        ("<html><body>Disallow: nothing of the kind</body></html>", True),
        (b"\x00\x01\x02\xff" * 100, True),
    ],
)
def test_the_rules_that_concern_us_are_found(body, allowed):
    assert allows(body) is allowed


def test_a_path_in_a_wrong_charset_is_understood():
    assert not allows("User-agent: *\nDisallow: /été\n".encode("latin-1"), "/%C3%A9t%C3%A9/2026")


def test_of_a_robots_txt_of_5_mb_the_first_500_kib_are_read():
    filler = "# rien\n" * (5 * 1024 * 1024 // 7)
    assert not allows(SECRET + filler)
    assert allows(f"User-agent: *\n{filler}Disallow: /a-secret\n")
    cut = "User-agent: *\n" + "#" * (500 * 1024 - 26) + "\nAllow: /a-secret"
    assert allows(cut), "a line that is cut is not read"


@pytest.fixture
def journal(site):
    site["/sitemap.xml"] = sitemap("/a1", "/a-secret")
    site["/a1"], site["/a-secret"] = page("Un"), page("Secret")
    return site


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer("panne", status=500), "HTTP 500"),
        (Answer("panne", status=503), "HTTP 503"),
        (Answer("trop", status=429), "HTTP 429"),
        (Answer(delay=2), "no answer in time"),
        (
            Answer(status=302, headers={"Location": "http://127.0.0.1:9/"}),
            "an address inside this network",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_nothing_is_asked_of_a_host_whose_robots_txt_cannot_be_read(scrapy, journal, answer, words):
    journal["/robots.txt"] = answer
    done = scrapy.crawl(journal, more=("DOWNLOAD_TIMEOUT=1",))
    assert {hit.path for hit in journal.log} == {"/robots.txt"}
    assert f"left {journal.url} alone: robots.txt cannot be read ({words})" in done.stdout
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    journal["/robots.txt"] = Answer("rien", status=404)
    if answer.status != 429:
        scrapy.crawl(journal)
        assert len(alescrawl.load_articles(scrapy.output)) == 2, "the next run asks again"


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_host_without_robots_txt_is_free(scrapy, journal, status):
    journal["/robots.txt"] = Answer("rien", status=status)
    scrapy.crawl(journal)
    assert len(alescrawl.load_articles(scrapy.output)) == 2


def test_redirects_of_robots_txt_are_followed_to_another_host_too(scrapy, journal):
    with Site({"/rules": SECRET}, host="127.0.0.2") as other:
        journal["/robots.txt"] = Answer(status=301, headers={"Location": f"{other.url}/rules"})
        scrapy.crawl(journal, f"also={other.url}")
        assert [hit.path for hit in other.log] == ["/rules"], "that host is asked nothing else"
    assert journal.article_paths() == ["/a1"]


def test_a_robots_txt_that_leads_nowhere_is_none(scrapy, journal):
    journal["/robots.txt"] = Answer(status=302, headers={"Location": "/robots.txt"})
    scrapy.crawl(journal)
    assert len(alescrawl.load_articles(scrapy.output)) == 2


def test_a_redirect_does_not_lead_past_the_rules(scrapy, journal):
    journal["/robots.txt"] = SECRET
    journal["/a1"] = Answer(status=302, headers={"Location": "/a-secret"})
    assert "robots.txt forbids it 2" in scrapy.crawl(journal).stdout
    assert journal.article_paths() == ["/a1"]
