"""The newsroom answers like a real site, and is as its truth says."""

from __future__ import annotations

import gzip
import http.client
import json
import re
import threading
import unicodedata
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import pytest
from lxml import html

from alescrawl.newsroom.server import Newsroom

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
ATOM = "{http://www.w3.org/2005/Atom}"
EXPECTED_STATUS = {"missing": 404, "gone": 410}


@pytest.fixture
def newsroom():
    with Newsroom() as newsroom:
        yield newsroom


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    @property
    def text(self):
        return self.body.decode()


def get(newsroom, path, method="GET", **headers):
    connection = http.client.HTTPConnection(urlsplit(newsroom.url).netloc, timeout=5)
    try:
        connection.request(method, path.removeprefix(newsroom.url), headers=headers)
        return Answer(connection.getresponse())
    finally:
        connection.close()


def paths(newsroom, *kinds):
    return [truth.path for truth in newsroom.truth() if truth.kind in kinds]


def sitemap_locations(newsroom):
    packed = get(newsroom, "/sitemaps/articles.xml.gz").body
    return [loc.text for loc in ET.fromstring(gzip.decompress(packed)).iter(f"{SITEMAP}loc")]


def ld_scripts(page):
    return re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)


def test_every_path_answers_with_the_status_its_truth_says(newsroom):
    for _ in range(2):
        for truth in newsroom.truth():
            assert get(newsroom, truth.path).status == EXPECTED_STATUS.get(truth.kind, 200)
        if newsroom.edition.day == 1:
            newsroom.next_day()


def test_there_are_fifty_two_articles_with_five_sentences_or_more(newsroom):
    truths = [t for t in newsroom.truth() if t.kind in {"article", "paywalled", "reserved"}]
    assert len(truths) == 52
    read = [truth for truth in truths if truth.kind != "reserved"]
    assert all(len(re.findall(r"[.!?…](?= |\n|$)", truth.text)) >= 5 for truth in read)


def page_text(newsroom, path):
    body = get(newsroom, path).body
    return body.decode("iso-8859-1" if b"charset=iso-8859-1" in body else "utf-8")


def read(text):
    """Undo in a test's own way what the pages do to the texts."""
    plain = unicodedata.normalize("NFC", re.sub("[\u00ad\u200b]", "", text)).replace("’", "'")
    return " ".join(plain.split())


def test_title_and_text_stand_in_the_page_of_each_article(newsroom):
    for truth in newsroom.truth():
        if truth.kind in {"article", "paywalled", "duplicate"}:
            page = html.fromstring(page_text(newsroom, truth.path))
            assert read(page.find(".//h1").text_content()) == truth.title
            whole = read(page.text_content())
            assert [p for p in truth.text.split("\n\n") if read(p) not in whole] == [], truth.path


def test_authors_are_printed_on_the_page(newsroom):
    for truth in newsroom.truth():
        if truth.kind in {"article", "paywalled"}:
            page = page_text(newsroom, truth.path).lower()
            names = [*truth.authors, *truth.agencies]
            assert all(name.lower() in page for name in names), truth.path


def test_reserved_articles_have_a_title_and_no_text_in_the_truth(newsroom):
    reserved = [truth for truth in newsroom.truth() if truth.kind == "reserved"]
    assert len(reserved) == 2
    assert all(truth.title and truth.published and not truth.text for truth in reserved)


def test_dates_are_aware_within_the_newsroom_s_years_and_one_is_unknown(newsroom):
    newsroom.next_day()
    articles = [truth for truth in newsroom.truth() if truth.kind == "article"]
    dates = [truth.published for truth in articles if truth.published]
    assert len(articles) - len(dates) == 1
    assert min(dates) >= datetime(2025, 5, 1, tzinfo=UTC)
    assert max(dates) < datetime(2026, 11, 1, tzinfo=UTC)


def test_feed_gives_the_newest_with_authors_dates_and_some_tracked_links(newsroom):
    items = list(ET.fromstring(get(newsroom, newsroom.feed_url).body).iter("item"))
    dated = [item for item in items if item.findtext("pubDate")]
    dates = [parsedate_to_datetime(item.findtext("pubDate")) for item in dated]
    assert len(dates) == 15
    assert dates == sorted(dates, reverse=True)
    links = [item.findtext("link") for item in items]
    tracked = [link for link in links if "utm_source=" in link]
    assert 0 < len(tracked) < len(links)
    assert all(get(newsroom, link).status in {200, 404} for link in links)
    assert dated[0].findtext("{http://purl.org/dc/elements/1.1/}creator")


def test_atom_entries_say_when_they_were_published_and_updated(newsroom):
    entries = ET.fromstring(get(newsroom, newsroom.atom_url).body).findall(f"{ATOM}entry")
    updated = [
        entry
        for entry in entries
        if entry.findtext(f"{ATOM}updated") != entry.findtext(f"{ATOM}published")
    ]
    assert len(entries) == 15
    assert updated


def test_sitemap_index_leads_to_all_articles_and_to_pages_that_are_none(newsroom):
    index = ET.fromstring(get(newsroom, newsroom.sitemap_url).body)
    children = [loc.text for loc in index.iter(f"{SITEMAP}loc")]
    assert [get(newsroom, child).status for child in children] == [200, 200]
    listed = {location.removeprefix(newsroom.url) for location in sitemap_locations(newsroom)}
    assert listed == {truth.path for truth in newsroom.truth()}


def test_news_sitemap_gives_title_and_date_of_the_newest(newsroom):
    urls = ET.fromstring(get(newsroom, "/sitemaps/actualites.xml").body).findall(f"{SITEMAP}url")
    truth = {newsroom.url + truth.path: truth for truth in newsroom.truth()}
    for url in urls:
        true = truth[url.findtext(f"{SITEMAP}loc")]
        assert next(url.iter(f"{NEWS}title")).text == true.title
        date = next(url.iter(f"{NEWS}publication_date")).text
        assert datetime.fromisoformat(date) == true.published


def test_robots_txt_names_the_sitemap_and_disallows_a_listed_article(newsroom):
    robots = get(newsroom, "/robots.txt").text
    assert f"Sitemap: {newsroom.sitemap_url}" in robots
    assert "Disallow: /prive/" in robots
    assert paths(newsroom, "disallowed")[0].startswith("/prive/")


@pytest.mark.parametrize(
    ("request_header", "answer_header"),
    [("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")],
)
def test_conditional_requests_are_answered_with_304_and_no_body(
    newsroom, request_header, answer_header
):
    for path in [*paths(newsroom, "article"), "/feed/", "/sitemap.xml"]:
        first = get(newsroom, path)
        second = get(newsroom, path, **{request_header: first.headers[answer_header]})
        assert (second.status, second.body) == (304, b"")


def test_stale_or_unreadable_validators_get_the_page(newsroom):
    path = paths(newsroom, "article")[0]
    assert get(newsroom, path, **{"If-None-Match": '"another"'}).status == 200
    assert get(newsroom, path, **{"If-Modified-Since": "one of these days"}).status == 200


def test_next_day_corrects_one_withdraws_one_and_adds_two(newsroom):
    before = {truth.path: truth for truth in newsroom.truth()}
    tags = {path: get(newsroom, path).headers["ETag"] for path in before}
    dates = sitemap_dates(newsroom)
    newsroom.next_day()
    after = {truth.path: truth for truth in newsroom.truth()}
    new = [path for path in after if path not in before]
    gone = [path for path in before if after[path].kind == "gone"]
    changed = [path for path in before if before[path].text != after[path].text]
    assert (len(new), len(gone), len(changed)) == (2, 1, 1)
    assert get(newsroom, changed[0]).headers["ETag"] != tags[changed[0]]
    assert sitemap_dates(newsroom)[changed[0]] > dates[changed[0]]
    assert gone[0] not in sitemap_dates(newsroom)
    assert all(newsroom.url + path in get(newsroom, "/atom.xml").text for path in new)
    articles = [p for p in before if before[p].kind == "article" and p not in {*gone, *changed}]
    assert all(get(newsroom, path).headers["ETag"] == tags[path] for path in articles)


def sitemap_dates(newsroom):
    root = ET.fromstring(gzip.decompress(get(newsroom, "/sitemaps/articles.xml.gz").body))
    return {
        url.findtext(f"{SITEMAP}loc").removeprefix(newsroom.url): datetime.fromisoformat(
            url.findtext(f"{SITEMAP}lastmod")
        ).replace(tzinfo=None)
        for url in root
        if url.findtext(f"{SITEMAP}lastmod")
    }


def test_there_is_no_third_day(newsroom):
    newsroom.next_day()
    with pytest.raises(RuntimeError, match="only two days"):
        newsroom.next_day()


def test_old_pages_are_latin_1_and_only_their_meta_says_so(newsroom):
    answers = [get(newsroom, path) for path in paths(newsroom, "article")]
    old = [answer for answer in answers if answer.headers["Content-Type"] == "text/html"]
    assert old
    for answer in old:
        assert b"charset=iso-8859-1" in answer.body
        assert "é" in answer.body.decode("iso-8859-1")
        with pytest.raises(UnicodeDecodeError):
            answer.body.decode()


def test_reservations_are_said_once_in_a_header_and_once_in_a_meta_tag(newsroom):
    answers = [get(newsroom, path) for path in paths(newsroom, "reserved")]
    by_header = [answer.headers["tdm-reservation"] == "1" for answer in answers]
    by_meta = ['name="tdm-reservation" content="1"' in answer.text for answer in answers]
    assert sorted(zip(by_header, by_meta, strict=True)) == [(False, True), (True, False)]
    policy = next(
        answer.headers["tdm-policy"] for answer in answers if answer.headers["tdm-policy"]
    )
    assert get(newsroom, policy).status == 200


def test_paywalled_article_declares_itself_and_shows_a_notice(newsroom):
    page = get(newsroom, paths(newsroom, "paywalled")[0]).text
    assert json.loads(ld_scripts(page)[0])["isAccessibleForFree"] is False
    assert "réservée à nos abonnés" in page


def test_some_json_ld_is_broken_and_some_pages_have_none(newsroom):
    broken, none = 0, 0
    for path in paths(newsroom, "article"):
        scripts = ld_scripts(page_text(newsroom, path))
        none += not scripts
        for script in scripts:
            try:
                json.loads(script)
            except ValueError:
                broken += 1
    assert broken == 3
    assert none > 10


@pytest.mark.parametrize(
    "mark", ["\u00a0", "\u202f", "\u00ad", "\u200b", "&eacute;", "’", "e\u0301"]
)
def test_special_characters_occur(newsroom, mark):
    pages = (page_text(newsroom, path) for path in paths(newsroom, "article"))
    assert any(mark in page for page in pages)


def test_other_versions_of_an_article_name_the_original(newsroom):
    for path in paths(newsroom, "duplicate"):
        canonical = html.fromstring(get(newsroom, path).body).xpath(
            "//link[@rel='canonical']/@href"
        )
        assert canonical[0].removeprefix(newsroom.url) in paths(newsroom, "article")


def test_printed_weekdays_are_those_of_the_dates(newsroom):
    days = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
    dated = [story for story in newsroom.edition.stories if story.date_printed]
    for story in dated:
        assert str(story.published.day) in story.date_printed
        named = [day for day in days if day in story.date_printed.lower()]
        assert named in ([], [days[story.published.weekday()]])
    assert len(dated) > 8


def test_sections_list_all_their_articles_over_several_pages(newsroom):
    page = html.fromstring(get(newsroom, "/travaux-et-energie/").body)
    numbers = page.xpath("//p[@class='pagination']/a/@href")
    assert len(numbers) > 1
    linked = {
        link
        for number in numbers
        for link in html.fromstring(get(newsroom, number).body).xpath("//h2/a/@href")
    }
    listed = paths(newsroom, "article", "reserved", "paywalled")
    assert linked == {path for path in listed if path.startswith("/travaux-et-energie/")}


def test_a_pdf_is_served_as_one(newsroom):
    answer = get(newsroom, "/documents/tarifs-annonces-legales.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    start = int(answer.body.rsplit(b"startxref\n", 1)[1].split()[0])
    assert answer.body.startswith(b"%PDF-")
    assert answer.body[start:].startswith(b"xref")


def test_head_gives_the_headers_alone(newsroom):
    path = paths(newsroom, "article")[0]
    answer = get(newsroom, path, method="HEAD")
    assert answer.body == b""
    assert answer.headers["ETag"] == get(newsroom, path).headers["ETag"]


def test_requests_are_logged_in_order_with_what_the_client_said(newsroom):
    get(newsroom, "/feed/?page=2", **{"User-Agent": "test/1", "If-None-Match": '"x"'})
    get(newsroom, "/nowhere")
    first, second = newsroom.requests
    assert (first.path, first.status, first.user_agent) == ("/feed/?page=2", 200, "test/1")
    assert (first.if_none_match, first.if_modified_since) == ('"x"', None)
    assert (second.path, second.status) == ("/nowhere", 404)
    assert first.at <= second.at <= datetime.now(UTC)


def test_many_clients_at_once_are_all_logged(newsroom):
    threads = [threading.Thread(target=get, args=(newsroom, "/")) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [request.status for request in newsroom.requests] == [200] * 20


def test_latency_delays_each_answer():
    with Newsroom(latency=0.2) as newsroom:
        start = datetime.now(UTC)
        get(newsroom, "/")
        assert (datetime.now(UTC) - start).total_seconds() >= 0.2


def test_a_connection_is_kept_for_the_next_request_and_closed_with_the_newsroom():
    with Newsroom() as newsroom:
        connection = http.client.HTTPConnection(urlsplit(newsroom.url).netloc, timeout=5)
        connection.request("GET", "/")
        connection.getresponse().read()
        socket = connection.sock
        connection.request("GET", "/feed/")
        connection.getresponse().read()
        assert connection.sock is socket is not None
    with pytest.raises((OSError, http.client.HTTPException)):
        get(newsroom, "/")
    assert socket.recv(1) == b""


def test_a_port_in_use_is_refused(newsroom):
    with pytest.raises(OSError, match="in use"):
        Newsroom(port=urlsplit(newsroom.url).port)
