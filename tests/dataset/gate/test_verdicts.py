"""What is thought of a run, given how the source usually does."""

from __future__ import annotations

import random

import pytest

from alescrawl.dataset.gate.quality import FILLED, Quality
from alescrawl.dataset.gate.verdicts import Routes, judge

READ = Routes(2, ())


def run(rows=20, words=400.0, pages=None, reasons=None, origins=None, **fill):
    return Quality(
        pages=pages or {"article": rows},
        reasons=reasons or {},
        rows=rows,
        median_words=words if rows else None,
        fill={name: fill.get(name, 1.0) for name in FILLED} if rows else {},
        origins=origins or {"title": {"json-ld": 1.0}, "text": {"generic": 1.0}},
    )


HISTORY = [run(lead=0.6, tags=0.5) for _ in range(5)]


@pytest.mark.parametrize(
    ("now", "verdict", "word"),
    [
        (run(), "ok", ""),
        (run(rows=0), "nothing_new", ""),
        (run(text=0.2), "broken", "text"),
        (run(published=0.0), "broken", "published"),
        (run(rows=0, pages={"not_article": 9}, reasons={"not_article/no_text": 9}), "broken",
         "no_text"),
        (run(authors=0.4), "degraded", "authors"),
        (run(words=90.0), "degraded", "90 words"),
        (run(origins={"title": {"generic": 0.9, "json-ld": 0.1}}), "degraded", "json-ld"),
        (run(rows=1, pages={"article": 1, "refused": 9}, reasons={"refused/http_403": 9}),
         "blocked", "http_403"),
        (run(lead=0.5, tags=0.3), "ok", ""),
        (run(rows=3, authors=0.0, text=0.3), "ok", ""),
    ],
)  # fmt: skip
def test_a_run_is_judged_by_what_is_usual(now, verdict, word):
    judgement = judge(now, HISTORY, READ)
    assert judgement.verdict == verdict, judgement
    assert any(word in line for line in judgement.why) or not word


@pytest.mark.parametrize(
    ("failed", "verdict"),
    [
        (("http_404", "unknown_host"), "gone"),
        (("not_xml", "http_404"), "broken"),
        (("http_403",), "blocked"),
        (("robots",), "blocked"),
    ],
)
def test_a_run_without_routes_tells_why(failed, verdict):
    assert judge(run(rows=0, pages={}), HISTORY, Routes(0, failed)).verdict == verdict


def test_one_route_that_fails_beside_others_is_no_verdict():
    assert judge(run(), HISTORY, Routes(1, ("http_404",))).verdict == "ok"


def test_a_first_run_has_nothing_to_be_compared_with():
    assert judge(run(authors=0.0, words=50.0), [], READ).verdict == "ok"
    nothing = run(rows=0, pages={"not_article": 9}, reasons={"not_article/no_text": 9})
    assert judge(nothing, [], READ).verdict == "broken"


def test_a_field_that_is_seldom_filled_may_be_missing_from_a_short_run():
    history = [run(lead=0.35) for _ in range(5)]
    assert judge(run(rows=6, lead=0.0), history, READ).verdict == "ok"
    assert judge(run(rows=200, lead=0.0), history, READ).verdict == "degraded"


@pytest.mark.parametrize(
    ("earlier", "now", "verdict"),
    [
        ([run(rows=5)], run(rows=20, lead=0.6), "ok"),
        ([run(rows=20)] * 5, run(rows=20, lead=0.6), "degraded"),
        ([run(rows=5)], run(rows=20, lead=0.0), "ok"),
        ([run(rows=8)], run(rows=32, image_url=0.0), "ok"),
        ([run(rows=8)], run(rows=32, words=90.0), "ok"),
        ([run(rows=8)] * 3, run(rows=32, image_url=0.0), "degraded"),
        ([run(rows=8)], run(rows=32, text=0.0), "broken"),
        ([run(rows=20, published=0.6)] * 5, run(rows=5, published=0.2), "ok"),
        ([run(rows=20, published=0.6)] * 5, run(rows=20, published=0.2), "broken"),
        ([run(rows=5)], run(rows=5, title=0.0), "broken"),
    ],
)
def test_what_is_usual_is_not_known_from_a_few_articles(earlier, now, verdict):
    assert judge(now, earlier, READ).verdict == verdict


def test_runs_that_differ_by_chance_alone_are_seldom_held():
    chance = random.Random(7)
    for history, rows in ((5, 5), (5, 30), (20, 10), (200, 10)):
        held = 0
        for _ in range(500):
            a, b = (sum(chance.random() < 0.7 for _ in range(n)) / n for n in (history, rows))
            judged = judge(run(rows=rows, authors=b), [run(rows=history, authors=a)], READ)
            held += judged.verdict != "ok"
        assert held <= 5, (history, rows)


def test_figures_are_kept_and_read_back():
    assert Quality.from_json(HISTORY[0].to_json()) == HISTORY[0]


ONE = run(rows=1)
LESS = run(rows=1, published=0.0)


@pytest.mark.parametrize(
    ("now", "before", "verdict"),
    [
        (LESS, [ONE], "ok"),  # one may be an accident
        (LESS, [LESS, LESS, ONE], "broken"),
        (LESS, [run(rows=0), LESS, run(rows=0), LESS, ONE], "broken"),
        (LESS, [LESS] * 20, "broken"),
        (ONE, [LESS] * 20, "ok"),
    ],
)
def test_of_a_source_that_writes_little_articles_in_a_row_tell(now, before, verdict):
    well = [each for each in before if each.fill.get("published")] + [ONE] * 10
    judged = judge(now, well, READ, before)
    assert judged.verdict == verdict
    if verdict == "broken":
        assert "articles have no published, usually 100% have one" in judged.why[0]


def test_where_a_field_is_often_missing_a_row_of_articles_without_it_is_no_news():
    rare = [run(rows=1, published=float(n % 2)) for n in range(10)]
    assert judge(LESS, rare, READ, [LESS, LESS, ONE]).verdict == "ok"


def aged(newer, older):
    """A run with *newer* articles and *older* ones."""
    whole = run(rows=newer.rows + older.rows)
    for name in whole.fill:
        filled = sum(each.fill.get(name, 0.0) * each.rows for each in (newer, older))
        whole.fill[name] = filled / whole.rows
    names = ("rows", "median_words", "fill", "origins")
    for age, each in (("newer", newer), ("older", older)):
        setattr(whole, age, {n: getattr(each, n) for n in names} if each.rows else {})
    return whole


NONE = run(rows=0)


@pytest.mark.parametrize(
    ("earlier", "now", "verdict"),
    [
        # A back-fill: of what is older nothing is known yet.
        ([aged(run(), NONE)] * 3, aged(NONE, run(rows=32, image_url=0.0)), "ok"),
        ([aged(run(), NONE)] * 3, aged(run(rows=5), run(rows=40, words=90.0)), "ok"),
        ([aged(run(), NONE)] * 3,
         aged(NONE, run(rows=32, origins={"title": {"generic": 1.0}})), "ok"),
        # Its second half is compared with its first.
        ([aged(NONE, run(rows=30, image_url=0.0))], aged(NONE, run(rows=30, image_url=0.0)), "ok"),
        ([aged(NONE, run(rows=30))], aged(NONE, run(rows=30, image_url=0.0)), "degraded"),
        # The newer ones beside it are compared with newer ones.
        ([aged(run(), NONE)] * 3, aged(run(image_url=0.0), run(rows=300)), "degraded"),
        ([aged(run(), run(rows=300, image_url=0.0))], aged(run(image_url=0.0), NONE), "degraded"),
        ([aged(run(), run(rows=300, image_url=0.0))], aged(run(), NONE), "ok"),
        # No age explains that there is no text.
        ([aged(run(), NONE)] * 3, aged(NONE, run(rows=32, text=0.0)), "broken"),
    ],
)  # fmt: skip
def test_articles_are_compared_with_those_of_the_same_age(earlier, now, verdict):
    assert judge(now, earlier, READ).verdict == verdict
