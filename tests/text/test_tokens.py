"""Words and sentences of French text."""

import time

import pytest
from cpu import allowed
from hypothesis import given
from hypothesis import strategies as st

from alescrawl.text.tokens import sentences, tokens, words


def split(function, text):
    return [text[start:end] for start, end in function(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L'usine d’Alès", ["L'", "usine", "d’", "Alès"]),
        ("Qu'elle s'agrandit", ["Qu'", "elle", "s'", "agrandit"]),
        ("jusqu'ici lorsqu'on", ["jusqu'", "ici", "lorsqu'", "on"]),
        ("aujourd'hui quelqu’un", ["aujourd'hui", "quelqu’un"]),
        ("la presqu'île, les prud'hommes", ["la", "presqu'île", ",", "les", "prud'hommes"]),
        ("c'est-à-dire main-d'œuvre", ["c'est-à-dire", "main-d'œuvre"]),
        ("Saint-Jean-du-Gard", ["Saint-Jean-du-Gard"]),
        ("O'Connor et J.-P. Blanc", ["O'Connor", "et", "J.-P.", "Blanc"]),
        ("M. Blanc, Mme Noir", ["M.", "Blanc", ",", "Mme", "Noir"]),
        ("la S.A.R.L. et la R&D", ["la", "S.A.R.L.", "et", "la", "R&D"]),
        ("10 000 € et 1\u202f200,5 %", ["10 000", "€", "et", "1\u202f200,5", "%"]),
        ("en 2025 300 emplois", ["en", "2025", "300", "emplois"]),
        ("3,5 puis 3.", ["3,5", "puis", "3", "."]),
        ("le 1er à 18h30, la 2e", ["le", "1er", "à", "18h30", ",", "la", "2e"]),
        ("a.b@c.example.", ["a.b@c.example", "."]),
        ("sur https://x.example/a?b=1.", ["sur", "https://x.example/a?b=1", "."]),
        ("« Oui... »", ["«", "Oui", "...", "»"]),
        ("salarié·e·s (A9)", ["salarié·e·s", "(", "A9", ")"]),
    ],
)
def test_tokens(text, expected):
    assert split(tokens, text) == expected


def test_words_are_the_tokens_less_punctuation():
    assert split(words, "« L'été, 3,5 % ! »") == ["L'", "été", "3,5"]


@pytest.mark.parametrize(
    "expected",
    [
        ["M. Blanc est venu.", "Il a parlé à Mme. Noir, av. de la Gare."],
        ["Le directeur, J.-P. Blanc, part.", "J. Noir le remplace."],
        ["Fermé jusqu'en janv. 2026, etc.", "Puis ouvert."],
        ["Ouvert jusqu'à 18 h.", "Fermé ensuite."],
        ["C'est le plan B.", "Il avance."],
        ["1. Recruter.", "2. Former."],
        ["« Oui ! » répond-elle.", "« Non ? »", "Il part… mais revient."],
        ["Il a dit « oui.\xa0»", "Elle aussi."],
        ['Il a dit "oui."', "Elle aussi."],
        ["(Une remarque.)", "300 emplois !", "É. Blanc, 3,5 M€."],
        ["Il pèse 3.5 kg sur lemonde.example et coûte cher.", "Ah ?!", "Oui..."],
    ],
)
def test_sentences(expected):
    assert split(sentences, " ".join(expected)) == expected


def test_a_line_end_ends_a_sentence():
    assert split(sentences, "Un titre\n\n le texte\n") == ["Un titre", "le texte"]


texts = st.text() | st.lists(
    st.sampled_from(["M. ", "l'", "A", ".", " ", "\n", "«", "»", "12 ", "été", "…", "\xa0", "B. "])
).map("".join)


@given(texts)
def test_tokens_hold_every_character_that_is_not_blank(text):
    end = 0
    for start, stop in tokens(text):
        assert text[end:start].strip() == ""
        assert start < stop
        end = stop
    assert text[end:].strip() == ""


@given(texts)
def test_sentences_hold_every_character_that_is_not_blank(text):
    end = 0
    for start, stop in sentences(text):
        assert text[end:start].strip() == ""
        assert text[start:stop] == text[start:stop].strip() != ""
        end = stop
    assert text[end:].strip() == ""


@pytest.mark.parametrize(
    "part", ["M. ", "A. ", "« ", "1 000 ", "l'", "a@", "www.", "a.b", "é-", "1."]
)
def test_a_long_line_takes_bounded_time(part):
    text = part * (200_000 // len(part))
    begin = time.process_time()
    for function in (tokens, sentences):
        for _ in function(text):
            pass
    assert time.process_time() - begin < allowed(2)
