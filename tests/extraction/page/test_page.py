"""A page as it came, decoded and parsed once."""

import codecs
import contextlib
import random
import time

import pytest
from cpu import allowed
from hypothesis import given
from hypothesis import strategies as st

from alescrawl.extraction.page.page import Page, UnreadablePage

URL = "https://journal.example/a"
WORDS = "L’usine « rouvre » : 10 000 € d’été"


def text_of(html, encoding=None):
    return Page.from_html(html, URL, encoding).tree.xpath("string(//p)")


def page(declaration=""):
    return f"<!doctype html><html><head>{declaration}</head><body><p>{WORDS}</p></body></html>"


META = '<meta charset="{}">'
HTTP_EQUIV = '<meta http-equiv="Content-Type" content="text/html; charset={}">'


@pytest.mark.parametrize(
    ("html", "declared"),
    [
        (page(), None),
        (page(META.format("windows-1252")), None),
        (f'<?xml version="1.0" encoding="iso-8859-1"?>{page()}', None),
        (page().encode(), None),
        (page().encode(), "utf-8"),
        (page(META.format("utf-8")).encode(), "ISO-8859-1"),
        (page(META.format("iso-8859-1")).encode(), None),
        (page().encode("cp1252"), None),
        (page().encode("cp1252"), "iso-8859-1"),
        (page().encode("cp1252"), "utf-8"),
        (page(META.format("utf-8")).encode("cp1252"), None),
        (page(META.format("ISO-8859-1")).encode("cp1252"), None),
        (page(HTTP_EQUIV.format("windows-1252")).encode("cp1252"), None),
        (f'<?xml version="1.0" encoding="windows-1252"?>{page()}'.encode("cp1252"), None),
        (codecs.BOM_UTF8 + page(META.format("iso-8859-1")).encode(), "iso-8859-1"),
        (page().encode("utf-16"), "utf-8"),
        (page().encode("utf-16-le"), None),
        (page().encode(), "utf-16"),
        (page().encode(), "iso-8859-15"),
        (page().encode(), "iso-8859-2"),
        (page().encode(), "windows-1250"),
        (page().encode(), "macintosh"),
        (page().encode(), "koi8-r"),
        (page().encode(), "gb2312"),
        (page(META.format("ISO-8859-9")).encode(), None),
        (page(HTTP_EQUIV.format("iso-8859-15")).encode(), "iso-8859-15"),
        (page(META.format("utf-8")).encode(), "iso-8859-15"),
        (page().encode(), "no-such-charset"),
        (page().encode(), "unicode_escape"),
        (page().encode(), "punycode"),
    ],
)
def test_accents_survive_whatever_is_declared(html, declared):
    assert text_of(html, declared) == WORDS


@pytest.mark.parametrize(
    ("html", "declared", "encoding", "problems"),
    [
        (page(), None, "unicode", []),
        (page().encode(), None, "utf-8", []),
        (page().encode(), "utf-8", "utf-8", []),
        (page().encode("cp1252"), "latin-1", "cp1252", []),
        (page().encode("cp1252"), "utf-8", "cp1252", ["charset_wrong"]),
        (page().encode(), "iso-8859-1", "utf-8", ["charset_wrong"]),
        (page().encode(), "iso-8859-15", "utf-8", ["charset_wrong"]),
        (page().encode() * 3 + b"\xe9", "iso-8859-15", "utf-8", ["charset_wrong", "invalid_utf8"]),
        (page().encode() + b"\xff", "utf-8", "utf-8", ["invalid_utf8"]),
        (page().encode().replace(b"usine", b"us\0ine"), None, "utf-8", ["null_bytes"]),
        ("<div>" * 5_000, None, "unicode", ["too_deep"]),
    ],
)
def test_what_was_wrong_is_named(html, declared, encoding, problems):
    read = Page.from_html(html, URL, declared)
    assert (read.url, read.encoding, read.problems) == (URL, encoding, problems)


def test_other_encodings_of_the_web():
    assert text_of("<p>Žluťoučký".encode("iso-8859-2"), "iso-8859-2") == "Žluťoučký"
    assert text_of("<p>Новости".encode("cp1251"), "windows-1251") == "Новости"
    assert text_of("<p>10 €".encode("iso-8859-15"), "iso-8859-15") == "10 €"


def test_a_cut_last_character_is_replaced():
    assert text_of(page().encode().partition("é".encode())[0] + b"\xc3").endswith("d’\ufffd")


def test_comments_do_not_part_words():
    assert text_of("<p>ré<!-- x -->union") == "réunion"


@pytest.mark.parametrize("body", [b"", " \n\t\ufeff", b"\0\0", "<!doctype html>", b"<!-- x -->"])
def test_a_blank_body(body):
    with pytest.raises(UnreadablePage) as caught:
        Page.from_html(body, URL)
    assert caught.value.reason == "empty_body"


@pytest.mark.parametrize(
    "body",
    [
        b"%PDF-1.7 <p>",
        b"\x89PNG\r\n\x1a\n<p>",
        b"\xff\xd8\xff\xe0 <p>",
        b"PK\x03\x04<p>",
        b"\x1f\x8b\x08<p>",
        b"\x01\x02\x03\x04" * 40 + b"<p>",
        "une phrase, sans rien d'autre",
        '{"content": {"rendered": "<p>oui</p>"}}',
        '[{"title": "<b>oui</b>"}]',
        'rappel({"title": "<b>oui</b>"})',
        '<?xml version="1.0"?><rss version="2.0"><channel/></rss>',
        '<?xml version="1.0"?><!-- <html> --><!DOCTYPE x><inconnu a="1"/>',
        '<feed xmlns="http://www.w3.org/2005/Atom"></feed>',
        "<urlset ><url></url></urlset>",
    ],
)
def test_what_is_not_html(body):
    with pytest.raises(UnreadablePage) as caught:
        Page.from_html(body, URL)
    assert caught.value.reason == "not_html"


def long_page():
    paragraph = '<div class="x"><p>Un été à Alès, <a href="/b">ici</a>.<br>Et là.</p></div>\n'
    return page(META.format("utf-8")).replace("</body>", paragraph * 300 + "</body>").encode()


def test_a_page_cut_anywhere_is_read_as_far_as_it_goes():
    whole = long_page()
    for size in range(100, len(whole), 997):
        assert Page.from_html(whole[:size], URL).tree.tag == "html"


def test_shuffled_tags_are_read():
    parts = long_page().replace(b"<", b"\n<").split(b"\n")
    random.Random(0).shuffle(parts)
    assert Page.from_html(b"".join(parts), URL).tree.xpath("//p")


@given(st.binary() | st.text() | st.text("<>/!-pdivah&;#x \"'=?[").map(lambda s: f"<p>{s}"))
def test_any_body_is_a_page_or_unreadable(body):
    with contextlib.suppress(UnreadablePage):
        assert Page.from_html(body, URL, "utf-8").tree.tag == "html"


@given(
    st.binary(max_size=40), st.text(max_size=20) | st.sampled_from(["utf-16", "gb18030", "utf-7"])
)
def test_any_charset_can_be_declared(body, charset):
    assert Page.from_html(b"<p>Une phrase" + body, URL, charset).tree.tag == "html"


@pytest.mark.parametrize(
    "part",
    [
        "x ",
        "<div>",
        "<b><p>",
        "<ul><li>",
        "<table><tr><td>",
        "<p class='",
        "&",
        "<",
        "<!--",
        "</p>",
    ],
)
def test_a_megabyte_takes_bounded_time(part):
    body = "<p>" + part * (1_000_000 // len(part))
    begin = time.process_time()
    Page.from_html(body.encode(), URL)
    assert time.process_time() - begin < allowed(1)
