"""Pages and routes that are not as they should be: counted by name, and nothing else is lost."""

import gzip
import sqlite3
from datetime import UTC, datetime

import pytest
from loopback import Answer, page, sitemap

import alescrawl

BIG = 40 * 1024 * 1024


LATE = Answer("tard", delay=60)


def _crawl_beside_a_good_article(scrapy, site, answer, *more):
    """Crawl a site with one good article and one bad page; return the run's reasons."""
    site["/sitemap.xml"] = sitemap("/a1", "/bad")
    site["/a1"] = page("Un")
    if answer is not None:
        site["/bad"] = answer
    done = scrapy.crawl(site, more=more)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert list(alescrawl.load_articles(scrapy.output).title) == ["Un"]
    (run,) = alescrawl.load_runs(scrapy.output).itertuples()
    assert run.finish_reason == "finished"
    return {reason["name"] for reason in run.reasons}


def _gzip_cut_short():
    whole = gzip.compress(page("Coupé", "Une phrase.\n" * 2000).encode(), 1)
    return Answer(whole[: len(whole) // 2], headers={"Content-Encoding": "gzip"})


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(b""), "page/not_article/empty_body"),
        (Answer(b"  \n "), "page/not_article/empty_body"),
        (Answer(b"%PDF-1.7 \xff\xfe", type="application/pdf"), "page/not_article/not_html"),
        (Answer(b'{"a": 1}', type="application/json"), "page/not_article/not_html"),
        (Answer("<html><h1>Vide</h1><body></body></html>"), "page/not_article/no_text"),
        (None, "page/gone/http_404"),
        (Answer("plus là", status=410), "page/gone/http_410"),
        (Answer("panne", status=500), "page/failed/http_500"),
        (Answer("non", status=403), "page/refused/http_403"),
        (LATE, "page/failed/timeout"),
        (Answer(page("Coupé"), cut=500), "page/failed/cut_short"),
        (_gzip_cut_short(), "page/failed/cut_short"),
        (Answer(headers={"Location": "/bad"}, status=302), "page/failed/redirect_loop"),
        (Answer("x" * BIG), "page/refused/too_large"),
        (
            Answer(gzip.compress(b" " * BIG), headers={"Content-Encoding": "gzip"}),
            "page/refused/too_large",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_page_at_fault_is_counted_under_a_name(scrapy, site, answer, reason):
    more = ("DOWNLOAD_TIMEOUT=5",) if answer is LATE else ()
    assert reason in _crawl_beside_a_good_article(scrapy, site, answer, *more)


def test_a_host_that_refuses_connections_is_named(scrapy, site):
    site["/sitemap.xml"] = sitemap("/a1")
    site["/a1"] = Answer(status=302, headers={"Location": "http://127.0.0.1:9/a"})
    done = scrapy.crawl(site, "also=http://127.0.0.1:9/")
    assert "robots.txt cannot be read (connection refused)" in done.stdout
    assert done.returncode == 0, "it is not the host of the source"


def test_broken_json_ld_is_counted_and_the_rest_of_the_page_is_read(scrapy, site):
    site["/sitemap.xml"] = sitemap("/a1")
    broken = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": </script>'
    site["/a1"] = page("Un", head=broken)
    assert "json ld broken 1" in scrapy.crawl(site).stdout
    assert list(alescrawl.load_articles(scrapy.output).title) == ["Un"]


def test_a_date_in_the_future_is_no_date(scrapy, site):
    site["/sitemap.xml"] = sitemap("/a1")
    site["/a1"] = page("Un", published=f"{datetime.now(UTC).year + 1}-12-31T00:00:00Z")
    assert "published in future 1" in scrapy.crawl(site).stdout
    (article,) = alescrawl.load_articles(scrapy.output).itertuples()
    assert article.published is not None
    assert str(article.published) == "NaT"


def test_a_wrong_charset_and_invalid_utf_8_do_not_lose_the_article(scrapy, site):
    site["/sitemap.xml"] = sitemap("/a1", "/a2")
    body = page("Été à Alès", "Où l'été passe à Alès.")
    site["/a1"] = Answer(body.encode(), type="text/html; charset=ascii")
    site["/a2"] = Answer(page("Deux", "Du caf\udce9 froid.").encode("utf-8", "surrogateescape"))
    scrapy.crawl(site)
    titles = set(alescrawl.load_articles(scrapy.output).title)
    assert titles == {"Été à Alès", "Deux"}


def test_two_pages_with_one_canonical_url_are_one_article(scrapy, site):
    site["/sitemap.xml"] = sitemap("/a-imprimer", "/a1")
    link = '<link rel="canonical" href="{root}/a1">'
    site["/a-imprimer"] = page("Un, version à imprimer", head=link)
    site["/a1"] = page("Un", head=link)
    assert "duplicate" in scrapy.crawl(site).stdout
    (article,) = alescrawl.load_articles(scrapy.output).itertuples()
    assert (article.title, article.revision) == ("Un", 1), "the page at that address speaks for it"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer("<html><body>Bonjour</body></html>"), "not a feed"),
        (Answer("du texte"), "not XML"),
        (Answer(""), "empty answer"),
        (None, "HTTP 404"),
    ],
)
def test_a_feed_that_is_none_is_named_and_fails_the_run(scrapy, site, answer, words):
    if answer is not None:
        site["/feed.xml"] = answer
    done = scrapy.crawl(site, "route=/feed.xml")
    assert f"could not read {site.url}/feed.xml: {words}" in done.stdout
    assert done.returncode == 1


def test_a_sitemap_that_lists_itself_ends(scrapy, site):
    ns = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    site["/sitemap.xml"] = (
        f"<sitemapindex {ns}><sitemap><loc>{{root}}/sitemap.xml</loc></sitemap>"
        f"<sitemap><loc>{{root}}/articles.xml</loc></sitemap></sitemapindex>"
    )
    site["/articles.xml"] = sitemap("/a1")
    site["/a1"] = page("Un")
    assert scrapy.crawl(site).returncode == 0
    (run,) = alescrawl.load_runs(scrapy.output).itertuples()
    assert {"name": "route/repeated", "count": 1} in run.reasons
    assert run.new == 1


def test_a_failed_page_is_tried_again_another_day(scrapy, site):
    site["/sitemap.xml"] = sitemap("/a1")
    site["/a1"] = Answer("panne", status=503)
    scrapy.crawl(site)
    site["/a1"] = page("Un")
    scrapy.crawl(site)
    assert site.article_paths() == ["/a1"], "not at once"
    with sqlite3.connect(scrapy.output / "ledger.sqlite") as db:
        db.execute("UPDATE urls SET next_check = '2026-01-01T00:00:00+00:00'")
    scrapy.crawl(site)
    assert list(alescrawl.load_articles(scrapy.output).title) == ["Un"]


def test_articles_of_other_hosts_and_impossible_dates_are_counted_and_the_run_goes_on(scrapy, site):
    site["/a1"] = page("Le bon article")
    site["/feed"] = Answer(
        "<rss><channel><item><link>https://other.example/a2</link></item><item><link>/a1</link>"
        "<pubDate>Tue, 03 Mar 2093 07:45:00 +0100</pubDate><title>Le bon</title></item></channel>"
        "</rss>",
        type="text/xml",
    )
    scrapy.crawl(site, "route=/feed", "host=127.0.0.1")
    (run,) = alescrawl.load_runs(scrapy.output).itertuples()
    assert {"name": "route/other_host", "count": 1} in run.reasons
    assert {"name": "route/problem/absurd_date", "count": 1} in run.reasons
    assert run.new == 1
