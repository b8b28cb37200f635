"""The one way a text is written."""

import time
import unicodedata

import pytest
from cpu import allowed
from hypothesis import given
from hypothesis import strategies as st

from alescrawl.text.normalise import as_printed, normalise


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("déjà propre", "déjà propre"),
        ("  deux \t lignes\r\n ici\u2028là ", "deux lignes ici là"),
        ("10\xa0000\u202f€\u2009!", "10 000 € !"),
        ("l’usine d‘Alès, aujourdʼhui", "l'usine d'Alès, aujourd'hui"),
        ("“ouvert” et „fermé”", '"ouvert" et "fermé"'),
        ("il dit : «oui», puis «\xa0non\xa0».", "il dit : «oui», puis « non »."),
        ("«\u202fVrai\u202f?\xa0»", "« Vrai ? »"),
        ("(»so«, sagte er)", "(»so«, sagte er)"),
        ("re\xadtour à l\u200bécole\ufeff", "retour à l'école".replace("l'", "l")),
        ("e\u0301te\u0301", "été"),
        ("caf\x00e\x07", "cafe"),
        ("l\x92\x9cuvre co\x96te 3 \x80", "l'œuvre co–te 3 €"),
        ("\uf017 12 mars", "12 mars"),
        ("la R&amp;D", "la R&D"),
        ("la R&D et AT&T", "la R&D et AT&T"),
        ("?a=1&copy=2&reg", "?a=1&copy=2&reg"),
        ("caf&eacute; &#224; l&rsquo;heure&nbsp;!", "café à l'heure !"),
        ("caf&amp;amp;eacute;", "café"),
        ("&laquo;&nbsp;oui&nbsp;&raquo;", "« oui »"),
        ("a &lt; b", "a < b"),
        ("a\ud83d b", "a b"),
        ("œuvre … – —", "œuvre … – —"),
        ("la R&D; puis la vente", "la R&D; puis la vente"),
        ("&" + "amp;" * 6 + "A&\u0300", "amp;À"),
    ],
)
def test_one_way_of_writing(text, expected):
    assert normalise(text) == expected


texts = st.one_of(
    st.text(),
    st.text(st.characters(codec=None)),
    st.text("&amp;#38x26 eacute;\u200b\u037e«» '’\n\xa0\x92"),
    st.lists(st.sampled_from(["&", "amp;", "#38;", "&#", "lt;", "«", "»", "\u0301", "a"])).map(
        "".join
    ),
)


@given(texts)
def test_normalising_twice_equals_normalising_once(text):
    once = normalise(text)
    assert normalise(once) == once


@given(texts)
def test_result_is_one_printable_line(text):
    line = normalise(text)
    assert line == " ".join(line.split())
    assert unicodedata.is_normalized("NFC", line)
    assert not any(unicodedata.category(c) in {"Cc", "Cs", "Co", "Zl", "Zp"} for c in line[:1000])


@pytest.mark.parametrize("part", ["amp;", "&amp;", "« ", "\xa0\n", "a" * 50 + " ", "&", "\u0301"])
def test_a_megabyte_takes_bounded_time(part):
    text = "&" + part * (1_000_000 // len(part))
    begin = time.process_time()
    normalise(text)
    assert time.process_time() - begin < allowed(1)


def test_quoted_text_keeps_the_quotes_of_the_page_and_compared_text_has_straight_ones():
    printed = "« L’usine\u00a0»\u202f: “ à l’arrêt ”, ‘dit-on’"
    assert as_printed(printed) == "« L’usine » : “ à l’arrêt ”, ‘dit-on’"
    assert normalise(printed) == "« L'usine » : \" à l'arrêt \", 'dit-on'"
