"""A source whose routes are not there is found by its home page, as an unknown site is."""

import pytest
from invented_sites import html
from loopback import Answer, page, sitemap

import alescrawl

LOST = ("SPIDER_MODULES=sources.lost",)
FEED_HEAD = '<link rel="alternate" type="application/rss+xml" href="/nouvelles.xml">'


def _home(site):
    site["/"] = html("<h1>Le Journal inventé</h1>", head=FEED_HEAD)
    links = "".join(f"<item><link>{site.url}/a{n}</link></item>" for n in range(2))
    site["/nouvelles.xml"] = Answer(f"<rss><channel>{links}</channel></rss>", type="text/xml")
    for n in range(2):
        site[f"/a{n}"] = page(f"Article numéro {n}")


def test_without_its_route_the_home_page_tells_where_articles_are_listed(scrapy, site):
    _home(site)
    done = scrapy.crawl(site, more=LOST)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(alescrawl.load_articles(scrapy.output)) == 2


def test_where_its_route_is_there_the_home_page_is_not_asked_for(scrapy, site):
    _home(site)
    site["/sitemap.xml"] = sitemap("/a0")
    assert scrapy.crawl(site, more=LOST).returncode == 0
    assert "/" not in {path for path, _ in site.asked}


def test_a_route_that_fails_for_now_is_not_looked_for_elsewhere(scrapy, site):
    _home(site)
    site["/sitemap.xml"] = Answer("panne", status=500)
    assert scrapy.crawl(site, more=LOST).returncode == 1
    assert "/" not in {path for path, _ in site.asked}


def test_a_supposed_listing_that_lists_no_article_does_not_stand_for_the_source(scrapy, site):
    _home(site)
    site["/listing"] = html("<h1>Bienvenue</h1><p>Cette page s'adresse aux visiteurs.</p>")
    done = scrapy.crawl(site, "route=/listing", more=LOST)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(alescrawl.load_articles(scrapy.output)) == 2


@pytest.mark.parametrize(
    ("status", "verdict"), [(500, "broken: no route"), (403, "blocked: the routes were refused")]
)
def test_a_source_of_which_not_even_the_home_page_answers_is_not_well(
    scrapy, site, status, verdict
):
    site["/"] = Answer("non", status=status)
    done = scrapy.crawl(site, more=LOST)
    assert (done.returncode, done.stderr) == (1, "")
    assert f"could not read {site.url}/: HTTP {status}" in done.stdout
    assert f"{verdict}: http_{status}" in done.stdout
