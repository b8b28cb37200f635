"""Damaged pages: whatever arrives, there is an article or a named reason, in bounded time."""

from __future__ import annotations

import random
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from cpu import within_bound
from hypothesis import given, settings
from hypothesis import strategies as st

from alescrawl.extraction.article import extract_article
from alescrawl.extraction.page.page import UnreadablePage

if TYPE_CHECKING:
    from alescrawl.items import Article

URL = "https://exemple.fr/2025/03/12/une-usine-rouvre-a-ales"
SENTENCE = (
    "L'usine de {n} salariés rouvre ses portes près d'Alès, a annoncé mardi sa directrice, "
    "et promet d'embaucher dès l'automne. "
)
PARAGRAPHS = "".join(f"<p>{SENTENCE.format(n=n) * 3}</p>\n" for n in range(20, 60))
PAGE = f"""<!doctype html><html lang="fr"><head><meta charset="utf-8">
<title>Une usine rouvre à Alès | Exemple</title>
<meta property="og:title" content="Une usine rouvre à Alès">
<meta property="article:published_time" content="2025-03-12T18:30:00+01:00">
<link rel="canonical" href="{URL}">
<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "Une usine rouvre à Alès", "datePublished": "2025-03-12T18:30:00+01:00",
"author": [{{"@type": "Person", "name": "Jeanne Roux"}}]}}</script></head>
<body><header><nav><a href="/">Accueil</a><a href="/eco">Économie</a></nav></header>
<main><article><h1>Une usine rouvre à Alès</h1><p class="byline">Par Jeanne Roux</p>
<time datetime="2025-03-12T18:30:00+01:00">Publié le 12 mars 2025 à 18h30</time>
{PARAGRAPHS}</article></main>
<footer><a href="/mentions">Mentions légales</a></footer></body></html>"""


def read(html: bytes | str) -> Article | None:
    """Extract within the time allowed; None where the page is refused by name."""

    def work() -> Article | None:
        with suppress(UnreadablePage):
            return extract_article(html, URL)

    return within_bound(work, len(html))


def test_the_page_itself_is_read_whole():
    article = read(PAGE)
    assert article.title == "Une usine rouvre à Alès"
    assert article.authors == ["Jeanne Roux"]
    assert article.published.isoformat() == "2025-03-12T17:30:00+00:00"
    assert "promet d'embaucher" in article.text


@pytest.mark.parametrize("size", range(1024, len(PAGE.encode()), 1024))
def test_a_page_cut_at_any_kilobyte_keeps_what_came(size):
    article = read(PAGE.encode()[:size])
    assert article.title == "Une usine rouvre à Alès"
    assert article.authors == ["Jeanne Roux"]


def test_a_page_cut_inside_a_character_is_read():
    raw = PAGE.encode()
    assert read(raw[: raw.rindex("é".encode()) + 1]).text


def test_null_bytes_are_dropped():
    article = read(PAGE.replace("usine", "us\0ine").encode())
    assert article.title == "Une usine rouvre à Alès"
    assert "\0" not in article.text


def test_shuffled_tags_do_not_matter_to_the_reader():
    pieces = PAGE.split("<")
    random.Random(30).shuffle(pieces)
    assert read("<".join(pieces)) is not None


def nested(tag: str) -> str:
    return f"<html><body><h1>Titre</h1>{f'<{tag}>' * 5_000}<p>{SENTENCE * 5}</p></body></html>"


@pytest.mark.parametrize("tag", ["div", "span", "b", "blockquote", "ul><li", "table><tr><td", "a"])
def test_five_thousand_nested_elements_are_survived(tag):
    assert read(nested(tag)) is not None


@pytest.mark.parametrize(
    "html",
    [
        "<html><body><p>" + "mot " * 500_000,
        "<html><body><p>" + "é" * 1_000_000,
        "<html><body>" + "<p>x</p>" * 50_000,
        "<html><body>" + "<br>" * 100_000,
        "<html><body>" + "ligne<br>" * 50_000,
        "<html><body><a href='" + "x" * 500_000 + "'>lien</a>",
        "<html><body><p class='" + "date " * 100_000 + "'>12/03/2025</p>",
        "<html><body><h1>" + "titre " * 100_000 + "</h1><p>texte</p>",
        "<html><head><title>" + "a | " * 100_000 + "</title></head><body><p>texte</p>",
        "<html><body><h1>Titre</h1><p class='byline'>" + "Par " * 100_000 + "</p>",
        "<html><body><h1>Titre</h1><p class='author'>" + "(" * 200_000 + "</p>",
        "<html><body><h1>Titre</h1><time>" + "12/" * 100_000 + "</time>",
        "<html><body><h1>Titre</h1><span class='date'>" + "1 " * 200_000 + "</span>",
        "<html><body><h1>Titre</h1>" + "<time>12/13/</time>" * 20_000,
        "<html><body><h1>T</h1>" + "<span class='author date'>a b</span>" * 10_000,
        "<html><head>" + "<meta name='author' content='a'>" * 20_000 + "</head><body>x",
        "<html><body>" + "<h1>Titre</h1>" * 20_000,
        "<html><body>" + "<div itemprop='author'>" * 2_000 + "x",
    ],
    ids=[
        "line",
        "word",
        "paragraphs",
        "breaks",
        "lines",
        "link",
        "classes",
        "heading",
        "title",
        "openings",
        "brackets",
        "slashes",
        "numbers",
        "times",
        "authors",
        "metas",
        "headings",
        "nested-authors",
    ],
)
def test_monstrous_pages_cost_no_more_than_their_size(html):
    read(html)


@pytest.mark.parametrize(
    "script",
    [
        "[" * 200_000,
        '{"a":' * 100_000,
        '{"@type": "NewsArticle", "headline": "' + "\\" * 200_000,
        '{"@type": "NewsArticle", "author": "' + "a, " * 100_000 + '"}',
        '{"@type": "NewsArticle", "headline": "' + '" "' * 100_000 + '"}',
        '{"@graph": [' + '{"@type": "NewsArticle", "headline": "x"},' * 20_000 + "]}",
        "," * 200_000,
        "/*" * 100_000,
        "<!--" * 50_000,
        '{"@type": "NewsArticle", "author": {"@id": "a"}, "@id": "a"}',
        '{"@type": ["NewsArticle", null, 3], "headline": {"@value": ["x"]}, "author": [[[]], 1]}',
        '{"@type": "NewsArticle", "datePublished": {"a": 1}, "url": 3, "keywords": {"x": []}}',
        '{"@type": "NewsArticle", "isAccessibleForFree": [{}], "image": [[1]], "publisher": 7}',
        "null",
        '"texte"',
        "1e999",
    ],
)
def test_structured_data_of_any_shape_is_survived(script):
    opening, mark, following = PAGE.partition('"application/ld+json">')
    rest = following.partition("</script>")[2]
    article = read(f"{opening}{mark}{script}</script>{rest}")
    assert article.published.isoformat() == "2025-03-12T17:30:00+00:00"


def test_cost_grows_no_faster_than_the_page():
    def cost(times: int) -> float:
        page = PAGE.replace(PARAGRAPHS, PARAGRAPHS * times)
        spent = []
        for _ in range(3):
            begun = time.process_time()
            extract_article(page, URL)
            spent.append(time.process_time() - begun)
        return min(spent)

    cost(1)
    assert cost(40) < 40 * 3 * cost(2)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=2_000))
def test_any_bytes_give_an_article_or_a_reason(raw):
    read(raw)


PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div class='date'>",
        "<h1>",
        "</h1>",
        "<time datetime='",
        "'>",
        "<script type='application/ld+json'>",
        "</script>",
        "<meta property='article:published_time' content='",
        "<a rel=author>",
        "<br>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "&#0;",
        "&#xD800;",
        "&eacute;",
        "12 mars 2025",
        "2025-02-30T25:61:00+99:99",
        "31/02/2025",
        "Par Jean ROUX et ",
        '{"@type": "NewsArticle", "headline": ',
        "\ud83d",
        "\u202e",
        "é",
        "\x0b",
        "<svg><title>",
        "<template>",
        "<html lang='",
        "<base href='http://[::1'>",
        "<link rel=canonical href='http://[bad'>",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=20), max_size=40))
def test_any_mixture_of_markup_gives_an_article_or_a_reason(pieces):
    read("<html><body>" + "".join(pieces))


@pytest.mark.parametrize(
    "url", ["", "://", "http://[", "http://exemple.fr:99999/a", "exemple", "javascript:1", "é\0"]
)
def test_any_address_is_survived(url):
    assert extract_article(PAGE, url).title == "Une usine rouvre à Alès"
