"""Bodies of damaged and hostile pages: no error, and a time that grows with the page."""

from __future__ import annotations

import time
from functools import partial

import pytest
from cpu import within_bound

from alescrawl.extraction.body.body import Body, read_body
from alescrawl.extraction.page.page import Page

SENTENCE = "Le conseil a voté lundi soir le budget de la régie des eaux, sans surprise. "
PARAGRAPH = f"<p>{SENTENCE * 3}</p>"
DEEP = 5_000


def read(html: str) -> Body:
    page = Page.from_html(html, "https://exemple.fr/une-page")
    title = "Le budget est voté"
    return within_bound(
        lambda: read_body(page, title=title, description=None, article_body=None), len(html)
    )


def text_of(html: str) -> str:
    return "\n\n".join(p.text for p in read(html).paragraphs)


ARTICLE = f"<h1>Le budget est voté</h1>{PARAGRAPH * 8}"


@pytest.mark.parametrize("tag", ["div", "span", "b", "a", "ul", "table", "blockquote", "font"])
def test_text_around_deep_nesting_is_read(tag):
    html = f"<body>{ARTICLE}{f'<{tag}>' * DEEP}fond{f'</{tag}>' * DEEP}</body>"
    assert SENTENCE.strip() in text_of(html)


@pytest.mark.parametrize(
    "unit",
    [
        "mot ",
        "x",
        "<br>",
        "<br>mot ",
        "<a href=#>lien</a> ",
        "<b>",
        "<p>",
        "<li>mot",
        "<td>1",
        '<div class="article content related comment">mot</div>',
        f"<div class='{'a' * 90}'>",
        "\u00a0",
        "\u200b",
        "…",
        "©",
        "(photo : ",
    ],
)
def test_a_megabyte_of_one_thing_is_survived(unit):
    read(f"<body>{ARTICLE}<div>{unit * (1_000_000 // len(unit))}</div></body>")


def test_ten_times_the_page_takes_no_more_than_some_ten_times_as_long():
    def seconds(size: int) -> float:
        page = Page.from_html(f"<body>{PARAGRAPH * size}</body>", "https://exemple.fr/")
        begun = time.process_time()
        read_body(page, title=None, description=None, article_body=None)
        return time.process_time() - begun

    seconds(200)
    small, large = min(seconds(400) for _ in range(3)), min(seconds(4_000) for _ in range(3))
    assert large < 30 * small


@pytest.mark.parametrize("html", ["<p>", "<html></html>", "<body> </body>"])
def test_page_without_text_has_no_body(html):
    body = read(html)
    assert body.paragraphs == []
    assert body.lead is None


def test_hostile_stated_texts_are_survived():
    page = Page.from_html(f"<body>{ARTICLE}</body>", "https://exemple.fr/")
    for unit in ("<p>", "&lt;", "a ", "\n", "<" * 50, "…"):
        stated = unit * (300_000 // len(unit))
        within_bound(
            partial(read_body, page, title=stated, description=stated, article_body=stated),
            3 * len(stated),
        )
