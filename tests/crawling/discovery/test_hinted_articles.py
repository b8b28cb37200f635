"""What routes say about an article completes it where its page says nothing, and only there."""

from datetime import UTC, datetime

import pytest
from loopback import Answer, page, sitemap
from scrapy_command import FAST

import alescrawl
from alescrawl.crawling.discovery.route_hints import complete
from alescrawl.items import Article, Paragraph

BARE = (
    "<html><head><title>Une usine recrute à Valmourgue</title></head><body><article>"
    "<h1>Une usine recrute à Valmourgue</h1><p>Douze postes sont à pourvoir cet automne.</p>"
    "<p>La direction de l'usine inventée compte sur le bouche-à-oreille pour les trouver.</p>"
    "</article></body></html>"
)


def _feed(*items):
    return Answer(f"<rss><channel>{''.join(items)}</channel></rss>", type="text/xml")


def _item(path, *, date="Tue, 03 Mar 2026 07:45:00 +0100", more=""):
    return f"<item><link>{{root}}{path}</link><pubDate>{date}</pubDate>{more}</item>"


def test_a_feed_says_who_wrote_when_under_which_terms_and_what_leads(scrapy, site):
    site["/a1"] = BARE
    site["/feed"] = _feed(
        _item(
            "/a1",
            more="<author>Inès Fabre</author><category>Emploi</category>"
            "<description>Douze postes sont à pourvoir cet automne.</description>",
        )
    )
    scrapy.crawl(site, "route=/feed")
    (article,) = alescrawl.load_articles(scrapy.output).itertuples()
    assert article.published.isoformat() == "2026-03-03T06:45:00+00:00"
    assert (list(article.authors), list(article.tags)) == (["Inès Fabre"], ["Emploi"])
    assert article.lead == "Douze postes sont à pourvoir cet automne."
    assert [p["kind"] for p in article.paragraphs] == ["lead", "paragraph"]
    told = dict(article.provenance)
    assert {told[n] for n in ("published", "authors", "tags", "lead")} == {"feed"}
    assert told["title"] != "feed"


def test_the_page_is_believed_before_the_feed(scrapy, site):
    site["/a1"] = page("Un titre de page", published="2026-03-02T09:00:00+01:00")
    site["/feed"] = _feed(_item("/a1", more="<title>Un autre</title>"))
    scrapy.crawl(site, "route=/feed")
    (article,) = alescrawl.load_articles(scrapy.output).itertuples()
    assert article.title == "Un titre de page"
    assert article.published.isoformat() == "2026-03-02T08:00:00+00:00"


def _hinted(published, precision, problems, hint):
    article = Article(
        url="https://paper.example/a",
        published=published,
        published_precision=precision,
        problems=problems,
        provenance={"published": "generic"},
    )
    complete(article, {"published": (hint, "feed")})
    return article


def test_a_route_is_believed_before_a_date_that_stands_away_from_the_title():
    wrong = datetime(2026, 2, 1, 10, 0, tzinfo=UTC)
    article = _hinted(wrong, "minute", ["published_apart"], "2026-03-03T06:45:00Z")
    assert article.published == datetime(2026, 3, 3, 6, 45, tzinfo=UTC)
    assert (article.provenance["published"], article.problems) == ("feed", [])


def test_a_route_gives_the_hour_of_the_day_that_the_page_prints():
    day = datetime(2026, 3, 2, 23, 0, tzinfo=UTC)
    article = _hinted(day, "day", [], "2026-03-03T06:45:00Z")
    assert (article.published, article.published_precision) == (
        datetime(2026, 3, 3, 6, 45, tzinfo=UTC),
        "second",
    )


def test_a_route_does_not_change_the_day_that_the_page_prints():
    day = datetime(2026, 3, 2, 23, 0, tzinfo=UTC)
    assert _hinted(day, "day", [], "2026-03-04T06:45:00Z").published == day
    assert _hinted(day, "minute", [], "2026-03-03T06:45:00Z").published == day


@pytest.mark.parametrize(
    "date", ["Tue, 03 Mar 2093 07:45:00 +0100", "Thu, 01 Jan 1970 00:00:00 +0000", "hier"]
)
def test_a_date_that_cannot_be_is_no_hint(scrapy, site, date):
    site["/a1"] = BARE
    site["/feed"] = _feed(_item("/a1", date=date, more="<title>Une usine</title>"))
    scrapy.crawl(site, "route=/feed")
    (article,) = alescrawl.load_articles(scrapy.output).itertuples()
    assert str(article.published) == "NaT"


def _article(*texts, **more):
    article = Article(fetched_at=datetime(2026, 3, 4, tzinfo=UTC), **more)
    article.set_paragraphs([Paragraph("paragraph", text) for text in texts])
    return article


@pytest.mark.parametrize(
    "excerpt",
    ["Douze postes sont à pourvoir cet […]", "Douze postes sont… Lire la suite", "sont à pourvoir"],
)
def test_an_excerpt_that_was_cut_out_of_the_text_is_no_lead(excerpt):
    article = _article("Douze postes sont à pourvoir cet automne.", "Et la suite.")
    complete(article, {"excerpt": (excerpt, "rest")})
    assert article.lead is None


def test_an_excerpt_that_the_page_does_not_print_is_a_lead_beside_the_text():
    article = _article("Le texte commence ici.", "Et la suite.")
    complete(article, {"excerpt": ("Ce que l'article raconte, en une phrase.", "rest")})
    assert article.lead == "Ce que l'article raconte, en une phrase."
    assert article.text == "Le texte commence ici.\n\nEt la suite."


def test_the_words_of_a_reserved_article_are_not_taken_from_its_feed():
    article = _article(tdm_reserved=True)
    complete(article, {"excerpt": ("Une phrase réservée.", "feed"), "title": ("Titre", "feed")})
    assert (article.title, article.lead) == ("Titre", None)


def test_a_date_after_the_page_was_fetched_is_not_taken():
    article = _article("Un texte.")
    complete(article, {"published": ("2026-03-05T06:45:00+00:00", "feed")})
    assert article.published is None


def test_a_title_of_a_route_is_part_of_what_the_hash_is_made_of():
    one, two = _article("Un texte."), _article("Un texte.", title="Le titre")
    complete(one, {"title": ("Le titre", "feed")})
    two.set_paragraphs(two.paragraphs)
    assert one.content_hash == two.content_hash


def test_an_article_is_read_once_all_routes_have_told_of_it(scrapy, site):
    site["/1"] = page("Une usine ouvre", published="2026-11-20T08:00:00Z")
    site["/sitemap.xml"] = sitemap("/1")
    item = f"<item><link>{site.url}/1</link><category>vigne</category></item>"
    feed = f"<rss version='2.0'><channel><title>x</title>{item}</channel></rss>"
    site["/feed"] = Answer(feed, type="application/rss+xml", delay=1.0)
    settings = (*FAST, "SPIDER_MODULES=sources.two_routes")
    root = f"root={site.url}"
    scrapy.run("crawl", "two_routes", "-a", root, settings=settings)
    (article,) = alescrawl.load_articles(scrapy.output).itertuples()
    assert article.tags == ["vigne"]


@pytest.mark.parametrize("first", ["/a1/amp", "/a1?print=print-search"])
def test_a_rendering_that_a_route_lists_first_is_not_asked_for_where_the_page_is_listed_too(
    scrapy, site, first
):
    site["/a1"] = BARE
    site["/feed"] = _feed(_item(first), _item("/a1"))
    scrapy.crawl(site, "route=/feed")
    assert site.article_paths() == ["/a1"]
