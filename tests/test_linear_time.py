"""Whatever repeats in what a stranger sends: twice as much of it takes about twice the time."""

# ruff: noqa: E501 - a table of units, and of readers, one a line

from __future__ import annotations

import gc
import json
import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import lxml.html
import pytest
from cpu import is_traced
from scrapy.http import Response

from alescrawl import assess_relevance, extract_article, find_mentions
from alescrawl.crawling.failures import retry_moment
from alescrawl.crawling.hosts.rights import robots_directives
from alescrawl.crawling.hosts.robots import RobotsRules
from alescrawl.crawling.hosts.tdmrep import read_tdmrep, reservation_of
from alescrawl.crawling.pages.address_kinds import address_kind, is_like_headline, title_kind
from alescrawl.crawling.pages.reader import PageContext, read_page
from alescrawl.crawling.routes.autodiscovery import HomePage, candidate_routes, site_name
from alescrawl.crawling.routes.model import (
    Answer,
    Feed,
    Listing,
    Sitemap,
    UnreadableRoute,
    WordPressRest,
)
from alescrawl.crawling.routes.pagination import place
from alescrawl.crawling.routes.plain_text import plain_excerpt, plain_line
from alescrawl.crawling.routes.readers import read_route
from alescrawl.crawling.routes.web_address import web_address
from alescrawl.entities.gazetteer import own_names
from alescrawl.extraction.body.stated_body import read_stated
from alescrawl.extraction.byline.byline import parse_byline
from alescrawl.extraction.byline.names import person_name
from alescrawl.extraction.byline.signature_lines import is_signature_line
from alescrawl.extraction.canonical import canonical_url, without_tracking
from alescrawl.extraction.dates.dates import date_in_url, find_dates, parse_date, parse_timestamp
from alescrawl.extraction.dates.relative import read_relative
from alescrawl.extraction.language import detect
from alescrawl.extraction.page.charset import decode
from alescrawl.extraction.page.json_ld import read_json
from alescrawl.extraction.page.page import UnreadablePage
from alescrawl.extraction.title.site_names import strip_site
from alescrawl.items import PARIS
from alescrawl.text.normalise import normalise
from alescrawl.text.tokens import sentences, tokens

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SIZES = (40_000, 80_000)
FLOOR = 0.08
"""Seconds of CPU below which nothing is said: noise, not growth."""
GROWTH = 3.0
NOW = datetime(2026, 3, 12, 10, tzinfo=UTC)
URL = "https://journal.example/2026/03/12/la-fonderie-embauche-en-mars"

UNITS = (
    *(" ", "\n", " \n", "\u00a0", "\t", ",", ", ", ";", ".", "…", "-", " - ", "| ", " | ", "/", " / "),
    *("//", "..", "/../", "?", "&", "&amp;", "&#", "&#x", "&a", "=", "#", "%", "%2", "%C3", ":", "://"),
    *("(", ")", "()", "[", "[[", "]", "{", '{"a":', '"', '\\"', "'", "’", "«", "« ", "»", "<", ">"),
    *("<a", "<a ", "<b>", "<p>", "<div>", "</div>", "<div><p>", "<br>", "<td>", "<table>", "<ul><li>"),
    *("<h1>", "<script>", "<style>", "<title>", "<!--", "-->", "<!", "<?", "<![CDATA[", "]]>", "<![", "</"),
    *("a", "a ", "A", "A ", "A. ", "é", "e\u0301", "\u0301", "0", "1", "1 ", "12/", "1er ", "2026-", "000 "),
    *("Jean ", "Jean Mercoiret, ", "Par ", "par Jean ", " et ", "de ", "d'", "La ", "-Jean", "a-", "a.", "A-"),
    *("a@", "@", "a b=", 'a="b" ', "a, ", "a/b ", "mars ", "le 12 ", "lundi ", "h", "12h", "12:", "à ", "M€ "),
    *("million ", "un ", "deux cent ", "SARL ", "Le 12 mars 2026 ", "Publié le ", "il y a ", "\0", "\ufeff"),
    *("user-agent: a\n", "allow: /*a", "*", "/*", "$", "disallow: /a*b$\n", "sitemap: ", "noai, ", "a: "),
    *("<item>", "<url><loc>", "<x:y>", "<a b='c'>", "<i/>", "<link/>", "xmlns:a='b' ", "http://a.b/ ", "\r"),
    *("<font><p>", "<a href=/a>", "<select>", "<form>", "<svg>", "<p><table>", "<body>", "<html a=b>", "Œ"),
)  # fmt: skip


def page_with(text: str, *, at: str) -> str:
    lines = "<p>La fonderie de Combe-Ferrière embauche douze personnes, dit-elle.</p>" * 8
    places = dict.fromkeys(("title", "meta", "json", "before", "h1", "byline", "text", "after"), "")
    places[at] = text
    author = json.dumps({"@type": "NewsArticle", "headline": places["json"] or "Un titre"})
    return (
        f"<html><head><title>{places['title'] or 'La fonderie embauche'}</title>"
        f'<meta property="og:title" content="{places["meta"]}"><meta name="author" content="{places["meta"]}">'
        f'<script type="application/ld+json">{author}</script></head><body>{places["before"]}<article>'
        f"<h1>{places['h1'] or 'La fonderie embauche'}</h1><p class='byline date'>{places['byline']}</p>"
        f"{lines}<p>{places['text']}</p></article>{places['after']}</body></html>"
    )


def route(kind, form: str) -> Callable[[str], object]:
    def read(text: str) -> object:
        answer = Answer(kind(URL), form.replace("{}", text).encode(), URL, {})
        with suppress(UnreadableRoute):
            return list(read_route(answer))
        return None

    return read


def page(at: str) -> Callable[[str], object]:
    def read(text: str) -> object:
        with suppress(UnreadablePage):
            return read_page(page_with(text, at=at).encode(), URL, NOW, {}, PageContext())
        return None

    return read


def raw_page(text: str) -> object:
    with suppress(UnreadablePage):
        return extract_article(text, URL)
    return None


def home(text: str) -> object:
    tree = lxml.html.document_fromstring("<html><head><title>é</title></head></html>")
    title = tree.find(".//title")
    title.text = text.translate(dict.fromkeys(range(32)))
    found = HomePage(tree, URL, {"link": text, "server": text})
    return candidate_routes(found, text), site_name(found)


def header(text: str) -> object:
    response = Response(URL, status=503, headers={"Retry-After": text.encode("latin-1", "replace")})
    return retry_moment(response), list(robots_directives(text))


def robots(text: str) -> object:
    rules = RobotsRules(b"user-agent: *\n" + text.encode(), "alescrawl")
    return rules.allows(URL), rules.delay


def tdmrep(text: str) -> object:
    with suppress(ValueError):
        read_tdmrep(text.encode())
    entries = [{"location": text, "tdm-reservation": 1}]
    return reservation_of(URL, read_tdmrep(json.dumps(entries).encode()))


def gazetteer(folder: Path) -> Callable[[str], object]:
    def read(text: str) -> object:
        path = folder / "own.csv"
        path.write_text(f"name,kind,aliases\n{text},company,{text}\n", "utf-8", "surrogatepass")
        with suppress(own_names.OwnNamesError):
            return own_names.read(path)
        return None

    return read


READERS: dict[str, Callable[[str], object]] = {
    "title": lambda text: strip_site(text, {"journal", "a", "jean"}, ["a"]),
    "title kind": title_kind,
    "byline": lambda text: (parse_byline(text), person_name(text), is_signature_line(text)),
    "date": lambda text: (parse_date(text), parse_timestamp(text), find_dates(text)),
    "relative date": lambda text: read_relative(text, NOW, PARIS),
    "address": lambda text: (
        canonical_url(URL, text),
        canonical_url(f"https://journal.example/{text}"),
        without_tracking(f"https://journal.example/?{text}"),
        web_address(URL, text),
        date_in_url(f"https://journal.example/{text}"),
    ),
    "kind of address": lambda text: (
        address_kind(f"https://journal.example/{text}"),
        is_like_headline(f"https://journal.example/{text}"),
        place(f"https://journal.example/{text}"),
    ),
    "robots.txt": robots,
    "tdmrep.json": tdmrep,
    "header": header,
    "charset": lambda text: decode(text.encode("utf-8", "replace")),
    "JSON-LD": read_json,
    "JSON-LD in a page": page("json"),
    "stated body": read_stated,
    "language": detect,
    "excerpt": lambda text: (plain_line(text), plain_excerpt(text)),
    "feed": route(Feed, "<rss><channel><item><title>{}</title><link>/u</link></item>{}</channel></rss>"),
    "lone ampersand": route(Feed, "<rss>& <channel>{}<item><link>/u</link></item></channel></rss>"),
    "bare feed": route(Feed, "{}"),
    "sitemap": route(Sitemap, "<urlset>& <url><loc>https://journal.example/u{}</loc></url></urlset>"),
    "bare sitemap": route(Sitemap, "{}"),
    "REST": route(WordPressRest, '[{"link": "/u", "title": {"rendered": "{}"}}]'),
    "bare REST": route(WordPressRest, "{}"),
    "listing": route(Listing, "<html><body><h2><a href='/un-titre-assez-long'>{}</a></h2></body></html>"),
    "home page": home,
    "page": raw_page,
    **{f"{at} of a page": page(at) for at in ("title", "meta", "before", "h1", "byline", "text", "after")},
}  # fmt: skip
LANGUAGE = {
    "text": lambda text: (normalise(text), list(tokens(text)), list(sentences(text))),
    "mentions": find_mentions,
    "relevance": lambda text: assess_relevance(text[:200], text),
}


def seconds(read: Callable[[str], object], text: str) -> float:
    gc.disable()  # a collection takes as long as all that was ever imported is large
    begun = time.process_time()
    read(text)
    spent = time.process_time() - begun
    gc.enable()
    return spent


def growth(read: Callable[[str], object], unit: str) -> float:
    """Return how many times longer twice the text takes, 0 where it is read at once."""

    def spent(size: int) -> float:
        return seconds(read, unit * (size // len(unit.encode())))

    def times(size: int, whole: float) -> float:
        return whole / max(spent(size // 2), FLOOR / 10)

    for size in SIZES:
        if (whole := spent(size)) >= FLOOR:
            # Noise only ever adds: what is asked twice more is judged by the best of three.
            if (once := times(size, whole)) <= GROWTH:
                return 0
            return min(once, *(times(size, spent(size)) for _ in range(2)))
    return 0


@pytest.mark.long
@pytest.mark.skipif(is_traced(), reason="a tracer slows Python by more than what is measured")
@pytest.mark.parametrize("name", READERS)
def test_twice_as_much_takes_about_twice_as_long(name):
    reader, at = READERS[name], list(READERS).index(name)
    # A whole page is read for each unit: each of its places has a third of them, another one.
    units = UNITS[at % 3 :: 3] if " page" in name else UNITS
    slow = {unit: times for unit in units if (times := growth(reader, unit)) > GROWTH}
    assert not slow


@pytest.mark.skipif(is_traced(), reason="a tracer slows Python by more than what is measured")
@pytest.mark.parametrize("name", LANGUAGE)
def test_what_reads_french_takes_about_twice_as_long_for_twice_as_much(name):
    slow = {unit: times for unit in UNITS[::7] if (times := growth(LANGUAGE[name], unit)) > GROWTH}
    assert not slow


def test_the_names_of_a_user_are_read_in_linear_time(tmp_path):
    reader = gazetteer(tmp_path)
    slow = {unit: times for unit in UNITS if (times := growth(reader, unit)) > GROWTH}
    assert not slow


def test_growth_is_noticed():
    """The measure itself: a reader that is quadratic fails."""
    text_of_pairs = lambda text: [text[: n * 20].count("xy") for n in range(len(text) // 20)]  # noqa: E731
    assert growth(text_of_pairs, "ab") > GROWTH
