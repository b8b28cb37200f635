"""What a page says it is, and what it looks like where it does not say."""

import pytest
from lxml import etree

from alescrawl.crawling.pages.kinds import stated_kind
from alescrawl.crawling.pages.shapes import read_shape, seen_kind
from alescrawl.extraction.page.page import Page

URL = "https://journal.example/une-usine-recrute-a-ales"
TEXT = "<p>" + "Une phrase inventée dit ce que fait cette usine du bassin d'Alès. " * 12 + "</p>"


def _tree(html):
    return Page.from_html(html, URL).tree


def _kind(html, title=None):
    return stated_kind(_tree(html), title)


def _rest(path):
    return (
        f"<link rel='alternate' type='application/json' href='https://x.fr/wp-json/wp/v2/{path}'>"
    )


@pytest.mark.parametrize(
    ("body_class", "kind"),
    [
        ("single single-post postid-4 category-3", "article"),
        ("page-template-default page page-id-2", "page"),
        ("single single-tribe_events postid-4", "page"),
        ("single single-actualite postid-4", None),
        ("attachment single single-attachment postid-9 attachmentid-9", "attachment"),
        ("archive category category-economie category-3", "listing"),
        ("archive author author-jb author-2", "author"),
        ("archive date", "listing"),
        ("home blog hfeed", "listing"),
        ("error404 hfeed", "error"),
        ("pas_surlignable page_article", "article"),
        ("page_rubrique", "listing"),
        ("page_sommaire", "home"),
        ("post-template tag-hash", "article"),
        ("page-template", "page"),
        ("tag-template", "tag"),
        ("path-node page-node-type-article", "article"),
        ("path-node page-node-type-page", "page"),
        ("path-taxonomy", "tag"),
        ("site com_content view-article", "article"),
        ("dark-mode", None),
    ],
)
def test_the_body_class_of_a_system_says_it(body_class, kind):
    assert _kind(f"<html><body class='{body_class}'>{TEXT}</body></html>") == kind


@pytest.mark.parametrize(
    ("path", "kind"),
    [("posts/4", "article"), ("pages/2", "page"), ("media/9", "attachment"), ("users/1", "author")],
)
def test_the_rest_link_of_wordpress_says_it(path, kind):
    assert _kind(f"<html><head>{_rest(path)}</head><body>{TEXT}</body></html>") == kind


def test_the_rest_link_goes_before_a_class():
    html = f"<html><head>{_rest('posts/4')}</head><body class='archive'>{TEXT}</body></html>"
    assert _kind(html) == "article"


def test_a_post_behind_a_password_is_no_article():
    form = "<form class='post-password-form'><input name='post_password' type='password'></form>"
    assert _kind(f"<body class='single-post'><h1>Protégé : Un plan</h1>{form}") == "protected"


def _json_ld(text):
    return f"<head><script type='application/ld+json'>{text}</script></head><body>{TEXT}</body>"


def test_structured_data_say_it():
    assert _kind(_json_ld('{"@type": "NewsArticle", "headline": "Une usine"}')) == "article"
    assert _kind(_json_ld('{"@graph": [{"@type": ["WebPage", "CollectionPage"]}]}')) == "listing"
    assert _kind(_json_ld('{"@type": "ProfilePage"}')) == "author"
    both = '{"@graph": [{"@type": "CollectionPage"}, {"@type": "NewsArticle"}]}'
    assert _kind(_json_ld(both)) == "article"
    several = '[{"@type": "NewsArticle"}, {"@type": "NewsArticle"}]'
    assert _kind(_json_ld(several)) is None


def test_what_a_page_promotes_is_not_what_it_is():
    paid = '{"@type": "NewsArticle", "isPartOf": {"@type": ["CreativeWork", "Product"]}}'
    assert _kind(_json_ld(paid)) == "article"


def test_a_legal_notice_written_as_an_article_is_none():
    html = f"<body class='page_article'><h1>Mentions légales</h1>{TEXT}</body>"
    assert _kind(html, title="Mentions légales") == "legal"


def _teasers(count, words=15):
    return "".join(
        f"<article><h2><a href='/une-nouvelle-de-la-ville-{n}'>Une nouvelle de la ville {n}</a>"
        f"</h2><p>{'mot ' * words}</p></article>"
        for n in range(count)
    )


def test_a_list_of_teasers_is_a_listing_however_it_is_dated():
    tree = _tree(f"<body><h1>Économie et emploi du Gard</h1>{_teasers(10)}</body>")
    assert read_shape(tree).teasers == 10
    assert seen_kind(tree, URL, dated=True) == "listing"


def test_an_article_among_teasers_is_one():
    html = f"<body><h1>Une usine recrute</h1>{TEXT}<aside>{_teasers(8)}</aside></body>"
    assert seen_kind(_tree(html), URL, dated=True) == "article"


def test_a_short_article_with_a_link_amid_its_text_is_one():
    line = "<p>Une phrase inventée dit ce que fait cette usine du bassin, et pour qui.</p>" * 3
    more = "<p>À lire aussi : <a href='/une-gare'>Une gare de la vallée ouvre ses portes</a></p>"
    html = f"<body><h1>Une usine</h1>{line}{more}{line}{_teasers(9)}</body>"
    assert seen_kind(_tree(html), URL, dated=True) == "article"


def test_a_list_that_prints_the_date_in_the_line_is_a_listing():
    lines = "".join(
        f"<li>{n} mars : <a href='/une-nouvelle-{n}'>Une nouvelle de la ville numéro {n}</a></li>"
        for n in range(1, 20)
    )
    tree = _tree(f"<body><h1>Économie</h1><ul>{lines}</ul><p>{'mot ' * 20}</p></body>")
    assert read_shape(tree).teasers == 19


def test_a_signed_text_without_a_date_is_an_article_if_its_address_is_a_headline():
    tree = _tree(f"<body><h1>Comprendre le prix du bois</h1>{TEXT}</body>")
    assert seen_kind(tree, URL, dated=False, signed=True) == "article"
    assert seen_kind(tree, "https://journal.example/nous/", dated=False, signed=True) == "undated"


def test_a_short_article_is_one():
    html = "<body><h1>En bref</h1><p>Le marché est reporté à jeudi.</p></body>"
    assert seen_kind(_tree(html), "https://journal.example/bref", dated=True) == "article"


def test_posts_in_full_one_after_another_are_a_listing_unless_the_address_is_a_headline():
    full = _teasers(6, words=200)
    tree = _tree(f"<body><h1>Actualités</h1>{full}</body>")
    assert seen_kind(tree, "https://journal.example/actus/", dated=True) == "listing"
    assert seen_kind(tree, f"{URL}-45210", dated=True) == "article"


def test_a_text_that_nothing_shows_to_be_news_is_undated():
    tree = _tree(f"<body><h1>Nos engagements pour le territoire</h1>{TEXT}</body>")
    assert seen_kind(tree, URL, dated=False) == "undated"
    stated = _tree(f"<head><meta property='og:type' content='article'></head><body>{TEXT}</body>")
    assert seen_kind(stated, URL, dated=False) == "article"


def test_an_empty_page_is_not_dated_into_an_article():
    tree = etree.HTML("<html></html>")
    assert seen_kind(tree, URL, dated=False) == "undated"
