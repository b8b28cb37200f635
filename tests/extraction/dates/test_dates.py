"""Dates as machines and people write them, to moments in UTC."""

import time
from datetime import UTC, datetime, timedelta, timezone

import pytest
from cpu import allowed
from hypothesis import given
from hypothesis import strategies as st

from alescrawl.extraction.dates.dates import date_in_url, find_dates, parse_date, parse_timestamp

NOW = datetime(2025, 8, 20, 12, 0, tzinfo=UTC)


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


MACHINE = [
    ("2025-08-03T18:30:00Z", "2025-08-03 18:30", "second"),
    ("2025-08-03T18:30:00+02:00", "2025-08-03 16:30", "second"),
    ("2025-08-03T18:30:00.123+0200", "2025-08-03 16:30", "second"),
    ("2025-08-03 18:30:00 +0200", "2025-08-03 16:30", "second"),
    ("2025-08-03T18:30+02", "2025-08-03 16:30", "minute"),
    ("2025-08-03T18:30:00-05:00", "2025-08-03 23:30", "second"),
    ("2025-08-03T18:30:00+02:00[Europe/Paris]", "2025-08-03 16:30", "second"),
    ("2025-08-03T24:00:00Z", "2025-08-04 00:00", "second"),
    ("2025/08/03 18:30", "2025-08-03 16:30", "minute"),
    (" 2025-08-03 ", "2025-08-02 22:00", "day"),
    ("2025-1-3", "2025-01-02 23:00", "day"),
    ("20250803", "2025-08-02 22:00", "day"),
    ("20250803T183000Z", "2025-08-03 18:30", "second"),
    ("202508031830", "2025-08-03 16:30", "minute"),
    ("1754238600", "2025-08-03 16:30", "second"),
    ("1754238600000", "2025-08-03 16:30", "second"),
    ("Sun, 03 Aug 2025 18:30:00 +0200", "2025-08-03 16:30", "second"),
    ("Sun, 3 Aug 2025 18:30:00 GMT", "2025-08-03 18:30", "second"),
    ("dim., 03 août 2025 18:30:00 +0200", "2025-08-03 16:30", "second"),
    ("Sun Aug 03 2025 18:30:00 GMT+0200 (heure d’été)", "2025-08-03 16:30", "second"),
    ("Sun Aug  3 18:30:00 CEST 2025", "2025-08-03 16:30", "second"),
    ("Sun Aug 03 18:30:00 +0000 2025", "2025-08-03 18:30", "second"),
]

PRINTED = [
    ("Publié le 12 mars 2025 à 18:30", "2025-03-12 17:30", "minute"),
    ("12 mars 2025 à 18h30", "2025-03-12 17:30", "minute"),
    ("12 mars 2025 18H30", "2025-03-12 17:30", "minute"),
    ("12 mars 2025 – 7 h 45", "2025-03-12 06:45", "minute"),
    ("12 mars 2025 à 18 heures", "2025-03-12 17:00", "minute"),
    ("12 mars 2025, 18:30:15", "2025-03-12 17:30:15", "second"),
    ("à 18h30, le mercredi 12 mars 2025", "2025-03-12 17:30", "minute"),
    ("03 JUIL 2019 à 12:00", "2019-07-03 10:00", "minute"),
    ("Mise à jour le 09.06.2016", "2016-06-08 22:00", "day"),
    ("1er avril 2026", "2026-03-31 22:00", "day"),
    ("1 er avril 2026", "2026-03-31 22:00", "day"),
    ("mardi 3 août 2025", "2025-08-02 22:00", "day"),
    ("3 AOUT 2025", "2025-08-02 22:00", "day"),
    ("3\xa0aoû. 2025", "2025-08-02 22:00", "day"),
    ("5 janv. 2025", "2025-01-04 23:00", "day"),
    ("5 FÉVR. 2025", "2025-02-04 23:00", "day"),
    ("5 fevr 2025", "2025-02-04 23:00", "day"),
    ("18 juil. 2024", "2024-07-17 22:00", "day"),
    ("18 Sept. 2024", "2024-09-17 22:00", "day"),
    ("18 déc. 2024", "2024-12-17 23:00", "day"),
    ("18-déc-2024", "2024-12-17 23:00", "day"),
    ("18 / décembre / 2024", "2024-12-17 23:00", "day"),
    ("12/03/2025", "2025-03-11 23:00", "day"),
    ("12 / 03 / 2025", "2025-03-11 23:00", "day"),
    ("12/03/25 à 9h", "2025-03-12 08:00", "minute"),
    ("05/10/98", "1998-10-04 22:00", "day"),
    ("12 mars 25", "2025-03-11 23:00", "day"),
    ("Le 12 mars 2025 | 18:30 | Lecture 3 min", "2025-03-12 17:30", "minute"),
    ("Le 12 mars 2025, mis à jour à 18h30", "2025-03-11 23:00", "day"),
    ("publié le 12/03/2025 à 18:30, modifié le 13/03/2025 à 9:00", "2025-03-12 17:30", "minute"),
    ("12 mars 2025 à 25:99", "2025-03-11 23:00", "day"),
    ("12/25/2024", "2024-12-24 23:00", "day"),
    ("August 3rd, 2025 at 6:30 pm", "2025-08-03 16:30", "minute"),
    ("Aug. 3, 2025 12:05 a.m.", "2025-08-02 22:05", "minute"),
    ("Aug 3, 2025 6:30 PM EDT", "2025-08-03 22:30", "minute"),
    ("Jan 3, 2025 6:30 p.m. ET", "2025-01-03 23:30", "minute"),
    ("3. August 2025, 18:30 Uhr", "2025-08-03 16:30", "minute"),
    ("3. Mär. 2025 um 18.30 Uhr", "2025-03-03 17:30", "minute"),
    ("3 de agosto de 2025 18:30", "2025-08-03 16:30", "minute"),
    ("3 agosto 2025 alle ore 18:30", "2025-08-03 16:30", "minute"),
    ("3 augustus 2025 om 18:30", "2025-08-03 16:30", "minute"),
]


@pytest.mark.parametrize(("text", "when", "precision"), MACHINE)
def test_timestamp(text, when, precision):
    assert parse_timestamp(text) == utc(when)
    date = parse_date(text)
    assert (date.when, date.precision, date.relative) == (utc(when), precision, False)


@pytest.mark.parametrize(("text", "when", "precision"), PRINTED)
def test_printed_date(text, when, precision):
    date = parse_date(text, NOW)
    assert (date.when, date.precision, date.relative) == (utc(when), precision, False)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "  ",
        "sans date",
        "2025",
        "2025-08",
        "août 2025",
        "31/02/2025",
        "30 février 2025",
        "2025-02-30",
        "2025-13-01",
        "12 mars 1810",
        "0001-01-01T00:00:00Z",
        "1970-01-01T00:00:00Z",
        "version 10.12.03.20",
        "22 personnes en 2025",
        "12 maires 2025",
        "04 66 12 03 25",
        "30 mars",
        "il y a 2 heures",
        "hier à 18h",
    ],
)
def test_none_rather_than_a_guess(text):
    assert parse_date(text) is None
    assert parse_timestamp(text) is None


@pytest.mark.parametrize("text", ["Publié le 12 mars 2025", "12/03/2025", "hier", "03.04.25"])
def test_a_timestamp_is_what_a_machine_wrote(text):
    assert parse_timestamp(text) is None


@pytest.mark.parametrize(
    ("text", "when", "precision"),
    [
        ("il y a 2 heures", "2025-08-19 22:00", "day"),
        ("Il y a une minute", "2025-08-20 11:59", "minute"),
        ("il y a 3 jours", "2025-08-16 22:00", "day"),
        ("Publié hier à 18h", "2025-08-19 16:00", "minute"),
        ("aujourd’hui, 7h45", "2025-08-20 05:45", "minute"),
        ("avant-hier", "2025-08-17 22:00", "day"),
        ("2 hours ago", "2025-08-19 22:00", "day"),
        ("vor 5 Minuten", "2025-08-20 11:55", "minute"),
        ("3 août à 18h", "2025-08-03 16:00", "minute"),
        ("24 décembre", "2024-12-23 23:00", "day"),
    ],
)
def test_relative_words_are_read_from_the_fetch_and_flagged(text, when, precision):
    date = parse_date(text, NOW)
    assert (date.when, date.precision, date.relative) == (utc(when), precision, True)


@pytest.mark.parametrize(
    "text",
    [
        "Mehr dazu lesen Sie hier im langen Text",
        "il y a 2 mois",
        "une fête le 3 août, dit le maire",
    ],
)
def test_words_of_a_sentence_are_no_relative_date(text):
    assert parse_date(text, NOW) is None


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("30 mars 2025 à 01h59", "2025-03-30 00:59"),
        ("30 mars 2025 à 03h00", "2025-03-30 01:00"),
        ("26 octobre 2025 à 01h59", "2025-10-25 23:59"),
        ("26 octobre 2025 à 03h00", "2025-10-26 02:00"),
    ],
)
def test_summer_time(text, when):
    assert parse_date(text).when == utc(when)


def test_another_zone():
    assert parse_date("3 août 2025 à 18h", zone="America/Montreal").when == utc("2025-08-03 22:00")


def test_all_dates_of_a_text_as_printed():
    found = find_dates("Ouvert le 1er avril 2024, fermé le 03/06/2025 à 18 h 30 ; rien en 2026.")
    assert [date.raw for date in found] == ["1er avril 2024", "03/06/2025 à 18 h 30"]


@pytest.mark.parametrize(
    ("url", "when"),
    [
        ("https://x.example/2025/08/03/une-usine", "2025-08-02 22:00"),
        ("https://x.example/economie/2025/8/3/", "2025-08-02 22:00"),
        ("https://x.example/2025/aug/03/plant", "2025-08-02 22:00"),
        ("https://x.example/2025-08-03-une-usine", "2025-08-02 22:00"),
        ("https://x.example/usine-20250803.html", "2025-08-02 22:00"),
        ("https://x.example/une-usine-03-08-2025-12345.php", "2025-08-02 22:00"),
        ("https://x.example/20230101/2025/08/03/a", "2025-08-02 22:00"),
        ("https://x.example/a?timestamp=1754238600", "2025-08-03 16:30"),
    ],
)
def test_day_in_an_address(url, when):
    assert date_in_url(url).when == utc(when)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://x.example/",
        "https://x.example/2025/08/une-usine",
        "https://x.example/2025/13/45/a",
        "https://x.example/a-12345678",
        "https://x.example/a-202508031",
        "https://20250803.example/a",
        "https://x.example/a?id=1754238600",
    ],
)
def test_no_day_in_an_address(url):
    assert date_in_url(url) is None


days = st.dates(datetime(1971, 1, 1).date(), datetime(2068, 12, 31).date())  # noqa: DTZ001
WRITTEN = ("{0:%d/%m/%Y}", "{0:%d.%m.%y}", "{0:%Y-%m-%d}", "{0:%d %B %Y}", "{0:%b %d, %Y}")


@given(days, st.sampled_from(WRITTEN))
def test_every_day_is_read_in_every_form(day, form):
    found = parse_date(form.format(day), zone="UTC")
    assert found.when.date() == day
    assert found.precision == "day"


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2080, 1, 1)),  # noqa: DTZ001
    st.integers(-12 * 60, 14 * 60),
)
def test_iso_with_offset_is_the_same_moment(when, minutes):
    when = when.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    assert parse_timestamp(when.isoformat()) == when
    assert parse_timestamp(when.strftime("%a, %d %b %Y %H:%M:%S %z")) == when


texts = (
    st.text()
    | st.text("0123456789/-.: hTZ+marsà,'")
    | st.lists(
        st.sampled_from(["12", " ", "mars", "2025", "/", "à", "18h30", "-", "il y a", "jours", "+"])
    ).map("".join)
)


@given(texts)
def test_any_text_gives_a_sane_date_or_none(text):
    date = parse_date(text, NOW)
    moments = [parse_timestamp(text), date and date.when, *(d.when for d in find_dates(text))]
    for when in filter(None, moments):
        assert when.utcoffset() == timedelta()
        assert 1899 <= when.year <= 2101
    date_in_url(f"https://x.example/{text}")


@pytest.mark.parametrize(
    "part", ["1", "12 ", "12 mars ", "18:30 ", "1/", "2025-", "il y a ", "\xa0"]
)
def test_a_megabyte_takes_bounded_time(part):
    text = part * (1_000_000 // len(part))
    begin = time.process_time()
    parse_date(text, NOW)
    parse_timestamp(text)
    date_in_url(text)
    assert time.process_time() - begin < allowed(0.1)
    find_dates(text)
    assert time.process_time() - begin < allowed(5)
