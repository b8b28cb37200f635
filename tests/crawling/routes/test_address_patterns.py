"""Patterns inferred from the addresses of the articles of a site."""

import re

import pytest

from alescrawl.crawling.routes.address_patterns import article_patterns

ABOUT = "https://journal.example/a-propos/"


def _of(form, count=30):
    return [f"https://www.journal.example{form.format(n=n, m=n % 12 + 1)}" for n in range(1, count)]


@pytest.mark.parametrize(
    ("form", "pattern"),
    [
        ("/2026/{m:02}/une-usine-n{n}a/", r"/\d{4}/\d+/[^/]+/?$"),
        ("/economie{m}/une-usine-{n}00.php", r"/[^/]+/[^/]+-\d+\.php$"),
        ("/une-usine,{n}000", r"/[^/]+,\d+/?$"),
        ("/actu/{n}000-une-usine.html", r"/actu/\d+-[^/]+\.html$"),
        ("/news/une-usine-a{n}a", r"/news/[^/]+/?$"),
        ("/spip.php?article{n}", r"/spip\.php\?article\d+$"),
        ("/?p={n}", r"/\?p=\d+$"),
    ],
)
def test_a_form_that_only_articles_have_is_a_pattern(form, pattern):
    (found,) = article_patterns(_of(form), [ABOUT])
    assert found == rf"^https?://(?:www\.)?journal\.example{pattern}"
    assert all(re.search(found, url) for url in _of(form, 99))
    assert not re.search(found, ABOUT)


def test_no_pattern_where_a_standing_page_has_the_same_form():
    assert article_patterns(_of("/une-usine-a{n}a/"), [ABOUT]) == ()
    assert article_patterns(_of("/une-usine-a{n}a/"), []) == ()
    assert (
        article_patterns(_of("/news/une-usine-a{n}a"), ["https://journal.example/news/nous"]) == ()
    )


def test_no_pattern_from_a_few_or_from_addresses_without_one():
    assert article_patterns(_of("/une-usine,{n}000", 4), []) == ()
    assert article_patterns(_of("/news/une-usine-a{n}a", 9), []) == (), "there may be other folders"
    assert article_patterns([*_of("/une-usine,{n}000"), f"{ABOUT}x"], []) == ()
    assert article_patterns([], []) == ()


def test_two_eras_of_a_site_are_two_patterns():
    assert len(article_patterns(_of("/une,{n}000") + _of("/2019/{m:02}/un-n{n}a/"), [ABOUT])) == 2
