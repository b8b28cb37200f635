"""The one address of an article, whatever led to it."""

import time

import pytest
from cpu import allowed
from hypothesis import given
from hypothesis import strategies as st

from alescrawl.extraction.canonical import canonical_url, without_tracking

ARTICLE = "https://journal.example/economie/une-usine-ouvre-12345"

SAME = [
    "http://journal.example/economie/une-usine-ouvre-12345",
    "https://www.journal.example/economie/une-usine-ouvre-12345/",
    "HTTPS://WWW.Journal.Example:443/economie/une-usine-ouvre-12345",
    "http://journal.example:80/economie/une-usine-ouvre-12345",
    "  https://journal.example./economie/une-usine-ouvre-12345 \n",
    "//journal.example/economie/une-usine-ouvre-12345",
    f"{ARTICLE}#commentaires",
    f"{ARTICLE}?utm_source=rss&utm_medium=feed",
    f"{ARTICLE}?xtor=RSS-1",
    f"{ARTICLE}?fbclid=abc&gclid=1&mc_cid=2",
    f"{ARTICLE}?random-post=1",
    f"{ARTICLE}?replytocom=12#respond",
    f"{ARTICLE}?&",
    f"{ARTICLE}/amp/",
    f"{ARTICLE}/amp?utm_source=x",
    f"{ARTICLE}.amp",
    f"{ARTICLE}?amp",
    f"{ARTICLE}?amp=1",
    f"{ARTICLE}?outputType=amp",
    f"{ARTICLE}?view=print",
    f"{ARTICLE}/print/",
    f"{ARTICLE}/imprimer",
    "https://journal.example/amp/economie/une-usine-ouvre-12345",
    "https://amp.journal.example/economie/une-usine-ouvre-12345",
    "https://journal.example/economie/./autre/../une-usine-ouvre-12345",
    "https://journal.example/%65conomie/une%2dusine-ouvre-12345",
    f"{ARTICLE};jsessionid=0A1B2C",
    f"https://www-journal-example.cdn.ampproject.org/c/s/{ARTICLE.removeprefix('https://')}/amp",
    "https://www.google.fr/amp/s/journal.example/economie/une-usine-ouvre-12345.amp",
]


@pytest.mark.parametrize("url", SAME)
def test_every_way_to_an_article_is_one_address(url):
    assert canonical_url(url) == ARTICLE


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://x.example", "https://x.example/"),
        (
            "http://www.objectifgard.com/2018/08/07/a-b-c/",
            "https://objectifsud.fr/2018/08/07/a-b-c",
        ),
        (
            "https://www.objectifgard.com/economie/a-1.php",
            "https://objectifsud.fr/economie/a-1.php",
        ),
        (
            "https://www.gard.gouv.fr/index.php/Actualites/A-b",
            "https://gard.gouv.fr/Actualites/A-b",
        ),
        ("https://lalettrem.fr/lecture-zen/12?width=800px", "https://lalettrem.fr/node/12"),
        (
            "https://www.insee.fr/fr/statistiques/12?sommaire=34",
            "https://insee.fr/fr/statistiques/12",
        ),
        ("http://x.example/?p=12&page=2", "https://x.example/?p=12&page=2"),
        ("http://x.example/a?id=2&cat=1", "https://x.example/a?cat=1&id=2"),
        ("http://x.example/a?b=1&amp;utm_source=y", "https://x.example/a?b=1"),
        ("http://x.example/print", "https://x.example/print"),
        ("http://x.example/a.amp.html", "https://x.example/a.html"),
        ("http://x.example/été", "https://x.example/%C3%A9t%C3%A9"),
        ("http://x.example/%c3%a9t%C3%A9", "https://x.example/%C3%A9t%C3%A9"),
        ("http://x.example/100%", "https://x.example/100%25"),
        ("http://élus.example/", "https://xn--lus-9la.example/"),
    ],
)
def test_what_tells_articles_apart_is_kept(url, expected):
    assert canonical_url(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8000/a",
        "http://127.0.0.1/a",
        "http://localhost:8000/a",
        "http://localhost/a",
        "http://[::1]:8000/a",
        "http://x.example:8080/a",
        "https://x.example:8443/a",
    ],
)
def test_scheme_stays_where_https_may_not_be_served(url):
    assert canonical_url(url) == url


@pytest.mark.parametrize("url", ["", "mailto:a@b.example", "/a/b", "http://", "http://[x/a"])
def test_what_is_no_web_address_is_returned_as_it_is(url):
    assert canonical_url(f" {url} ") == url


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ("https://www.journal.example/economie/12345-usine", "/economie/12345-usine"),
        ("/economie/12345-usine?utm_source=x", "/economie/12345-usine"),
        ("//journal.example/economie/12345-usine", "/economie/12345-usine"),
    ],
)
def test_a_canonical_link_on_the_same_site_is_believed(declared, expected):
    assert canonical_url(f"{ARTICLE}?id=3", declared) == f"https://journal.example{expected}"


@pytest.mark.parametrize(
    "declared",
    [
        "https://www.journal.example/",
        "https://journal.example/?lang=fr",
        "https://journal.example/economie/",
        "https://autre.example/economie/12345-usine",
        "https://journal.example/undefined",
        "https://journal.example/{{ slug }}",
        "javascript:void(0)",
        "http://[broken",
        "   ",
    ],
)
def test_a_canonical_link_that_names_something_else_is_not_believed(declared):
    assert canonical_url(ARTICLE, declared) == ARTICLE


def test_later_parts_of_an_article_may_declare_its_first():
    assert canonical_url(f"{ARTICLE}/2", ARTICLE) == ARTICLE
    assert canonical_url("https://m.journal.example/a-b-c-d", "https://www.journal.example/a") == (
        "https://journal.example/a"
    )


urls = st.one_of(
    st.text(),
    st.builds(
        "{}://{}{}/{}{}".format,
        st.sampled_from(["http", "https", "HTTP", "ftp"]),
        st.sampled_from(["www.x.fr", "www.www.fr", "amp.www.x.fr.", "127.0.0.1", "[::1]", "İ.fr"]),
        st.sampled_from(["", ":80", ":443", ":8000", ":x"]),
        st.text("amp/.print%2eé;?&=#u_"),
        st.text("?&=amp;%20é+/"),
    ),
)


@given(urls, st.none() | urls)
def test_canonical_of_canonical_is_canonical(url, declared):
    once = canonical_url(url, declared)
    assert canonical_url(once) == once


@pytest.mark.parametrize("part", ["/", "/amp", "%", "?a=b&", ";sid=", "amp;", "/..", "é", "www."])
def test_time_is_bounded(part):
    for size in (8_000, 1_000_000):
        url = "http://x.example/" + part * (size // len(part))
        begin = time.process_time()
        canonical_url(url, url)
        assert time.process_time() - begin < allowed(0.1)


@pytest.mark.parametrize(
    ("listed", "asked"),
    [
        ("http://www.x.fr/a/?utm_source=rss&b=2&a=1#haut", "http://www.x.fr/a/?b=2&a=1"),
        ("https://x.fr/?p=12", "https://x.fr/?p=12"),
        ("https://x.fr/a?fbclid=1", "https://x.fr/a"),
        ("", ""),
    ],
)
def test_what_is_asked_for_is_as_listed_but_for_tracking(listed, asked):
    assert without_tracking(listed) == asked


def test_a_page_on_the_host_that_a_source_has_left_names_its_address_on_the_new_one():
    own = "https://www.objectifgard.com/2018/08/07/une-usine-ouvre/"
    declared = "https://www.objectifsud.fr/economie/une-usine-ouvre-12.php"
    assert canonical_url(own, declared) == declared.replace("www.", "")
