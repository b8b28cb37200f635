"""An article over several pages, told from one article after another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alescrawl.crawling.pages.splits import Split, read_split
from alescrawl.extraction.page.page import Page

SITE = "https://journal.example"


def _split(html, path="/une-usine/"):
    return read_split(
        Page.from_html(f"<html><body>{html}</body></html>", SITE + path).tree, SITE + path
    )


def _later(*paths):
    return tuple((n, SITE + path) for n, path in enumerate(paths, 2))


def test_the_pages_that_wordpress_numbers_are_parts():
    html = (
        "<div class='page-links'>Pages : <span class='current'>1</span>"
        "<a class='post-page-numbers' href='/une-usine/2/'>2</a>"
        f"<a class='post-page-numbers' href='{SITE}/une-usine/3/'>3</a></div>"
    )
    assert _split(html) == Split(None, _later("/une-usine/2/", "/une-usine/3/"))


@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("/une-usine", "/une-usine?page=2"),
        ("/?p=12", "/?p=12&amp;page=2"),
        ("/une-usine-4512.html", "/une-usine-4512-2.html"),
        ("/une-usine,4512", "/une-usine,4512,2"),
        ("/article.php?id=7", "/article.php?id=7&amp;page=2"),
        ("/spip.php?article7", "/spip.php?article7&amp;artpage=2-3"),
    ],
)
def test_other_forms_of_the_second_page(path, link):
    html = f"Pages : 1 <a href='{link}'>2</a>"
    assert _split(html, path).later == ((2, SITE + link.replace("&amp;", "&")),)


def test_the_next_page_may_be_named_in_the_head_or_by_words_alone():
    head = "<link rel='next' href='/une-usine-2'>"
    assert _split(head, "/une-usine").later == _later("/une-usine-2")
    assert _split("<a href='/une-usine-2'>Page suivante »</a>", "/une-usine").later


@pytest.mark.parametrize(
    "html",
    [
        "<link rel='next' href='/une-autre-usine/'>",
        "<a rel='next' href='/une-autre-usine/'>Article suivant</a>",
        "<h3><a href='/une-usine-2/'>Une usine, suite de l'enquête</a></h3>",
        "<a href='/une-usine/?page=2#comments'>2</a>",
        "<a href='https://autre.example/une-usine/2/'>2</a>",
        "<a href='/economie/page/2/'>2</a>",
        "<a href='/une-usine/comment-page-2/'>2</a>",
        "<a href='http://[broken'>2</a>",
    ],
)
def test_what_is_another_article_or_its_comments_is_no_part(html):
    assert _split(html) == Split()


def test_a_later_page_knows_the_first_and_the_others():
    html = (
        "<div class='page-links'><a href='/une-usine/'>1</a> 2 <a href='/une-usine/3/'>3</a></div>"
    )
    assert _split(html, "/une-usine/2/") == Split(
        f"{SITE}/une-usine/", ((3, f"{SITE}/une-usine/3/"),)
    )


@pytest.mark.parametrize("path", ["/actualites/12", "/une-usine-2/"])
def test_an_article_with_a_number_in_its_address_is_whole(path):
    html = "<nav><a href='/actualites/'>Actualités</a></nav><a href='/une-usine/'>Une usine</a>"
    assert _split(html, path) == Split()


@given(st.text("/?&=-,_123ap.html# "), st.text("/?&=-,_123ap.html# "))
def test_no_address_raises(path, link):
    _split(f"<a href='{link}'>2</a>", f"/{path}")
