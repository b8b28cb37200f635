"""Feeds as systems write them and as they arrive: what they say of an article is read."""

import json
import time
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from cpu import allowed

from alescrawl.crawling.routes.feed import load_json, read_feed, read_json_feed
from alescrawl.crawling.routes.model import Answer, Feed, Flaw, UnreadableRoute, WordPressRest
from alescrawl.crawling.routes.wordpress_rest import read_wordpress_rest
from alescrawl.dataset.ledger.hints import Listed

URL = "https://journal.example/spip.php?page=backend"


def _read(body, url=URL):
    body = body.encode() if isinstance(body, str) else body
    return list(read_feed(Answer(Feed(url), body, url, {})))


def _rss(item, channel="<link>https://journal.example</link>"):
    return f'<rss version="2.0"><channel>{channel}<item>{item}</item></channel></rss>'


def test_rss_says_who_wrote_under_which_terms_and_in_one_sentence_what():
    (entry,) = _read(
        _rss(
            "<title>L&#8217;usine &lt;em&gt;recrute&lt;/em&gt;</title><link>https://journal.example/u</link>"
            '<dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">'
            "<![CDATA[Inès Fabre et Paul Roux]]></dc:creator>"
            "<category>Industrie</category><category>Emploi</category>"
            "<description><![CDATA[<p>Douze postes sont à pourvoir.</p> <p>L’article <a href='/u'>"
            "L’usine</a> est apparu en premier sur <a href='/'>Le Journal</a>.</p>]]></description>"
        )
    )
    assert entry == Listed(
        "https://journal.example/u",
        title="L’usine recrute",
        authors=("Inès Fabre et Paul Roux",),
        tags=("Industrie", "Emploi"),
        excerpt="Douze postes sont à pourvoir.",
    )


def test_a_feed_that_gives_the_whole_text_gives_no_excerpt():
    (entry,) = _read(
        _rss(
            "<link>/u</link><description>&lt;p&gt;Un.&lt;/p&gt;&lt;p&gt;Deux.&lt;/p&gt;</description>"
        )
    )
    assert entry.excerpt is None


@pytest.mark.parametrize(
    ("author", "name"),
    [("redaction@journal.example (Inès Fabre)", "Inès Fabre"), ("Inès Fabre", "Inès Fabre")],
)
def test_an_author_of_rss_may_stand_behind_an_address(author, name):
    (entry,) = _read(_rss(f"<link>/u</link><author>{author}</author>"))
    assert entry.authors == (name,)


def test_atom_names_authors_and_terms_in_elements_of_their_own():
    (entry,) = _read(
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="https://journal.example/u"/>'
        "<author><name>Inès Fabre</name></author><author><name>Paul Roux</name></author>"
        '<category term="emploi" label="Emploi"/><summary>Douze postes.</summary></entry></feed>'
    )
    assert entry.authors == ("Inès Fabre", "Paul Roux")
    assert (entry.tags, entry.excerpt) == (("Emploi",), "Douze postes.")


def test_a_json_feed_is_read_by_its_content():
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [
            {
                "id": "1",
                "url": "/u",
                "title": "Une usine",
                "summary": "Douze postes.",
                "date_published": "2026-03-03T07:45:00+01:00",
                "authors": [{"name": "Inès Fabre"}],
                "tags": ["Emploi"],
            },
            {"id": "2", "title": "Sans adresse"},
            "no item",
        ],
    }
    first, *others = _read(b"\xef\xbb\xbf" + json.dumps(feed).encode(), "https://journal.example/f")
    assert first == Listed(
        "https://journal.example/u",
        published=datetime(2026, 3, 3, 6, 45, tzinfo=UTC),
        title="Une usine",
        authors=("Inès Fabre",),
        tags=("Emploi",),
        excerpt="Douze postes.",
    )
    assert others == [Flaw("no_address")] * 2


@pytest.mark.parametrize(
    ("body", "reason"),
    [('{"items": 3}', "not_a_feed"), ('{"items": [', "not_json"), ("[" * 100_000, "not_json")],
)
def test_json_that_is_no_feed_is_refused_by_name(body, reason):
    with pytest.raises(UnreadableRoute) as error:
        _read(body)
    assert error.value.reason == reason


def test_relative_links_are_those_of_the_site_not_of_the_feed():
    (entry,) = _read(_rss("<link>une-usine</link>"), "https://www.journal.example/flux/rss/")
    assert entry.url == "https://journal.example/une-usine"


def test_the_address_behind_a_feed_service_is_the_one_taken():
    (entry,) = _read(
        _rss(
            "<link>https://service.example/~r/1</link><f:origLink "
            'xmlns:f="http://rssnamespace.org/feedburner/ext/1.0">https://journal.example/u</f:origLink>'
        )
    )
    assert entry.url == "https://journal.example/u"


@pytest.mark.parametrize("link", ["javascript:void(0)", "http://", "http://[", "", "mailto:a@b.c"])
def test_an_item_without_a_usable_link_is_counted(link):
    assert _read(_rss(f"<link>{link}</link>")) == [Flaw("no_address")]


@pytest.mark.parametrize(
    "before", [b"\xef\xbb\xbf", b" \r\n\n", b"<b>Warning</b>: mktime()<br />\n"]
)
def test_what_stands_before_the_document_does_not_matter(before):
    body = before + b'<?xml version="1.0" encoding="UTF-8"?>' + _rss("<link>/u</link>").encode()
    assert [e.url for e in _read(body)] == ["https://journal.example/u"]


def test_lone_ampersands_and_entities_of_html_are_read_as_they_are_meant():
    (entry,) = _read(
        _rss("<title>Caf&eacute;&nbsp;&amp; th&eacute; & lait</title><link>/?a=1&b=2</link>")
    )
    assert entry.title == "Café & thé & lait"
    assert entry.url == "https://journal.example/?a=1&b=2"


def test_an_ampersand_in_cdata_stays_one():
    (entry,) = _read(_rss("<title>A & B</title><link><![CDATA[/?a=1&b=2]]></link>"))
    assert entry.url == "https://journal.example/?a=1&b=2"


def test_characters_of_a_path_go_out_as_they_came_in():
    composed, decomposed = "/\u00e9t\u00e9", "/e\u0301te\u0301"
    urls = [_read(_rss(f"<link>{path}</link>"))[0].url for path in (composed, decomposed)]
    assert urls == [f"https://journal.example{composed}", f"https://journal.example{decomposed}"]


def test_a_feed_in_another_encoding_is_read():
    body = (
        '<?xml version="1.0" encoding="ISO-8859-1"?>' + _rss("<title>Été</title><link>/u</link>")
    ).encode("latin-1")
    assert _read(body)[0].title == "Été"
    utf16 = _rss("<title>Été &amp; hiver</title><link>/u</link>").encode("utf-16")
    assert _read(utf16)[0].title == "Été & hiver"


def test_a_cut_feed_gives_what_it_holds_and_says_so():
    *entries, flaw = _read(_rss("<link>/u</link>")[:-20] + "<item><ti")
    assert entries[0].url == "https://journal.example/u"
    assert flaw == Flaw("cut_short", partial=True)


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "<![CDATA[",
            "<![CDATA[<",
            "&<![CDATA[",
            "]]><![CDATA[",
            "<item",
            "<a b='",
            '<a b="c',
            "</",
        ),
        *("&a", "& ", "<!--", "<?a", "<!ENTITY", "<item><title>", "<a:b "),
    ],
)
def test_a_feed_of_one_thing_repeated_is_left_behind(unit):
    body = ("<rss>& <channel>" + unit * (500_000 // len(unit))).encode()
    begun = time.process_time()
    with suppress(UnreadableRoute):
        _read(body)
    assert time.process_time() - begun < allowed(1.0)


def test_what_is_quoted_in_a_damaged_feed_keeps_its_ampersands():
    (entry, *_) = _read(
        _rss("<title>A & <![CDATA[R&D &eacute; <b>]]>&eacute;</title><link>/u</link>")
    )
    assert entry.title == "A & R&D é é"


def test_a_lone_angle_bracket_is_a_character():
    (entry, *_) = _read(_rss("<title>1 < 2, dit-on</title><link>/u</link>"))
    assert entry.title == "1 < 2, dit-on"


@pytest.mark.parametrize(
    "form",
    [
        "<br />\n<b>Notice</b>:  Undefined: [x] in <b>/w/a.php</b> on line <b>3</b><br />\n{}",
        "\ufeff\n{}<!-- page cached by something, 0.2 s -->",
        "Deprecated: {closure} is old in /w/b.php\n{}\n<!-- 42 queries -->",
        "PHP Warning:  [1] {not json}\n{}",
    ],
)
@pytest.mark.parametrize("kind", ["rest", "feed"])
def test_json_is_read_with_a_notice_before_it_or_a_comment_after_it(form, kind):
    posts = [{"link": "https://journal.example/u", "title": {"rendered": "Une [usine]"}}]
    items = {"items": [{"id": "1", "url": "https://journal.example/u", "title": "Une [usine]"}]}
    whole = json.dumps(posts if kind == "rest" else items)
    body = form.replace("{}", whole).encode()
    if kind == "rest":
        answer = Answer(WordPressRest(URL), body, URL, {"x-wp-total": "1", "x-wp-totalpages": "1"})
        (entry,) = read_wordpress_rest(answer)
    else:
        (entry,) = read_json_feed(body, URL)
    assert (entry.url, entry.title) == ("https://journal.example/u", "Une [usine]")


@pytest.mark.parametrize("body", ["<p>[erreur]</p>", "Not found []" + "x" * 9_000, "{", "[[[["])
def test_what_holds_no_json_is_none(body):
    with pytest.raises(UnreadableRoute, match="not_json"):
        load_json(body.encode())


WORDS = "L'été à Valmourgue : 3 € l'entrée"
ENTRY = "<item><title>{}</title><link>https://journal.example/a-b-c.html</link></item>"


def _feed_of(declaration, encoding, charset=None):
    text = f"{declaration}<rss><channel>{ENTRY.format(WORDS)}</channel></rss>"
    headers = {"content-type": f"text/xml; charset={charset}"} if charset else {}
    url = "https://journal.example/feed"
    return Answer(Feed(url), text.encode(encoding), url, headers)


@pytest.mark.parametrize(
    ("declared", "encoding", "charset"),
    [
        ("utf-8", "cp1252", None),
        ("iso-8859-1", "utf-8", None),
        ("iso-8859-15", "utf-8", None),
        ("utf-16", "utf-8", None),
        ("windows-1250", "utf-8", None),
        ("utf-8", "cp1252", "windows-1252"),
        ("utf-8", "utf-8", "iso-8859-15"),
        ("iso-8859-1", "utf-8", "utf-8"),
        ("", "iso-8859-15", "iso-8859-15"),
        ("", "cp1252", None),
        ("utf-16", "utf-16", None),
    ],
)
def test_a_feed_is_read_in_the_encoding_that_its_bytes_bear_out(declared, encoding, charset):
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    (entry,) = read_feed(_feed_of(declaration, encoding, charset))
    assert entry.title.replace("’", "'") == WORDS


def test_prefixes_that_no_feed_declares_are_read_all_the_same():
    feed = (
        "<rss><channel><item><title>a</title><link>https://journal.example/a.html</link>"
        "<dc:creator>Inès Vallat</dc:creator><dc:date>2026-03-12T08:00:00Z</dc:date></item>"
        "</channel></rss>"
    )
    url = "https://journal.example/feed"
    (entry, *_) = read_feed(Answer(Feed(url), feed.encode(), url, {}))
    assert entry.authors == ("Inès Vallat",)
    assert entry.published is not None


@pytest.mark.parametrize(
    ("feed", "entry"),
    [("/economie/", ""), ("", "/economie/"), ("https://journal.example/", "economie/")],
)
def test_the_base_of_an_atom_feed_and_of_its_entries_counts(feed, entry):
    atom = (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="{feed}"><entry xml:base="{entry}">'
        '<title>a</title><link href="halle-2.html"/></entry></feed>'
    )
    url = "https://journal.example/feeds/atom"
    (found,) = read_feed(Answer(Feed(url), atom.encode(), url, {}))
    assert found.url == "https://journal.example/economie/halle-2.html"
