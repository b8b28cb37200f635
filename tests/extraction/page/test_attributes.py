"""Elements with thousands of attributes are read at once, and as they are up to a bound."""

import time

import lxml.html
import pytest
from cpu import allowed

from alescrawl.crawling.routes.feed import read_feed
from alescrawl.crawling.routes.model import Answer, Feed
from alescrawl.crawling.routes.plain_text import plain_line
from alescrawl.extraction.article import extract_article
from alescrawl.extraction.page.attributes import MOST, with_bounded_attributes

URL = "https://journal.example/la-fonderie-embauche"
FORMS = {
    "quoted": 'a{n}="{n}" ',
    "single": "a{n}='{n}>' ",
    "bare": "a{n} ",
    "unquoted": "data-a{n}={n} ",
    "slashes": "a{n}/b ",
    "glued": 'a{n}="<b c>"',
    "spaced": "a{n} = {n}\n",
    "long alike": "data-" + "x" * 60 + "{n} ",
}


def many(form: str, count: int) -> str:
    return "".join(FORMS[form].format(n=n) for n in range(count))


@pytest.mark.parametrize("form", FORMS)
def test_a_page_with_forty_thousand_attributes_is_read(form):
    lines = "<p>La fonderie embauche douze personnes cet automne, dit-elle.</p>" * 6
    page = f"<html><body {many(form, 40_000)}><h1>La fonderie embauche</h1>{lines}</body></html>"
    begun = time.process_time()
    article = extract_article(page, URL)
    assert time.process_time() - begun < allowed(0.3)
    assert article.title == "La fonderie embauche"


@pytest.mark.parametrize("form", FORMS)
def test_no_element_has_more_than_the_bound(form):
    markup = f"<p {many(form, 3_000)}>un</p><p class=b id=c>deux</p>".encode()
    first, second = lxml.html.fragments_fromstring(with_bounded_attributes(markup).decode())
    assert len(first.attrib) <= MOST
    assert dict(second.attrib) == {"class": "b", "id": "c"}
    assert (first.text, second.text) == ("un", "deux")


def test_a_feed_with_forty_thousand_attributes_is_read():
    body = f"<rss><channel><item {many('quoted', 40_000)}><link>/u</link></item></channel></rss>"
    begun = time.process_time()
    (entry,) = read_feed(Answer(Feed(URL), body.encode(), URL, {}))
    assert time.process_time() - begun < allowed(0.3)
    assert entry.url == "https://journal.example/u"


def test_a_title_with_ten_thousand_attributes_is_read():
    begun = time.process_time()
    assert plain_line(f"<b {'a b c d e ' * 1_900}>La fonderie</b> embauche") == (
        "La fonderie embauche"
    )
    assert time.process_time() - begun < allowed(0.05)


@pytest.mark.parametrize(
    "markup",
    [
        b"<p>2 < 3 et a<b c d</p>",
        b"<script>if (a<b) { c = 'd > e'; }</script>",
        b'<p title=\'il a dit "non"\' data-x="a > b">un</p><br/><!-- <a b c> -->',
        "<p>« été »</p>".encode(),
        b"<a href=x title='sans fin>un</a>",
        b"",
    ],
)
def test_other_markup_stays_as_it_is(markup):
    assert with_bounded_attributes(markup) == markup
