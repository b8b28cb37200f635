"""What runs say of routes: shown by `scrapy status --routes`, shared by `check-sources --share`."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from loopback import Answer, Site, page
from scrapy_command import FAST

from alescrawl.crawling.checks.route_report import is_refuted, route_line, route_report
from alescrawl.crawling.routes.model import Feed
from alescrawl.dataset.ledger.route_health import RouteHealth

SETTINGS = (*FAST, "SPIDER_MODULES=sources.stated", "ALESCRAWL_CONTACT=someone@example.org")
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
URL = "https://journal.example/feed/"


def _feed(site, *paths):
    items = "".join(f"<item><link>{site.url}{path}</link></item>" for path in paths)
    return Answer(f"<rss><channel>{items}</channel></rss>", type="text/xml")


@pytest.fixture(name="site")
def _site(monkeypatch):
    with Site(host="127.0.0.31") as site:
        monkeypatch.setenv("ROOT", site.url)
        site["/feed"] = site["/second-feed"] = _feed(site, "/une-usine-recrute-a-ales")
        site["/une-usine-recrute-a-ales"] = page("Une usine recrute à Alès")
        site["/forbidden"] = Answer("", status=403)
        yield site


def _today():
    return datetime.now(UTC).date().isoformat()


def _routes(scrapy):
    done = scrapy.run("status", "--routes", settings=SETTINGS)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    return done.stdout


def test_conventions_that_runs_confirm_or_refute_are_lines_for_the_module(scrapy, site):
    assert "nothing to say" in _routes(scrapy)
    assert scrapy.run("crawl", "stated", settings=SETTINGS).returncode == 0
    told = _routes(scrapy)
    confirmed, refuted = told.split("confirmed;")[1].split("refuted;")
    seen = f'Feed("{site.url}/second-feed", status="seen", confirmed="{_today()}"),'
    assert seen in confirmed
    assert f'Sitemap("{site.url}/sitemap.xml", status="convention"),' in refuted
    assert "404" in refuted
    # Who may ask is no question of what is there.
    assert "/forbidden" not in confirmed + refuted
    assert f"{site.url}/forbidden" in told.split("Never answered")[1]
    assert "Silent" not in told


def _pass_days(scrapy, days):
    columns = ("first_asked", "last_asked", "last_read", "last_listed", "last_new", "last_failed")
    with closing(sqlite3.connect(scrapy.output / "ledger.sqlite")) as db, db:
        for column in columns:
            for url, moment in db.execute(f"SELECT url, {column} FROM route_health").fetchall():
                earlier = moment and (
                    datetime.fromisoformat(moment) - timedelta(days=days)
                ).isoformat(timespec="seconds")
                db.execute(f"UPDATE route_health SET {column} = ? WHERE url = ?", (earlier, url))


def test_a_route_without_news_while_another_has_some_is_silent(scrapy, site):
    scrapy.run("crawl", "stated", settings=SETTINGS)
    _pass_days(scrapy, 20)
    site["/feed"] = _feed(site, "/la-mairie-vend-un-terrain")
    site["/la-mairie-vend-un-terrain"] = page("La mairie vend un terrain")
    scrapy.run("crawl", "stated", settings=SETTINGS)
    silent = _routes(scrapy).split("Silent")[1].partition("Conventions")[0]
    assert f"{site.url}/second-feed" in silent
    assert f"{site.url}/feed:" not in silent


def test_two_routes_that_list_the_same_news_both_have_some(scrapy, site):
    scrapy.run("crawl", "stated", settings=SETTINGS)
    rows = scrapy.ledger("SELECT url FROM route_health WHERE last_new IS NOT NULL")
    assert {url for (url,) in rows} == {f"{site.url}/feed", f"{site.url}/second-feed"}


def test_what_is_shared_is_of_the_projects_sources_alone(scrapy, site, tmp_path):
    scrapy.run("crawl", "stated", settings=SETTINGS)
    file = tmp_path / "share.json"
    scrapy.run("check-sources", "--share", str(file), settings=SETTINGS)
    text = file.read_text("utf-8")
    assert json.loads(text) == {"routes": [], "moves": []}
    assert site.url not in text


def _health(**known):
    return RouteHealth("s", URL, "Feed", NOW, NOW, **known)


def test_a_refusal_or_a_lost_connection_refutes_nothing():
    route = Feed(URL, status="convention")
    for reason in ("http_403", "robots", "timeout", "http_500", "host_refuses"):
        assert not is_refuted(_health(last_failed=NOW, reason=reason), route)
    for reason in ("http_404", "http_410", "not_a_feed", "foreign"):
        assert is_refuted(_health(last_failed=NOW, reason=reason), route)


def test_a_seen_route_is_neither_confirmed_nor_refuted():
    class Known:
        routes = (Feed(URL, seen="2026-09"),)

    report = route_report([_health(last_read=NOW, last_listed=NOW, last_new=NOW)], {"s": Known})
    assert list(report.lines()) == []


def test_the_line_for_a_module_is_what_it_states():
    route = Feed(URL, status="convention", listed="2025+")
    line = route_line(route, confirmed="2026-12-01").rstrip(",")
    assert eval(line, {"Feed": Feed}).confirmed == "2026-12-01"
    assert eval(route_line(route).rstrip(","), {"Feed": Feed}) == route
