"""Feeds and sitemaps, as they are and as they should not be."""

import contextlib
import gzip
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alescrawl.crawling.routes import feed as feeds
from alescrawl.crawling.routes import sitemap as sitemaps
from alescrawl.crawling.routes.model import Answer, Feed, Flaw, Onward, Sitemap, UnreadableRoute
from alescrawl.dataset.ledger.hints import Listed

URL = "https://journal.example/flux/"
NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def read_feed(body, url):
    return [f for f in feeds.read_feed(Answer(Feed(url), body, url, {})) if isinstance(f, Listed)]


def read_sitemap(body, url):
    return list(sitemaps.read_sitemap(Answer(Sitemap(url), body, url, {})))


def _flaws(found):
    return [f.name for f in found if isinstance(f, Flaw)]


def _time(*parts):
    return datetime(*parts, tzinfo=UTC)


def test_rss_gives_address_title_and_time_in_utc():
    feed = b"""<?xml version="1.0" encoding="UTF-8"?>
    <rss version="2.0"><channel><title>Le Journal</title><link>https://journal.example/</link>
    <item><title>Une usine recrute</title><link>/economie/usine</link>
    <pubDate>Tue, 03 Mar 2026 07:45:00 +0100</pubDate><guid>123</guid></item></channel></rss>"""
    assert read_feed(feed, URL) == [
        Listed(
            "https://journal.example/economie/usine",
            published=_time(2026, 3, 3, 6, 45),
            title="Une usine recrute",
        )
    ]


def test_an_item_without_link_has_the_address_of_its_permalink():
    feed = b"<rss><channel><item><guid>https://journal.example/a</guid></item></channel></rss>"
    assert [e.url for e in read_feed(feed, URL)] == ["https://journal.example/a"]


def test_a_guid_that_is_no_permalink_is_no_address():
    feed = b'<rss><channel><item><guid isPermaLink="false">7</guid></item></channel></rss>'
    assert read_feed(feed, URL) == []


def test_atom_gives_published_and_updated_and_the_alternate_link():
    feed = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Un</title>
    <link rel="self" href="https://journal.example/api/1"/>
    <link rel="alternate" href="https://journal.example/1"/>
    <published>2026-03-03T07:45:00+01:00</published><updated>2026-03-04T00:00:00Z</updated>
    </entry></feed>"""
    (entry,) = read_feed(feed, URL)
    assert entry.url == "https://journal.example/1"
    assert (entry.published, entry.lastmod) == (_time(2026, 3, 3, 6, 45), _time(2026, 3, 4))


def test_rdf_with_dublin_core_dates_is_a_feed():
    feed = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
    <item><title>Un</title><link>https://journal.example/1</link>
    <dc:date>2026-03-03T07:45:00+01:00</dc:date></item></rdf:RDF>"""
    (entry,) = read_feed(feed, URL)
    assert entry.published == _time(2026, 3, 3, 6, 45)


def test_a_feed_that_is_cut_gives_what_it_holds():
    feed = (
        b"<rss><channel><item><title>Un</title><link>https://journal.example/1</link></item>"
        b"<item><title>Deux</ti"
    )
    assert [e.title for e in read_feed(feed, URL)] == ["Un"]


def test_entities_from_strangers_are_not_expanded():
    bomb = b'<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    feed = bomb + b"<rss><channel><item><title>&b;</title><link>https://x.example/</link></item>"
    (entry,) = read_feed(feed, URL)
    assert "aaa" not in (entry.title or "")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"bonjour", "not_xml"),
        (b"<html><body><item>x</item></body></html>", "not_a_feed"),
    ],
)
def test_what_is_no_feed_is_refused_by_name(body, reason):
    with pytest.raises(UnreadableRoute) as error:
        read_feed(body, URL)
    assert error.value.reason == reason


def test_a_sitemap_gives_lastmod_and_the_news_block():
    body = f"""<urlset {NS} xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
    xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
    <url><image:image><image:loc>https://journal.example/i.jpg</image:loc>
    <image:title>Une photo</image:title></image:image>
    <loc> https://journal.example/1 </loc><lastmod>2026-03-04</lastmod>
    <news:news><news:publication><news:name>Le Journal</news:name></news:publication>
    <news:publication_date>2026-03-03T07:45:00+01:00</news:publication_date>
    <news:title>Une usine recrute</news:title></news:news></url></urlset>"""
    (entry,) = read_sitemap(body.encode(), URL)
    assert isinstance(entry, Listed)
    assert entry.url == "https://journal.example/1"
    assert entry.title == "Une usine recrute"
    assert entry.published == _time(2026, 3, 3, 6, 45)
    assert entry.lastmod is not None


def test_an_index_lists_sitemaps():
    body = f"<sitemapindex {NS}><sitemap><loc>/a.xml.gz</loc></sitemap></sitemapindex>"
    assert read_sitemap(body.encode(), URL) == [Onward(Sitemap("https://journal.example/a.xml.gz"))]


def _urlset(count):
    urls = "".join(f"<url><loc>https://journal.example/{n}</loc></url>" for n in range(count))
    return f"<urlset {NS}>{urls}</urlset>".encode()


def test_a_packed_sitemap_is_unpacked_and_a_cut_one_gives_what_it_holds():
    packed = gzip.compress(_urlset(5000), 1)
    assert len(read_sitemap(packed, URL)) == 5000
    some = read_sitemap(packed[: len(packed) // 2], URL)
    assert 0 < len(some) < 5000
    assert "cut_short" in _flaws(some)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b"bonjour", "not_xml"),
        (b"<html><body></body></html>", "not_a_sitemap"),
        (b"\x1f\x8b\x08\x00 no gzip at all", "bad_gzip"),
        (gzip.compress(b" " * (65 * 1024 * 1024)), "too_large"),
    ],
    ids=["empty", "text", "html", "gzip", "bomb"],
)
def test_what_is_no_sitemap_is_refused_by_name(body, reason):
    with pytest.raises(UnreadableRoute) as error:
        list(read_sitemap(body, URL))
    assert error.value.reason == reason


@given(st.binary(max_size=300), st.integers(0, 300))
def test_no_bytes_raise_anything_else(noise, cut):
    for body in (noise, _urlset(3)[:cut] + noise, b"<rss><channel><item>" + noise):
        for read in (read_feed, read_sitemap):
            with contextlib.suppress(UnreadableRoute):
                list(read(body, URL))
