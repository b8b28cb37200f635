"""A run costs next to nothing when nothing changed, and yet nothing due stays hidden."""

from datetime import UTC, datetime

import pytest
from loopback import Answer, page, sitemap

import alescrawl


def _requests(site):
    """Return the paths asked for since the last call, without what says who may ask."""
    policy = ("/robots.txt", "/.well-known/", "/ai.txt")
    paths = [path for path, _ in site.asked if not path.startswith(policy)]
    site.asked.clear()
    return paths


def _counted(scrapy):
    runs = alescrawl.load_runs(scrapy.output)
    return {r["name"]: r["count"] for r in runs.iloc[-1].reasons}


def _with(answer, **headers):
    answer.headers.update({name.replace("_", "-"): value for name, value in headers.items()})
    return answer


@pytest.fixture
def news(site):
    for n in range(3):
        site[f"/a{n}"] = page(f"Article numéro {n}")
    return site


def test_a_sitemap_that_did_not_change_is_not_sent_again(scrapy, news):
    news["/sitemap.xml"] = _with(sitemap("/a0", "/a1"), ETag='"1"')
    scrapy.crawl(news)
    _requests(news)
    assert scrapy.crawl(news).returncode == 0
    assert ("/sitemap.xml", 304) in news.asked
    assert _requests(news) == ["/sitemap.xml"]
    assert _counted(scrapy)["route/not_modified"] == 1


def test_full_asks_for_the_whole_route_again(scrapy, news):
    news["/sitemap.xml"] = _with(sitemap("/a0"), ETag='"1"')
    scrapy.crawl(news)
    _requests(news)
    scrapy.crawl(news, "full=1")
    assert ("/sitemap.xml", 200) in news.asked


def test_what_a_killed_run_left_is_asked_for_although_the_route_did_not_change(scrapy, news):
    news["/sitemap.xml"] = _with(sitemap("/a0", "/a1", "/a2"), ETag='"1"')
    scrapy.crawl(news, "limit=1")
    _requests(news)
    scrapy.crawl(news)
    assert len(_requests(news)) == 3
    assert len(alescrawl.load_articles(scrapy.output)) == 3


def test_a_wider_period_is_listed_although_the_route_did_not_change(scrapy, news):
    news["/sitemap.xml"] = _with(sitemap(("/a0", "2026-05-01"), ("/a1", "2020-05-01")), ETag='"1"')
    scrapy.crawl(news, "since=2026-01-01")
    assert _requests(news) == ["/sitemap.xml", "/a0"]
    scrapy.crawl(news, "since=2019-01-01")
    assert _requests(news) == ["/sitemap.xml", "/a1"]


def test_a_cut_sitemap_is_read_whole_the_next_time(scrapy, news):
    whole = sitemap("/a0", "/a1").body
    news["/sitemap.xml"] = Answer(whole[:-30], headers={"ETag": '"1"'}, type="text/xml")
    scrapy.crawl(news)
    assert _counted(scrapy)["route/problem/cut_short"] == 1
    scrapy.crawl(news)
    assert "route/not_modified" not in _counted(scrapy)


def _index(*entries):
    maps = "".join(
        f"<sitemap><loc>{{root}}{path}</loc><lastmod>{lastmod}</lastmod></sitemap>"
        for path, lastmod in entries
    )
    return Answer(f"<sitemapindex>{maps}</sitemapindex>", type="text/xml")


def test_a_sitemap_is_not_asked_where_its_index_says_that_it_did_not_change(scrapy, news):
    news["/sitemap.xml"] = _index(("/old.xml", "2026-01-01T10:00:00Z"), ("/new.xml", "2026-02-01"))
    news["/old.xml"], news["/new.xml"] = sitemap("/a0"), sitemap("/a1")
    scrapy.crawl(news)
    _requests(news)
    scrapy.crawl(news)
    assert _requests(news) == ["/sitemap.xml"]
    assert _counted(scrapy)["route/unchanged"] == 2
    news["/sitemap.xml"] = _index(("/old.xml", "2026-01-01T10:00:00Z"), ("/new.xml", "2026-03-01"))
    news["/new.xml"] = sitemap("/a1", "/a2")
    scrapy.crawl(news)
    assert _requests(news) == ["/sitemap.xml", "/new.xml", "/a2"]


def test_a_lastmod_of_today_does_not_hide_what_came_later_today(scrapy, news):
    today = datetime.now(UTC).date().isoformat()
    news["/sitemap.xml"] = _index(("/new.xml", today))
    news["/new.xml"] = sitemap("/a0")
    scrapy.crawl(news)
    news["/new.xml"] = sitemap("/a0", "/a1")
    _requests(news)
    scrapy.crawl(news)
    assert _requests(news) == ["/sitemap.xml", "/new.xml", "/a1"]


def test_a_sitemap_that_failed_is_asked_again_whatever_its_index_says(scrapy, news):
    news["/sitemap.xml"] = _index(("/one.xml", "2026-01-01T10:00:00Z"))
    news["/one.xml"] = Answer("", status=500)
    scrapy.crawl(news)
    news["/one.xml"] = sitemap("/a0")
    scrapy.crawl(news)
    assert len(alescrawl.load_articles(scrapy.output)) == 1


def test_what_lies_in_the_folder_of_an_older_day_is_not_asked_for(scrapy, news):
    news["/a/2020/03/02/le-pont"] = news["/a/2026/03/02/le-port"] = page("Le pont et le port")
    news["/sitemap.xml"] = sitemap("/a/2020/03/02/le-pont", "/a/2026/03/02/le-port")
    scrapy.crawl(news, "since=2026-03-02")
    assert _requests(news) == ["/sitemap.xml", "/a/2026/03/02/le-port"]
    scrapy.crawl(news, "since=2020-03-02")
    assert _requests(news) == ["/sitemap.xml", "/a/2020/03/02/le-pont"]
