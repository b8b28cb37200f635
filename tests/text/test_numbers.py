"""Numbers in words and digits."""

import time

import pytest
from cpu import allowed
from hypothesis import given
from hypothesis import strategies as st

from alescrawl.text.folding import fold
from alescrawl.text.numbers import numbers


def read(text):
    folded = fold(text)
    return [(folded[n.start : n.end], n.value) for n in numbers(folded)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 650", 1650),
        ("1\u202f650", 1650),
        ("1\xa0650 000", 1_650_000),
        ("8.000", 8000),
        ("1,53", 1.53),
        ("12.5", 12.5),
        ("1 250,75", 1250.75),
        ("7 millions", 7_000_000),
        ("1,5 milliard", 1_500_000_000),
        ("dix-sept", 17),
        ("vingt et un", 21),
        ("Vingt-et-un", 21),
        ("soixante et onze", 71),
        ("soixante-dix-huit", 78),
        ("septante-deux", 72),
        ("quatre-vingts", 80),
        ("cent quatre-vingt-dix-neuf", 199),
        ("deux cents", 200),
        ("mille deux cents", 1200),
        ("deux mille cinq cents", 2500),
        ("trois cent mille", 300_000),
        ("un million", 1_000_000),
        ("deux cents millions", 200_000_000),
        ("deux millions cinq cent mille", 2_500_000),
        ("centaine", 100),
        ("trois dizaines", 30),
        ("demi-douzaine", 6),
    ],
)
def test_one_number(text, value):
    assert read(text) == [(fold(text), value)]


@pytest.mark.parametrize("text", ["des centaines", "un atelier", "famille", "A9", "centre", "V2"])
def test_no_number(text):
    assert read(text) == []


def test_numbers_side_by_side_stay_apart():
    assert [v for _, v in read("entre deux et trois cents, puis 2019 900")] == [2, 300, 2019, 900]


PIECES = [*"0123456789., -", "deux ", "cent ", "mille ", "et ", "un ", "millions "]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_spans_are_in_order_and_values_finite(text):
    end = 0
    for number in numbers(text):
        assert end <= number.start < number.end
        assert number.value >= 0
        end = number.end


@pytest.mark.parametrize("unit", ["1", "1 111", "deux ", "1 ", "vingt-", " ", "1,", "et un "])
def test_hostile_lines_take_linear_time(unit):
    text = unit * (400_000 // len(unit))
    begun = time.process_time()
    for _ in numbers(text):
        pass
    assert time.process_time() - begun < allowed(1)
