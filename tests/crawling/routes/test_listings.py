"""Listing pages: the articles they name, when these appeared, and where the listing goes on."""

from datetime import UTC, datetime

import pytest
from lxml import html

from alescrawl.crawling.routes.listing import read_listing_route
from alescrawl.crawling.routes.model import Answer, Listing, UnreadableRoute
from alescrawl.crawling.routes.pagination import next_pages
from alescrawl.dataset.ledger.hints import Listed

URL = "https://journal.example/economie"


def read_listing(body, url):
    answer = Answer(Listing(url), body.encode() if isinstance(body, str) else body, url, {})
    return [found for found in read_listing_route(answer) if isinstance(found, Listed)]


def _next(body, url=URL):
    return next(next_pages(html.document_fromstring(body), url), None)


def _page(body):
    menu = (
        '<nav><a href="/">Accueil</a> <a href="/economie">Économie</a>'
        ' <a href="/tag/emploi">#</a></nav>'
    )
    foot = '<footer><a href="/mentions-legales">Mentions légales</a></footer>'
    return f"<html><body>{menu}{body}{foot}</body></html>"


def test_each_article_is_listed_once_with_its_headline_and_date():
    body = _page(
        """<article><a href="/une-usine-recrute-12"><img src="i.jpg"></a>
        <h2><a href="/une-usine-recrute-12">Une usine recrute</a></h2>
        <time datetime="2026-03-03T07:45:00+01:00">mardi</time>
        <a href="/une-usine-recrute-12#comments">3 commentaires</a></article>
        <div class="carte">
        <a href="https://www.journal.example/le-pont-rouvre-demain"><h3>Le pont rouvre</h3></a>
        <p class="carte__date">Publié le 2 mars 2026</p></div>"""
    )
    assert read_listing(body, URL) == [
        Listed(
            "https://journal.example/une-usine-recrute-12",
            published=datetime(2026, 3, 3, 6, 45, tzinfo=UTC),
            title="Une usine recrute",
        ),
        Listed(
            "https://www.journal.example/le-pont-rouvre-demain",
            published=datetime(2026, 3, 1, 23, tzinfo=UTC),
            title="Le pont rouvre",
        ),
    ]


def test_a_card_that_a_script_opens_names_its_article():
    body = _page(
        """<div class="card" data-href="/fr/actualites/les-entreprises-embauchent-moins">
        <h3>Les entreprises embauchent moins</h3><time datetime="2026-03-03T07:45:00+01:00"></time>
        </div><button data-href="#menu">Menu</button><div data-href="javascript:open()">+</div>"""
    )
    assert read_listing(body, URL) == [
        Listed(
            "https://journal.example/fr/actualites/les-entreprises-embauchent-moins",
            published=datetime(2026, 3, 3, 6, 45, tzinfo=UTC),
            title="Les entreprises embauchent moins",
        )
    ]


def test_the_date_of_one_card_is_not_that_of_the_next():
    body = _page(
        '<ul><li><a href="/un-premier-article-long">Un</a></li>'
        '<li><a href="/un-second-article-long">Deux</a>'
        ' <span class="date">2 mars 2026</span></li></ul>'
    )
    first, second = read_listing(body, URL)
    assert first.published is None
    assert second.published == datetime(2026, 3, 1, 23, tzinfo=UTC)


def test_other_sites_and_what_only_leads_elsewhere_on_the_site_are_not_listed():
    body = _page(
        '<a href="https://reseau.example/partager-cette-page-la">Partager</a>'
        '<a href="mailto:a@journal.example">Écrire</a><a href="javascript:void(0)">Menu</a>'
        '<a href="/page/2/">2</a><a href="http://[">?</a>'
    )
    assert read_listing(body, URL) == []


def test_relative_links_follow_the_base_of_the_page():
    body = (
        '<html><head><base href="https://journal.example/"></head><body>'
        '<h2><a href="Une-usine-recrute-douze">Une usine</a></h2></body></html>'
    )
    (entry,) = read_listing(body, "https://journal.example/rubriques/economie")
    assert entry.url == "https://journal.example/Une-usine-recrute-douze"


@pytest.mark.parametrize(("body", "reason"), [(b"", "empty_body"), (b'{"a": 1}', "not_html")])
def test_what_is_no_page_is_refused_by_name(body, reason):
    with pytest.raises(UnreadableRoute) as error:
        read_listing(body, URL)
    assert error.value.reason == reason


@pytest.mark.parametrize(
    ("body", "url", "following"),
    [
        ('<link rel="next" href="/economie/page/2/">', URL, f"{URL}/page/2/"),
        ('<a rel="nofollow next" href="?p=2">x</a>', URL, f"{URL}?p=2"),
        ('<a href="?page=1">Page suivante »</a>', URL, f"{URL}?page=1"),
        (
            '<a href="/page/2/">« Articles plus anciens</a>',
            "https://journal.example/",
            "https://journal.example/page/2/",
        ),
        ('<a href="?page=2" aria-label="Suivant"><svg/></a>', URL, f"{URL}?page=2"),
        ('<a href="?paged=2">2</a> <a href="?paged=9">9</a>', URL, f"{URL}?paged=2"),
        (
            '<a href="/economie">1</a> 2 <a href="/economie/page/3">3</a>',
            f"{URL}/page/2",
            f"{URL}/page/3",
        ),
        ('<a href="?page=0">1</a> <a href="?page=1">2</a>', URL, f"{URL}?page=1"),
        (
            '<a href="?debut_articles=10#pagination_articles">10</a>',
            URL,
            f"{URL}?debut_articles=10",
        ),
        ('<div data-next-url="/economie?cursor=abc"></div>', URL, f"{URL}?cursor=abc"),
        (
            '<button class="btn load-more" data-url="/economie?page=2">+</button>',
            URL,
            f"{URL}?page=2",
        ),
        (
            '<a href="/economie/page/1">«</a> <a href="/economie/page/1" rel="prev">1</a>',
            f"{URL}/page/2",
            None,
        ),
        ('<a href="/une-usine-recrute-douze-personnes">Voir plus</a>', URL, None),
        ('<a href="https://other.example/page/2/" rel="next">Suivant</a>', URL, None),
        ('<a href="#suite">Suivant</a>', URL, None),
        ('<a href="/une-usine-3">3</a>', URL, None),
    ],
)
def test_where_a_listing_goes_on(body, url, following):
    assert _next(_page(body), url) == following
