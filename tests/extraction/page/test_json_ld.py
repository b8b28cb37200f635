from __future__ import annotations

import json
import time

import pytest
from cpu import allowed

from alescrawl.extraction.page.json_ld import read_json
from alescrawl.extraction.page.structured import read_structured

URL = "https://courrier.example/industrie/une-usine-ouvre"
TITLE = "Une usine ouvre à Sarvan"


@pytest.mark.parametrize(
    ("broken", "meant"),
    [
        ('{"a": 1,}', [{"a": 1}]),
        ("[1, 2,,]", [[1, 2]]),
        ('{"a": "deux\nlignes\tet\x01"}', [{"a": "deux\nlignes\tet\x01"}]),
        ('<!-- {"a": 1} -->', [{"a": 1}]),
        ('//<![CDATA[\n{"a": 1}\n//]]>', [{"a": 1}]),
        ('/*<![CDATA[*/{"a": 1}/*]]>*/', [{"a": 1}]),
        ("{&quot;a&quot;: &quot;b&quot;}", [{"a": "b"}]),
        ('{"a": 1}{"b": 2}', [{"a": 1}, {"b": 2}]),
        ('{"a": 1}, {"b": 2}', [{"a": 1}, {"b": 2}]),
        ('{"a": 1};', [{"a": 1}]),
        (r'{"a": "l\'usine"}', [{"a": "l'usine"}]),
        ('{"a": "il dit "oui" et part"}', [{"a": 'il dit "oui" et part'}]),
        ('{"a": "garde ,] ceci ,}",}', [{"a": "garde ,] ceci ,}"}]),
        ("", []),
    ],
)
def test_json_that_publishers_break_is_read(broken, meant):
    assert read_json(broken) == meant


@pytest.mark.parametrize("text", ["{", "window.data = 3", '{"a": ', "[" * 100_000])
def test_what_is_no_json_is_told_apart_from_an_empty_script(text):
    assert read_json(text) is None


@pytest.mark.parametrize("piece", [",", '"', "[", '\\"', ', "', "{,", "<!--"])
def test_repair_takes_time_in_proportion_to_the_text(piece):
    start = time.process_time()
    read_json("{" + piece * 100_000)
    assert time.process_time() - start < allowed(1)


def article(**fields):
    return {"@type": "NewsArticle", "headline": TITLE, "url": URL, **fields}


def found(*nodes, urls=(URL,), titles=(TITLE,)):
    return read_structured([json.dumps(node) for node in nodes], urls, titles)


@pytest.mark.parametrize(
    "shape",
    [
        lambda node: node,
        lambda node: [node],
        lambda node: {"@context": "https://schema.org", "@graph": [{"@type": "WebSite"}, node]},
        lambda node: {"@type": "WebPage", "mainEntity": node},
        lambda node: {"@type": ["WebPage"], "mainEntityOfPage": node},
        lambda node: {**node, "@type": "http://schema.org/ReportageNewsArticle"},
        lambda node: {**node, "@type": ["Article", "BlogPosting"]},
    ],
    ids=["plain", "list", "graph", "main entity", "of page", "full type", "two types"],
)
def test_the_article_is_found_in_every_shape(shape):
    assert found(shape(article())).text("headline") == TITLE


def test_of_several_articles_the_one_at_this_address_is_taken():
    other = {"@type": "NewsArticle", "headline": "Autre sujet", "url": URL + "-autre"}
    assert found([other, article(articleSection="Industrie")]).text("articleSection") == "Industrie"


def test_of_several_articles_the_one_with_this_headline_is_taken():
    nodes = [{"@type": "NewsArticle", "headline": t, "author": t[:3]} for t in ("Autre", TITLE)]
    assert found(nodes).text("author") == "Une"


def test_a_list_of_other_articles_is_nobodys_article():
    nodes = [{"@type": "Article", "headline": f"Sujet {n}"} for n in range(3)]
    assert found(nodes).node == {}


def test_a_related_article_alone_is_not_the_pages_own():
    other = {"@type": "NewsArticle", "headline": "Autre sujet", "url": URL + "-autre"}
    assert found(other).node == {}


def test_gaps_are_filled_from_a_second_description_of_the_same_article():
    graph = [article(author={"@id": "#claire"}), article(articleSection="Industrie")]
    both = found(*graph)
    assert (both.values("author"), both.text("articleSection")) == (
        [{"@id": "#claire"}],
        "Industrie",
    )


def test_references_are_followed_to_the_node_they_name():
    person = {"@type": "Person", "@id": "#claire", "name": "Claire Vasserot"}
    node = article(author=[{"@id": "#claire"}], publisher={"@id": "#house"})
    house = {"@type": "Organization", "@id": "#house", "name": "Le Courrier"}
    read = found({"@graph": [node, person, house]})
    assert (read.text("author"), read.text("publisher")) == ("Claire Vasserot", "Le Courrier")


def test_a_broken_script_does_not_hide_the_others():
    read = read_structured(["{oops", json.dumps(article())], [URL], [TITLE])
    assert (read.broken, read.text("headline")) == (True, TITLE)


def test_entities_in_a_headline_are_undone():
    node = article(headline="Une usine ouvre &agrave; Sarvan")
    assert found(node).text("headline") == TITLE
