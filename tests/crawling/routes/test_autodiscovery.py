"""From a home page to the routes that may list the articles of its site."""

import pytest

from alescrawl.crawling.routes.autodiscovery import (
    HomePage,
    candidate_routes,
    recognised_systems,
    section_links,
    site_name,
)
from alescrawl.crawling.routes.model import Feed, Sitemap, WordPressRest
from alescrawl.extraction.page.page import Page

URL = "https://www.journal.example/"


def _home(head="", body="<p>Bonjour</p>", **headers):
    html = f"<html><head>{head}</head><body>{body}</body></html>"
    return HomePage(Page.from_html(html, URL).tree, URL, headers)


def _feed(href, title="Flux", kind="application/rss+xml"):
    return f"<link rel='alternate' type='{kind}' title='{title}' href='{href}'>"


def _seen(routes):
    return [route for route in routes if route.status == "seen"]


def test_feeds_that_the_head_declares_come_first_and_are_absolute():
    head = (
        _feed("/feed/")
        + _feed("atom.xml", kind="application/atom+xml")
        + _feed("/articles.json", kind="application/feed+json")
    )
    assert _seen(candidate_routes(_home(head), "")) == [
        Feed(f"{URL}feed/"),
        Feed(f"{URL}atom.xml"),
        Feed(f"{URL}articles.json"),
    ]


@pytest.mark.parametrize(
    "link",
    [
        _feed("/comments/feed/", "Le Journal » Flux des commentaires"),
        _feed("/feed/podcast/", "Podcast"),
        _feed("/wp-json/oembed/1.0/embed?url=x&format=xml", "oEmbed", "text/xml+oembed"),
        _feed("/agenda.rss", "Agenda"),
        _feed("http://[broken/feed"),
        "<link rel='alternate' hreflang='en' href='/en/'>",
        "<link rel='alternate' type='application/xml' href='/wlwmanifest.xml'>",
    ],
)
def test_what_lists_no_articles_is_no_route(link):
    assert _seen(candidate_routes(_home(link), "")) == []


def test_the_rest_interface_is_found_in_head_and_header():
    rest = WordPressRest(f"{URL}wp-json/wp/v2/posts")
    assert rest in candidate_routes(_home("<link rel='https://api.w.org/' href='/wp-json/'>"), "")
    header = f'<{URL}wp-json/>; rel="https://api.w.org/"'
    assert rest in candidate_routes(_home(link=header), "")
    plain = f"<link rel='https://api.w.org/' href='{URL}index.php?rest_route=/'>"
    address = f"{URL}index.php?rest_route=/wp/v2/posts"
    assert WordPressRest(address) in candidate_routes(_home(plain), "")


def test_robots_txt_names_sitemaps_and_then_no_other_is_tried():
    robots = (
        f"User-agent: *\nDisallow: /x\nsitemap: {URL}s1.xml\n Sitemap: {URL}s2.xml.gz\nSitemap: x"
    )
    sitemaps = [r for r in candidate_routes(_home(), robots) if isinstance(r, Sitemap)]
    assert sitemaps == [Sitemap(f"{URL}s1.xml"), Sitemap(f"{URL}s2.xml.gz")]


@pytest.mark.parametrize(
    "named",
    ["/plan.xml", "//www.journal.example/plan.xml", "<https://www.journal.example/plan.xml>"],
)
def test_a_sitemap_in_robots_txt_may_be_relative_or_in_brackets(named):
    routes = candidate_routes(_home(), f"User-agent: *\nSitemap: {named}\n")
    assert Sitemap(f"{URL}plan.xml") in routes


@pytest.mark.parametrize(
    ("head", "headers", "system", "feed"),
    [
        ("<meta name='generator' content='WordPress 6.1.1'>", {}, "wordpress", "feed/"),
        ("<link rel='stylesheet' href='/wp-content/x.css'>", {}, "wordpress", "feed/"),
        ("", {"composed-by": "SPIP 4.4.0"}, "spip", "spip.php?page=backend"),
        ("", {"x-drupal-cache": "HIT"}, "drupal", "rss.xml"),
        ("<meta name='Generator' content='Drupal 10'>", {}, "drupal", "rss.xml"),
        ("<meta name='generator' content='Ghost 5.2'>", {}, "ghost", "rss/"),
        ("<meta name='generator' content='Dotclear'>", {}, "dotclear", "feed/atom"),
        ("", {}, "any", "feed/"),
    ],
)
def test_the_usual_places_of_a_system_are_only_conventions(head, headers, system, feed):
    home = _home(head, **headers)
    assert recognised_systems(home) == [system]
    routes = candidate_routes(home, "")
    assert Feed(URL + feed, "convention") in routes
    assert _seen(routes) == []


def test_a_feed_that_is_declared_spares_the_usual_places():
    head = "<meta name='generator' content='WordPress'>" + _feed("/actu/feed/")
    feeds = [r for r in candidate_routes(_home(head), "") if isinstance(r, Feed)]
    assert feeds == [Feed(f"{URL}actu/feed/")]


def test_links_to_feeds_in_the_footer_are_tried_last():
    body = (
        "<footer><a href='/economie/rss.xml'>Économie</a><a href='/syndication-2'>Flux RSS</a>"
        "<a href='https://autre.example/feed/'>RSS</a><a href='/comments/feed/'>RSS</a></footer>"
    )
    routes = candidate_routes(_home(_feed("/feed/"), body), "")
    assert [route.url for route in routes[-2:]] == [
        f"{URL}economie/rss.xml",
        f"{URL}syndication-2",
    ]


def test_sections_are_what_the_menus_name():
    body = (
        "<nav><a href='/'>Accueil</a><a href='/economie/'>Économie</a>"
        "<a href='/contact'>Contact</a>"
        "<a href='/category/emploi/'>Emploi</a><a href='/economie/#haut'>Éco</a></nav>"
        "<div class='menu-principal'><a href='/sport'>Sport</a>"
        "<a href='https://autre.example/a'>A</a></div><p><a href='/ailleurs'>Ailleurs</a></p>"
        "<nav><a href='/page/2/'>2</a></nav>"
        "<header><a href='/une-usine-recrute-a-ales'>Une usine</a></header>"
    )
    assert section_links(_home(body=body)) == [
        f"{URL}economie/",
        f"{URL}category/emploi/",
        f"{URL}sport",
    ]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Le Journal d'Alzenac – Un site d'actualité", "Le Journal d'Alzenac"),
        ("Accueil - Journal", "Journal"),
        ("L'info du bassin | Journal", "Journal"),
        ("Le Courrier inventé", "Le Courrier inventé"),
        ("Accueil", None),
        ("Toute l'info du bassin - En continu", None),
        ("Toute l'information économique du bassin en continu et en direct", None),
        ("", None),
    ],
)
def test_the_name_of_a_site_is_read_from_its_title_and_not_guessed(title, name):
    head = f"<title>{title}</title>" + _feed("/feed/", "Le Journal d’Alzenac » Flux")
    assert site_name(_home(head)) == name
