"""What dates, sums and jobs promise of any text."""

import time

import pytest
from cpu import allowed
from hypothesis import example, given, settings
from hypothesis import strategies as st

from alescrawl.entities.dates.dates import find_dates
from alescrawl.entities.values import find_values
from alescrawl.entities.values.amounts import find_amounts
from alescrawl.entities.values.jobs import find_jobs

FINDERS = [find_dates, find_amounts, find_jobs, find_values]
PIECES = [
    *"0123456789 .,-/'’\n\x00🌻²",
    *("mars ", "mai ", "été ", "lundi ", "fin ", "début de ", "entre ", " à ", " au ", " et "),
    *("2016", "2024", "31", "M€", " euros", " francs", "deux ", "cent ", "million ", "dont "),
    *(" emplois", " salariés", "centaine de ", "sur ", "prochain", "dernier", "l'an ", "Cette "),
]


@example("0€00€", None)
@settings(deadline=None)
@given(
    st.text() | st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.none() | st.dates() | st.datetimes() | st.text(max_size=10),
)
def test_a_mention_is_its_words_and_none_overlaps(text, published):
    for mentions in (find_dates(text, published), *(find(text) for find in FINDERS)):
        end = 0
        for mention in mentions:
            assert text[mention.start : mention.end] == mention.surface != ""
            assert mention.start >= end
            assert (mention.date_start is None) == (mention.date_end is None)
            assert mention.date_start is None or mention.date_start <= mention.date_end
            end = mention.end


HOSTILE = [
    *("1", "1 ", "x", " ", "12, ", "2016-", "mars à ", "12 mars et ", "1 million ", "7 à 8 M€ "),
    *("\n", "l'été ", "fin de ", "dont 12 ", "12 emplois sur ", "centaine de ", "12 personnes "),
]


@pytest.mark.parametrize("find", FINDERS)
@pytest.mark.parametrize("unit", HOSTILE)
def test_a_hostile_line_takes_linear_time(find, unit):
    text = unit * (200_000 // len(unit))
    begun = time.process_time()
    find(text)
    assert time.process_time() - begun < allowed(1.5)
