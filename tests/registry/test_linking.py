"""Names are linked by evidence: never without enough of it, and never to the wrong company."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path

import pytest
from sirene_files import siren

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

from registry_model import figures, outcomes  # noqa: E402 - beside the benchmarks
from registry_set import cases, companies  # noqa: E402 - as above

from alescrawl.items import PARIS  # noqa: E402 - as above
from alescrawl.registry.company_names import company_key  # noqa: E402 - as above
from alescrawl.registry.linking.activities import divisions_in  # noqa: E402 - as above
from alescrawl.registry.linking.linker import choices_of  # noqa: E402 - as above
from alescrawl.registry.linking.name_index import NameIndex  # noqa: E402 - as above
from alescrawl.registry.linking.named import read_article  # noqa: E402 - as above
from alescrawl.registry.linking.probability import model  # noqa: E402 - as above

ALES, NIMES = "30007", "30189"


@pytest.fixture(scope="module")
def judged():
    return outcomes(cases(), NameIndex(companies()), model())


@pytest.mark.parametrize("half", [0, 1])
def test_what_is_linked_is_right_in_98_of_100(judged, half):
    of_half = [(case, outcome) for case, outcome in judged if case.half == half]
    linked, right, possible = figures(of_half, model().threshold)
    assert right >= 0.98 * linked
    assert linked >= 0.6 * possible


def test_what_nothing_decides_waits_for_a_person(judged):
    undecidable = {
        "homonyms, nothing decides",
        "homonyms, nothing told",
        "a brand of many, nothing told",
    }
    waiting = [o for case, o in judged if case.kind in undecidable]
    assert len(waiting) > 20
    assert not any(o.linked(model().threshold) for o in waiting)
    assert all(len(o.choices) > 1 for o in waiting)


@pytest.mark.parametrize(
    "kind",
    ["a surname alone", "created long after", "ceased long before", "not in the file"],
)
def test_some_are_no_candidates_at_all(judged, kind):
    assert all(not o.choices for case, o in judged if case.kind == kind)


def company(number, name, **columns):
    return {
        "siren": siren(number),
        "name": name,
        "sigle": None,
        "brands": [],
        "former_names": [],
        "legal_form": "5710",
        "created": date(2001, 4, 2),
        "closed": None,
        "active": True,
        "activity": "25.62B",
        "headcount": "12",
        "category": "PME",
        "association": None,
        "seat": ALES,
        "seat_commune": "ALES",
        "communes": [ALES],
        "seats": [],
        "successors": [],
    } | columns


def named(name, *sentences, day=datetime(2023, 5, 4, tzinfo=PARIS), **mention):
    """Return what articles of one sentence each say of *name*."""
    empty = dict.fromkeys(
        ("entity_id", "siren", "insee", "affiliation", "about", "number", "subtype")
    )
    found = {}
    for text in sentences:
        start = text.index(name)
        own = {"kind": "institution", "surface": name, "name": name, "subtype": "company"}
        mentions = [empty | own | {"start": start, "end": start + len(name)} | mention]
        for town, code in (("Alès", ALES), ("Nîmes", NIMES), ("Lyon", "69123")):
            if (at := text.find(town)) >= 0:
                place = {"kind": "place", "surface": town, "name": town, "insee": code}
                mentions.append(empty | place | {"start": at, "end": at + len(town)})
        row = {"published": day, "first_seen": None, "text": text, "duplicate_of": None}
        read_article(row, mentions, found)
    return next(iter(found.values()))


def linked(found, *rows, managers=None):
    choice = choices_of(found, NameIndex(rows), managers).linked(model().threshold)
    return choice and choice.company["siren"]


@pytest.mark.parametrize(
    ("written", "registered"),
    [
        ("Mécalzen", "MECALZEN SAS"),
        ("Établissements Mécalzen", "MECALZEN"),
        ("S.A.R.L. Mécalzen", "STE MECALZEN"),
        ("Laines de Peyrolle", "LAINES PEYROLLE SARL"),
        ("Œuvres Saint-Aubin", "OEUVRES ST AUBIN"),
        ("L'Ocrière d'Alzon", "OCRIERE ALZON"),
    ],
)
def test_a_name_is_compared_without_its_form_accents_and_articles(written, registered):
    assert company_key(written) == company_key(registered)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Mécalzen", "Mécalzon"), ("Laines Peyrolle", "Peyrolle"), ("Valdor Nord", "Valdor Sud")],
)
def test_names_that_differ_in_a_word_of_their_own_are_two(one, other):
    assert company_key(one) != company_key(other)


def test_the_town_tells_one_namesake_from_another():
    found = named("Mécalzen", "À Nîmes, Mécalzen recrute trente personnes.")
    other = company(2, "MECALZEN", seat=NIMES, communes=[NIMES])
    assert linked(found, company(1, "MECALZEN"), other) == siren(2)


def test_a_town_of_another_paragraph_is_not_told_with_it():
    apart = named("Mécalzen", "Mécalzen recrute.\n\nÀ Alès, le marché reprend.")
    assert not apart.near
    assert apart.around == {ALES: 1}


def test_one_article_counts_once_however_often_it_says_it():
    once = named("Mécalzen", "À Alès, Mécalzen recrute. Mécalzen est à Alès depuis 1990.")
    assert (once.articles, once.near[ALES]) == (1, 1)


def test_a_manager_of_the_register_tells_namesakes_apart():
    rows = (company(1, "MECALZEN"), company(2, "MECALZEN"))
    found = named("Mécalzen", "Claire Vasserot dirige Mécalzen à Alès.")
    assert linked(found, *rows) is None
    found.persons.add("claire vasserot")
    assert linked(found, *rows, managers={siren(2): frozenset(["claire vasserot"])}) == siren(2)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Vasserot", "À Alès, Vasserot recrute trente menuisiers."),
        ("Claire Vasserot", "À Alès, Claire Vasserot ouvre sa menuiserie."),
        ("Chez Claire", "À Alès, Chez Claire ouvre sa menuiserie."),
    ],
)
def test_a_persons_business_is_never_linked_by_a_persons_name(name, text):
    rows = (
        company(1, "MENUISERIE VASSEROT", legal_form="1000", activity="43.32A"),
        company(2, "CLAIRE VASSEROT", legal_form="1000", activity="43.32A"),
        company(3, "CHEZ CLAIRE", legal_form="1000", activity="43.32A"),
        company(4, "VASSEROT", legal_form="1000", activity="43.32A"),
    )
    assert not choices_of(named(name, text), NameIndex(rows)).choices


def test_two_companies_of_one_name_and_town_wait():
    found = named("Mécalzen", "À Alès, Mécalzen et son atelier d'usinage recrutent.")
    outcome = choices_of(found, NameIndex([company(1, "MECALZEN"), company(2, "MECALZEN")]))
    assert [round(c.probability, 6) for c in outcome.choices] == [
        round(outcome.choices[0].probability, 6)
    ] * 2
    assert outcome.choices[0].probability < 0.5


def test_a_house_that_comes_from_elsewhere_is_not_its_namesake_here():
    found = named("Mécalzen", "Venu de Lyon, Mécalzen ouvre une agence à Alès.")
    assert linked(found, company(1, "MECALZEN")) is None


def test_a_name_of_common_words_alone_waits():
    found = named("Garage de la Gare", "À Alès, le Garage de la Gare recrute deux mécaniciens.")
    assert linked(found, company(1, "GARAGE DE LA GARE", activity="45.20A")) is None


def test_the_evidence_is_told_in_words():
    found = named("Mécalzen", "À Alès, Mécalzen et son atelier d'usinage recrutent.")
    choice = choices_of(found, NameIndex([company(1, "MECALZEN")])).choices[0]
    assert choice.evidence == [
        "name: MECALZEN",
        "no other company of that name in the file",
        "named with it: Alès (1)",
        "its activity (25.62B) is told",
        "exists since 2001-04-02",
    ]


def test_words_of_activities_are_known_in_any_case_and_number():
    assert "25" in divisions_in("Une CHAUDRONNERIE et des usinages")
    assert divisions_in("Le maire a parlé hier") == frozenset()
