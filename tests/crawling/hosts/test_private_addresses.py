"""No page, list, file of a host or redirect leads a crawl to an address inside."""

import json
import subprocess
from urllib.parse import urlsplit

import pytest
from loopback import Answer, Site, page, sitemap

import alescrawl
from alescrawl.crawling.hosts.private_addresses import is_private, literal

FORMS = ("127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "0", "[::ffff:127.0.0.1]")


@pytest.fixture
def inside():
    """A server beside the site, which nobody named."""
    with Site() as running:
        running.before = lambda path: Answer(page(f"Secret {path}"))
        yield running


def _port(site):
    return urlsplit(site.url).port


def _reasons(scrapy):
    (run,) = alescrawl.load_runs(scrapy.output).itertuples()
    return {each["name"]: each["count"] for each in run.reasons}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("way", ["entry", "redirect"])
def test_an_article_inside_is_refused_however_it_is_written(scrapy, site, inside, form, way):
    target = f"http://{form}:{_port(inside)}/a9"
    site["/a1"] = page("Un")
    site["/a2"] = Answer(status=302, headers={"Location": target})
    site["/sitemap.xml"] = sitemap("/a1", "/a2")
    if way == "entry":
        site["/sitemap.xml"] = Answer(
            str(sitemap("/a1").body).replace(
                "</urlset>", f"<url><loc>{target}</loc></url></urlset>"
            )
        )
    scrapy.crawl(site)
    assert inside.asked == []
    assert list(alescrawl.load_articles(scrapy.output).title) == ["Un"]
    assert _reasons(scrapy)["page/refused/private_address"] == 1


@pytest.mark.parametrize("path", ["/robots.txt", "/.well-known/tdmrep.json", "/sitemap.xml"])
def test_a_file_or_route_that_leads_inside_is_not_followed(scrapy, site, inside, path):
    site["/sitemap.xml"], site["/a1"] = sitemap("/a1"), page("Un")
    site[path] = Answer(status=301, headers={"Location": f"{inside.url}/x"})
    scrapy.crawl(site)
    assert inside.asked == []


def test_an_index_a_next_page_and_a_part_inside_are_not_asked(scrapy, site, inside):
    index = f"<sitemapindex><sitemap><loc>{inside.url}/s.xml</loc></sitemap></sitemapindex>"
    site["/sitemap.xml"] = Answer(index)
    site["/feed.xml"] = Answer(status=302, headers={"Location": f"{inside.url}/feed"})
    site["/wp-json/wp/v2/posts"] = Answer(
        json.dumps([{"link": f"{inside.url}/a9", "title": {"rendered": "Neuf"}}])
    )
    scrapy.crawl(site, "route=/sitemap.xml,/feed.xml,/wp-json/wp/v2/posts")
    assert inside.asked == []


def test_a_site_that_names_a_place_inside_is_crawled_without_it(scrapy, site, inside):
    site["/"] = (
        f"<html><body><h2><a href='{inside.url}/un-secret-de-la-maison'>Un secret</a></h2>"
        f"<h2><a href='/la-fonderie-embauche-encore'>La fonderie embauche encore</a></h2></body>"
    )
    site["/robots.txt"] = f"Sitemap: {inside.url}/sitemap.xml\n"
    site["/la-fonderie-embauche-encore"] = page("La fonderie", published="2026-03-01")
    scrapy.run("crawl", "site", "-a", f"url={site.url}/", "-a", "since=2000-01-01")
    assert inside.asked == []
    assert list(alescrawl.load_articles(scrapy.output).title) == ["La fonderie"]


def test_what_the_user_named_is_asked(scrapy, inside):
    scrapy.run("crawl", "urls", "-a", f"urls=http://localhost:{_port(inside)}/a1")
    assert "/a1" in inside.article_paths()


def test_a_name_that_resolves_to_an_address_inside_is_refused(scrapy, site, inside, tmp_path):
    module = tmp_path / "sitecustomize.py"
    module.write_text(
        "import socket\n"
        "ask = socket.gethostbyname\n"
        "socket.gethostbyname = lambda n: '127.0.0.1' if n == 'inside.example' else ask(n)\n"
    )
    scrapy.path = tmp_path
    site["/a1"] = page("Un")
    site["/sitemap.xml"] = Answer(
        "<urlset><url><loc>{root}/a1</loc></url>"
        f"<url><loc>http://inside.example:{_port(inside)}/a9</loc></url></urlset>"
    )
    settings = ("DOWNLOAD_DELAY=0", "RETRY_TIMES=1", "SPIDER_MODULES=sources.tested")
    words = ["crawl", "tested", "-a", f"root={site.url}", "-a", "since=2000-01-01"]
    subprocess.run(
        scrapy.command(*words, settings=settings), env=scrapy.environment(), check=False, timeout=60
    )
    assert inside.asked == []
    assert _reasons(scrapy)["page/refused/private_address"] == 1


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.31.0.1", "192.168.0.9", "169.254.169.254", "0.0.0.0"),
        *(
            "224.0.0.1",
            "100.64.0.1",
            "240.0.0.1",
            "::1",
            "::",
            "fe80::1%eth0",
            "fd00::1",
            "ff02::1",
        ),
        *("::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"),
    ],
)
def test_addresses_inside_are_told(address):
    assert is_private(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f::1", "::ffff:93.184.215.14"])
def test_public_addresses_are_not(address):
    assert not is_private(address)


@pytest.mark.parametrize("host", ["journal.example", "1.2.3.4.5", "999999999999", "x", "127.x"])
def test_names_are_no_literal_addresses(host):
    assert literal(host) is None
