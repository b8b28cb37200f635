"""An article whose page disappears keeps its row, which says since when; or it shows another."""

import pandas as pd
import pytest
from loopback import Answer, page, sitemap

import alescrawl

TEXT = "Trente emplois sont créés dans la vallée du Gardon.\nLe maire se réjouit de la nouvelle."
ERROR = (
    "<html><title>Page introuvable</title><h1>Page introuvable</h1><p>La page demandée n'existe"
    " plus ou a changé d'adresse.</p><p>Revenez à la page d'accueil pour la chercher.</p></html>"
)
DATED_ERROR = ERROR.replace(
    "<title>",
    '<meta property="og:type" content="article">'
    '<meta property="article:published_time" content="2026-01-05T10:00:00Z"><title>',
)
HOME = (
    '<html><head><title>Le journal du pays</title><link rel="canonical" href="{root}/"></head>'
    "<body><h1>Le journal du pays</h1><p>La foire aux oignons attire les foules cet automne.</p>"
    "<p>Trente emplois sont créés, lire la suite.</p><p>Un concert sera donné samedi.</p></body>"
)


@pytest.fixture
def crawl(scrapy, site):
    """Crawl a site with one article, then let each further run ask for it again."""
    site["/sitemap.xml"] = sitemap("/a1")
    site["/a1"] = page("Une usine ouvre", TEXT)
    assert scrapy.crawl(site).returncode == 0
    # Undated articles are asked for again only on a sign: this stands for any. Signs are told
    # apart to the second, and two runs may be within one.
    begun = pd.Timestamp.now("UTC") - pd.Timedelta(minutes=1)
    signs = (begun + pd.Timedelta(seconds=number) for number in range(60))

    def again(**span):
        scrapy.pass_time(**span)
        site["/sitemap.xml"] = sitemap(("/a1", next(signs).isoformat()))
        return scrapy.crawl(site)

    return again


def _article(scrapy):
    (article,) = alescrawl.load_articles(scrapy.output).itertuples()
    return article


@pytest.mark.parametrize("status", [404, 410])
def test_what_is_gone_twice_half_a_day_apart_is_marked_and_kept(scrapy, site, crawl, status):
    site["/a1"] = Answer("", status=status)
    crawl(hours=1)
    assert pd.isna(_article(scrapy).gone_since), "once may be a mishap"
    crawl(hours=1)
    assert pd.isna(_article(scrapy).gone_since), "an hour later it still may be"
    done = crawl(hours=13)
    assert "gone" in done.stdout
    article = _article(scrapy)
    assert "Trente emplois" in article.text
    missing = pd.Timestamp.now("UTC") - article.gone_since
    assert pd.Timedelta(hours=13) < missing < pd.Timedelta(hours=15), "since it was first missing"


def test_what_is_found_again_is_no_longer_gone(scrapy, site, crawl):
    good = site.pages["/a1"]
    site["/a1"] = Answer("", status=410)
    crawl(hours=1)
    crawl(hours=13)
    assert pd.notna(_article(scrapy).gone_since)
    site["/a1"] = good
    crawl(days=2)
    article = _article(scrapy)
    assert pd.isna(article.gone_since)
    assert article.revision == 1


def test_a_failure_in_between_proves_nothing_but_an_answer_does(scrapy, site, crawl):
    good = site.pages["/a1"]
    site["/a1"] = Answer("", status=404)
    crawl(hours=1)
    site["/a1"] = Answer("", status=500)
    crawl(hours=10)
    site["/a1"] = good
    crawl(hours=10)
    site["/a1"] = Answer("", status=404)
    crawl(hours=10)
    assert pd.isna(_article(scrapy).gone_since)


def test_an_article_that_leads_to_the_home_page_is_gone_under_that_name(scrapy, site, crawl):
    site["/"] = page("Le journal du jour", "Une nouvelle.\nUne autre nouvelle du pays.")
    site["/a1"] = Answer("", status=302, headers={"Location": "/"})
    assert "redirected to the home page 1" in crawl(hours=1).stdout
    crawl(hours=13)
    article = _article(scrapy)
    assert pd.notna(article.gone_since)
    assert article.title == "Une usine ouvre"


def test_what_is_gone_is_asked_for_ever_more_rarely(scrapy, site, crawl):
    site["/a1"] = Answer("", status=404)
    waits = []
    for _ in range(3):
        crawl(days=20)
        waits += scrapy.ledger("SELECT julianday(next_check) - julianday(fetched_at) FROM urls")
    assert [round(wait, 1) for (wait,) in waits] == [0.5, 1, 2]


@pytest.mark.parametrize(
    ("answer", "words"),
    [(ERROR, ""), (HOME, ""), (DATED_ERROR, "another page than the article's 1")],
    ids=["error page", "home page", "error page like an article"],
)
def test_another_page_at_its_address_does_not_overwrite_it(scrapy, site, crawl, answer, words):
    before = _article(scrapy)
    site["/a1"] = answer
    stdout = crawl(hours=1).stdout
    assert "no article      1" in stdout
    assert words in stdout
    assert _article(scrapy) == before
    ((status, next_check),) = scrapy.ledger("SELECT status, next_check FROM urls")
    assert (status, bool(next_check)) == ("not_article", True)


@pytest.mark.parametrize("answer", [Answer(""), "<html><body></body></html>"])
def test_an_empty_page_does_not_overwrite_it(scrapy, site, crawl, answer):
    before = _article(scrapy)
    site["/a1"] = answer
    crawl(hours=1)
    assert _article(scrapy) == before


def test_a_text_that_was_really_shortened_is_a_revision(scrapy, site, crawl):
    site["/a1"] = page("Une usine ouvre", "Trente emplois sont créés dans la vallée du Gardon.")
    crawl(hours=1)
    article = _article(scrapy)
    assert article.revision == 2
    assert "maire" not in article.text


def test_a_rewritten_article_under_a_new_title_is_a_revision(scrapy, site, crawl):
    site["/a1"] = page("Le maire réagit", f"Il a parlé ce matin à la presse.\n{TEXT}")
    crawl(hours=1)
    assert _article(scrapy).revision == 2
