"""What one crawl after another makes of a site."""

import sqlite3
import subprocess
from datetime import UTC, datetime

import pandas as pd
import pytest
from loopback import Answer, page, sitemap
from scrapy_command import ROOT

import alescrawl
from alescrawl.dataset.folder import Folder


def test_a_second_crawl_adds_no_row_and_asks_for_no_article_again(scrapy, site):
    site["/sitemap.xml"] = sitemap("/a1", "/a2")
    site["/a1"], site["/a2"] = page("Un"), page("Deux")
    assert scrapy.crawl(site).returncode == 0
    assert sorted(site.article_paths()) == ["/a1", "/a2"]
    assert scrapy.crawl(site).returncode == 0
    assert sorted(site.article_paths()) == ["/a1", "/a2"]
    assert list(alescrawl.load_articles(scrapy.output).sort_values("title").title) == ["Deux", "Un"]


def test_a_changed_article_becomes_revision_2_and_the_old_text_is_kept(scrapy, site):
    site["/sitemap.xml"] = sitemap(("/a1", "2026-01-01T10:00:00Z"))
    site["/a1"] = page("Un", "Trente emplois sont créés.")
    scrapy.crawl(site)
    site["/sitemap.xml"] = sitemap(("/a1", "2026-01-02T10:00:00Z"))
    site["/a1"] = page("Un", "Quarante emplois sont créés.")
    assert "changed" in scrapy.crawl(site).stdout
    (article,) = alescrawl.load_articles(scrapy.output).itertuples()
    assert article.revision == 2
    assert "Quarante" in article.text
    (old,) = pd.read_parquet(scrapy.output / "revisions").itertuples()
    assert (old.revision, "Trente" in old.text) == (1, True)
    assert old.first_seen == article.first_seen


def test_a_listed_change_without_new_words_is_asked_for_politely_and_changes_nothing(scrapy, site):
    site["/sitemap.xml"] = sitemap(("/a1", "2026-01-01T10:00:00Z"))
    site["/a1"] = Answer(page("Un"), headers={"ETag": '"v1"'})
    scrapy.crawl(site)
    before = pd.read_parquet(scrapy.output / "articles")
    site["/sitemap.xml"] = sitemap(("/a1", "2026-01-02T10:00:00Z"))
    scrapy.crawl(site)
    assert site.conditional == ["/a1"]
    pd.testing.assert_frame_equal(pd.read_parquet(scrapy.output / "articles"), before)


def test_full_asks_for_everything_again(scrapy, site):
    site["/sitemap.xml"] = sitemap("/a1")
    site["/a1"] = Answer(page("Un"), headers={"ETag": '"v1"'})
    scrapy.crawl(site)
    scrapy.crawl(site, "full=1")
    assert site.article_paths() == ["/a1", "/a1"]
    assert site.conditional == []


def test_robots_txt_is_obeyed_and_what_it_forbids_is_counted(scrapy, site):
    site["/robots.txt"] = "User-agent: alescrawl\nDisallow: /a-prive\n"
    site["/sitemap.xml"] = sitemap("/a-prive", "/a1")
    site["/a1"] = site["/a-prive"] = page("Un")
    site["/a1"], site["/a-prive"] = page("Un"), page("Privé")
    assert "robots.txt forbids it 1" in scrapy.crawl(site).stdout
    assert site.article_paths() == ["/a1"]


def test_the_user_agent_is_honest_and_carries_the_contact(scrapy, site):
    site["/sitemap.xml"] = sitemap("/a1")
    scrapy.crawl(site, more=("ALESCRAWL_CONTACT=chez@nous.example",))
    (agent,) = site.agents
    assert agent.startswith("alescrawl/")
    assert "+chez@nous.example" in agent


def test_since_and_until_choose_by_the_date_of_publication(scrapy, site):
    site["/sitemap.xml"] = sitemap("/a1", "/a2", "/a3", ("/a4", "2019-06-01"))
    site["/a1"] = page("Avant", published="2019-12-31T12:00:00Z")
    site["/a2"] = page("Dedans", published="2020-01-01")
    site["/a3"] = page("Apres", published="2020-12-31T23:00:00Z")
    site["/a4"] = page("Jamais", published="2019-05-01T00:00:00Z")
    scrapy.crawl(site, "since=2020-01-01", "until=2021-01-01")
    assert list(alescrawl.load_articles(scrapy.output).title) == ["Dedans"]
    assert "/a4" not in site.article_paths(), "an article last modified before since is not asked"


def test_a_wider_period_later_gets_what_lay_outside_the_first(scrapy, site):
    site["/sitemap.xml"] = sitemap("/a1", "/a2")
    site["/a1"] = Answer(page("Vieux", published="2012-05-05T12:00:00Z"), headers={"ETag": '"v1"'})
    site["/a2"] = page("Neuf", published="2026-03-03T12:00:00Z")
    scrapy.crawl(site, "since=2026-01-01")
    scrapy.crawl(site, "since=2026-01-01")
    assert site.article_paths().count("/a1") == 1, "what lies outside is not asked for every day"
    scrapy.crawl(site, "since=2012-01-01")
    assert set(alescrawl.load_articles(scrapy.output).title) == {"Vieux", "Neuf"}


def test_limit_takes_the_newest(scrapy, site):
    site["/sitemap.xml"] = Answer(
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
        + "".join(
            f"<url><loc>{{root}}/a{day}</loc><news:news><news:title>Jour {day}</news:title>"
            f"<news:publication_date>2026-03-{day:02}</news:publication_date></news:news></url>"
            for day in range(1, 10)
        )
        + "</urlset>"
    )
    for day in range(1, 10):
        site[f"/a{day}"] = page(f"Jour {day}")
    scrapy.crawl(site, "limit=2")
    assert set(site.article_paths()) == {"/a9", "/a8"}


def test_a_date_that_only_the_route_knows_is_taken_and_says_so(scrapy, site):
    site["/feed.xml"] = (
        "<rss><channel><item><title>Un</title><link>{root}/a1?utm_source=rss</link>"
        "<pubDate>Tue, 03 Mar 2026 07:45:00 +0100</pubDate></item></channel></rss>"
    )
    site["/a1"] = page("Un")
    scrapy.crawl(site, "route=/feed.xml")
    (article,) = alescrawl.load_articles(scrapy.output).itertuples()
    assert article.published == pd.Timestamp("2026-03-03T06:45:00Z")
    assert article.provenance["published"] == "feed"


def test_a_line_that_the_source_repeats_is_removed(scrapy, site):
    site["/sitemap.xml"] = sitemap("/a1")
    site["/a1"] = page("Un", "Une phrase de texte, assez longue.\nLire aussi dans notre journal")
    scrapy.crawl(site)
    (article,) = alescrawl.load_articles(scrapy.output).itertuples()
    assert "Lire aussi" not in article.text
    assert article.publisher == "Le Journal inventé"


def test_a_page_reserved_by_a_header_gives_a_row_without_text(scrapy, site):
    site["/sitemap.xml"] = sitemap("/a1", "/a2")
    site["/a1"] = Answer(page("Un"), headers={"tdm-reservation": "1"})
    site["/a2"] = Answer(page("Deux"), headers={"X-Robots-Tag": "noai"})
    assert "reserved" in scrapy.crawl(site).stdout
    articles = alescrawl.load_articles(scrapy.output).set_index("title")
    assert list(articles.text.isna()) == [True, True]
    assert articles.loc["Un"].rights_signals == ["header tdm-reservation=1"]


def test_an_address_that_is_none_costs_nothing_but_itself(scrapy, site):
    site["/sitemap.xml"] = sitemap("/a1", ":abc/x")
    site["/feed.xml"] = (
        "<rss><channel><item><link>http://journal.example:abc/x</link></item>"
        "<item><link>{root}/a1</link></item></channel></rss>"
    )
    site["/a1"] = page("Un")
    for route in ("/sitemap.xml", "/feed.xml"):
        done = scrapy.crawl(site, f"route={route}")
        assert (done.returncode, done.stderr) == (0, "")
    assert list(alescrawl.load_articles(scrapy.output).title) == ["Un"]


def test_an_article_behind_a_redirect_is_looked_at_once_when_its_time_comes(scrapy, site):
    site["/sitemap.xml"] = sitemap("/a1")
    site["/a1"] = Answer(status=301, headers={"Location": "/a2"})
    site["/a2"] = page("Un", published=datetime.now(UTC).isoformat())
    scrapy.crawl(site)
    with sqlite3.connect(scrapy.output / "ledger.sqlite") as db:
        db.execute("UPDATE urls SET next_check = '2026-01-01T00:00:00+00:00' WHERE next_check > ''")
    scrapy.crawl(site)
    assert site.article_paths() == ["/a1", "/a2"] * 2


def test_two_processes_that_publish_do_not_put_an_old_state_over_a_new_one(scrapy, site):
    site["/sitemap.xml"] = sitemap(*(f"/a{n}" for n in range(8)))
    for n in range(8):
        site[f"/a{n}"] = page(f"Article {n}")
    scrapy.crawl(site)
    folder = Folder(scrapy.output)
    with folder.publishing():
        words = ("crawl", "urls", "-a", f"urls={site.url}/a1")
        other = subprocess.Popen(scrapy.command(*words), cwd=ROOT, env=scrapy.environment())
        with pytest.raises(subprocess.TimeoutExpired):
            other.wait(timeout=4)
    assert other.wait(timeout=30) == 0
