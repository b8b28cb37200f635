"""`scrapy check-sources`: what each source answers, in a table, in a file and as an exit code."""

from __future__ import annotations

import pandas as pd
import pytest
from loopback import Answer, page
from scrapy_command import FAST
from standin.catalogue import answers
from standin.web import Web, moved

from alescrawl.spiders.catalogue import sources

MODULES = (*FAST, "SPIDER_MODULES=sources.checked", "DOWNLOAD_VERIFY_CERTIFICATES=False")
ARTICLE = "/economie/une-usine-12"
TDMREP = '[{"location": "/economie/*", "tdm-reservation": 1}]'


def _feed(host, *paths):
    items = "".join(f"<item><link>https://{host}{path}</link></item>" for path in paths)
    return Answer(f"<rss><channel>{items}</channel></rss>", type="text/xml")


def _sitemap_index(host):
    return Answer(
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap>'
        f"<loc>https://{host}/sitemap-1.xml</loc></sitemap></sitemapindex>"
    )


def _host(host, **pages):
    return {
        "/feed/": _feed(host, ARTICLE, "/economie/une-cave-11"),
        ARTICLE: Answer(page("Une usine")),
        **pages,
    }


def _robots(rule):
    return {"/robots.txt": Answer(f"User-agent: *\n{rule}\n", type="text/plain")}


HOSTS = {
    "www.works.example": _host("www.works.example", **_robots("Crawl-delay: 0.5"))
    | {"/sitemap.xml": _sitemap_index("www.works.example")},
    "www.moved.example": {"/feed/": moved("https://new.example/feed/")},
    "new.example": _host("new.example"),
    "www.forbidden.example": _host("www.forbidden.example", **_robots("Disallow: /")),
    "www.refuses.example": {"/feed/": Answer("non", status=403)},
    "www.articles.example": _host("www.articles.example", **_robots("Disallow: /economie/")),
    "www.reserved.example": _host("www.reserved.example")
    | {"/.well-known/tdmrep.json": Answer(TDMREP, type="application/json")},
    "www.empty.example": {
        "/feed/": _feed("www.empty.example", "/contact"),
        "/page": Answer("<html><body>Une page</body></html>"),
        "/": Answer("<html><body><h1>Rien</h1></body></html>"),
    },
    "www.gone.example": {"/": Answer("<html><body><h1>Rien</h1></body></html>")},
    "www.home.example": {
        "/": Answer(f"<html><body><h2><a href='{ARTICLE}'>Une usine</a></h2></body></html>"),
        ARTICLE: Answer(page("Une usine")),
    },
}
OUTCOMES = {
    "works": "works",
    "moved": "moved",
    "forbidden": "blocked",
    "refuses": "blocked",
    "articles_forbidden": "blocked",
    "reserved": "reserved",
    "empty": "empty",
    "gone": "empty",  # its home page is there, and lists nothing
    "home_only": "works",
    "unreachable": "unreachable",
}
WELL = {"works", "moved", "reserved", "home_only"}


@pytest.fixture(name="check")
def _check(scrapy, monkeypatch):
    with Web(HOSTS) as web:
        for name, value in web.environment.items():
            monkeypatch.setenv(name, value)

        def check(*names):
            return scrapy.run("check-sources", *names, settings=MODULES)

        check.web = web
        yield check


def test_each_source_has_its_outcome_in_the_table_and_each_route_in_the_file(scrapy, check):
    done = check()
    assert done.returncode == 1
    lines = [line.split() for line in done.stdout.splitlines()]
    shown = {line[0]: line[1] for line in lines if line[0] in OUTCOMES and len(line) > 3}
    assert shown == OUTCOMES
    assert f"{len(WELL)} of {len(OUTCOMES)} sources work" in done.stdout
    table = pd.read_parquet(scrapy.output / "sources.parquet")
    assert dict(zip(table.source, table.outcome, strict=True)) == OUTCOMES
    assert set(table[table.works].source) == WELL
    routes = table[table.source == "works"].set_index("route_kind")
    assert dict(routes.route_outcome) == {"Feed": "works", "Sitemap": "works", "Listing": "gone"}
    assert routes.articles["Feed"] == 2
    assert set(routes.crawl_delay) == {0.5}
    (reserved,) = table[table.source == "reserved"].to_dict("records")
    assert list(reserved["rights"]) == ["well-known tdm-reservation=1"]


def test_what_is_unusual_is_told_below_its_source_and_a_mere_convention_is_not(check):
    text = check().stdout
    assert "https://www.moved.example/feed/: moved (to https://new.example/feed/)" in text
    assert "robots.txt forbids it" in text
    assert "https://www.refuses.example/feed/: blocked (HTTP 403)" in text
    assert "https://www.empty.example/page: empty (not a feed)" in text
    assert "1 addresses, none of an article" in text
    assert "https://www.gone.example/feed/: gone (HTTP 404)" in text
    assert "/supposed" not in text


def test_sources_that_work_end_well_and_few_requests_are_made(check):
    done = check("works", "reserved", "moved", "home_only")
    assert (done.returncode, done.stderr) == (0, "")
    asked = [(each.host, each.path) for each in check.web.asked]
    assert len(asked) == len(set(asked))
    # robots.txt, tdmrep.json and ai.txt, three routes and one article.
    assert sum(host == "www.works.example" for host, _ in asked) == 7


def test_a_later_look_at_one_source_keeps_what_was_found_of_the_others(scrapy, check):
    check("works", "gone")
    check.web.hosts = {**HOSTS, "www.gone.example": HOSTS["www.home.example"]}
    check("gone")
    table = pd.read_parquet(scrapy.output / "sources.parquet")
    assert set(table.source) == {"works", "gone"}


def test_a_name_that_is_no_source_is_one_line(scrapy):
    done = scrapy.run("check-sources", "nowhere")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "there is no source nowhere" in done.stderr


def test_a_folder_that_cannot_be_written_is_one_line(scrapy):
    scrapy.output.write_text("a file", "utf-8")
    done = scrapy.run("check-sources", "works", settings=MODULES)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


def test_every_source_of_the_catalogue_works_on_the_stand_in_of_its_site(scrapy, monkeypatch):
    with Web(answers()) as web:
        for name, value in web.environment.items():
            monkeypatch.setenv(name, value)
        settings = (*FAST, "DOWNLOAD_VERIFY_CERTIFICATES=False", "AUTOTHROTTLE_ENABLED=False")
        done = scrapy.run("check-sources", settings=settings)
    assert (done.returncode, done.stderr) == (0, "")
    table = pd.read_parquet(scrapy.output / "sources.parquet")
    assert set(table.source) == {spider.name for spider in sources()}
    reserved = set(table[table.outcome == "reserved"].source)
    assert reserved == {"ici", "lesechos", "midilibre"}
    assert set(table[table.route_status == "seen"].route_outcome) <= {"works", "moved"}
