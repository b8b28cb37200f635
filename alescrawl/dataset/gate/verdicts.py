"""Whether a run may be published: its figures against those of the source's earlier runs."""

from __future__ import annotations

from itertools import takewhile
from statistics import median
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from alescrawl.dataset.gate.quality import AGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alescrawl.dataset.gate.quality import Age, Quality

Verdict = Literal["ok", "nothing_new", "degraded", "broken", "blocked", "gone", "moved"]

HELD: Final = frozenset({"degraded", "broken"})
"""Verdicts whose rows wait in the ledger until a later run is well or a user accepts them."""
BAD: Final = frozenset({"degraded", "broken", "blocked", "gone", "moved"})
WELL: Final = frozenset({"ok", "moved"})
"""Verdicts of runs that brought articles as good as usual."""

COMPARED: Final = 10
"""How many earlier runs that were well are the measure."""
_LEAST_ROWS: Final = 5
"""Articles of a run, and of its history, below which shares say nothing."""
ENOUGH: Final = 20
"""Articles of one age that must be known before it is said that fields, lengths or origins drift.

If 20 of 20 have a picture, at least 86 of 100 do, with 95 % certainty; of 8 that is 69.
"""
_LEAST_ASKED: Final = 3
ESSENTIAL: Final = ("title", "text", "published")
_LOST: Final = 0.5
"""A field is lost where its fill rate falls to this part of what it was."""
_FALLEN: Final = 0.3
"""A field has drifted where its fill rate falls by this much."""
_SURE_OF_LOSS: Final = 2.0
_SURE_OF_DRIFT: Final = 3.0
"""Standard deviations beyond which a difference is not one of chance; many fields may drift."""
_SHORTER: Final = 0.4
_MOSTLY: Final = 0.8
_HARDLY: Final = 0.2
_CHANCE: Final = 0.001
"""How unlikely a row of articles without a field must be to be no accident."""
_UNREADABLE: Final = 0.6
_BLOCKED: Final = 0.6
_SEVERAL: Final = 2
_WALLED: Final = 0.1
"""Share of pages with another text below which they are odd ones, not a wall."""
_OTHER_TEXT: Final = "not_article/other_text"
_REFUSALS: Final = frozenset(
    {"robots", "http_401", "http_403", "http_429", "host_refuses", "host_closed"}
)


class Judgement(NamedTuple):
    """A verdict, and in plain words why."""

    verdict: Verdict
    why: list[str]


class Routes(NamedTuple):
    """How the routes of a run answered: how many were read, why the others were not.

    *left* are foreign hosts that some lead to; *moves* say where the source has moved to.
    """

    read: int
    failed: Sequence[str]
    left: Sequence[str] = ()
    moves: Sequence[str] = ()


def judge(
    run: Quality, earlier: Sequence[Quality], routes: Routes, recent: Sequence[Quality] = ()
) -> Judgement:
    """Return what is to be thought of *run*, given the *earlier* runs that were well, newest first.

    *recent* are the runs just before it, newest first, well or not: of a source that writes an
    article at a time no run alone says anything.

    Without any history only what is plain without a comparison is told: blocked, gone, and that
    nothing could be read.
    """
    if why := list(_blocked(run, routes)):
        return Judgement("blocked", why)
    if (routes.failed or routes.left) and not (routes.read or run.rows):
        gone = all(reason in {"http_404", "http_410", "unknown_host"} for reason in routes.failed)
        return Judgement("gone" if gone else "broken", list(_no_route(routes)))
    known = _Known(earlier)
    unread = [*_walled(run), *(list(_unreadable(run, known)) or _nothing_read(run, known, routes))]
    if why := [*unread, *_lost(run, known), *_in_a_row(run, known, recent)]:
        return Judgement("broken", [*why, *routes.moves])
    if why := [line for age in AGES for line in _degraded(run, earlier, age)]:
        return Judgement("degraded", [*why, *routes.moves])
    if routes.moves:
        return Judgement("moved", list(routes.moves))
    # Of a source whose texts may not be kept there is nothing to compare.
    is_read = run.rows or (run.withheld and not known.runs)
    return Judgement("ok" if is_read else "nothing_new", [])


def _no_route(routes: Routes) -> Iterator[str]:
    if routes.failed:
        yield f"no route: {', '.join(sorted(set(routes.failed)))}"
    for host in routes.left:
        yield f"it leads to {host}, where nothing that is known of it was found"


def drifted_fields(run: Quality, earlier: Sequence[Quality]) -> list[str]:
    """Return the fields that *run* fills far less often than the *earlier* runs that were well."""
    pairs = [_of_age(run, earlier, age) for age in AGES]
    return [
        name
        for name in run.fill
        if any(_is_usual_known(*p) and _has_drifted(p[0], name, p[1]) for p in pairs)
    ]


def usual_fill(earlier: Sequence[Quality]) -> dict[str, float]:
    """Return the usual fill rate of each field that the *earlier* runs have, weighted by rows."""
    known = _Known(earlier)
    return {name: known.fill(name) for run in known.runs for name in run.fill}


def _degraded(run: Quality, earlier: Sequence[Quality], age: Age) -> Iterator[str]:
    """Tell of what drifts among the articles of an age: older ones may be of another template."""
    now, known = _of_age(run, earlier, age)
    if not _is_usual_known(now, known):
        return
    remark = " (of those published long ago)" if age == "older" else ""
    for line in (*_drifted(now, known), *_shorter(now, known), *_moved(now, known)):
        yield f"{line}{remark}"


def _of_age(run: Quality, earlier: Sequence[Quality], age: Age) -> tuple[Quality, _Known]:
    return run.of_age(age), _Known([each.of_age(age) for each in earlier])


def _is_usual_known(run: Quality, known: _Known) -> bool:
    return run.rows >= _LEAST_ROWS and known.rows >= ENOUGH


class _Known:
    """What is usual for a source."""

    def __init__(self, earlier: Sequence[Quality]) -> None:
        self.runs = [run for run in earlier[:COMPARED] if run.rows]
        self.rows = sum(run.rows for run in self.runs)

    def fill(self, name: str) -> float:
        """Return the usual fill rate of a field, weighted by rows."""
        return sum(run.fill.get(name, 0.0) * run.rows for run in self.runs) / max(self.rows, 1)

    def origin(self, name: str, origin: str) -> float:
        """Return the usual share of an origin among a field's values."""
        shares = [run.origins[name].get(origin, 0.0) for run in self.runs if name in run.origins]
        return median(shares) if shares else 0.0

    def unreadable(self) -> float:
        """Return the usual share of pages that were no article."""
        return median([run.share("not_article") for run in self.runs]) if self.runs else 0.0

    def words(self) -> float:
        """Return the usual median length."""
        return median([run.median_words or 0.0 for run in self.runs]) if self.runs else 0.0


def _blocked(run: Quality, routes: Routes) -> Iterator[str]:
    share = run.share("refused")
    if run.asked >= _LEAST_ASKED and share >= _BLOCKED:
        yield f"{share:.0%} of the pages were refused: {_names(run, 'refused')}"
    refusals = [reason for reason in routes.failed if reason in _REFUSALS]
    if refusals and not routes.read:
        yield f"the routes were refused: {', '.join(sorted(set(refusals)))}"


def _unreadable(run: Quality, known: _Known) -> Iterator[str]:
    share = run.share("not_article")
    # Which pages of an unknown site are articles is only found out by asking for some that are not.
    unusual = known.unreadable() < _HARDLY if known.runs else run.rows == 0
    if run.asked >= _LEAST_ASKED and share >= _UNREADABLE and unusual:
        yield f"{share:.0%} of the pages were no article: {_names(run, 'not_article')}"


def _nothing_read(run: Quality, known: _Known, routes: Routes) -> Iterator[str]:
    """Tell of a source of which no page was ever an article, though its routes list some."""
    if known.runs or run.rows or run.withheld or run.pages.get("article") or not routes.read:
        return
    # Pages about other matters were read, and those outside the period were articles.
    none = [n for n in run.reasons if n.startswith(("not_article/", "gone/"))]
    count = sum(run.reasons[name] for name in none if "/relevance" not in name)
    if count and count == run.asked:
        names = sorted(name.partition("/")[2] for name in none)
        yield f"none of the pages was an article ({count} asked for): {', '.join(names)}"


def _walled(run: Quality) -> Iterator[str]:
    """Tell of pages that show a wall, or an error, where an article was listed."""
    count = run.reasons.get(_OTHER_TEXT, 0)
    if count >= _SEVERAL and count >= _WALLED * run.asked:
        yield f"{count} pages show another text than the article that was listed"


def _lost(run: Quality, known: _Known) -> Iterator[str]:
    for name in ESSENTIAL if _comparable(run, known) else ():
        now, usual = run.fill[name], known.fill(name)
        is_lost = usual > _LOST and now < usual * _LOST
        if is_lost and usual - now > _SURE_OF_LOSS * _deviation(run, name, known):
            yield f"{name} is filled in {now:.0%} of the articles, usually {usual:.0%}"


def _in_a_row(run: Quality, known: _Known, recent: Sequence[Quality]) -> Iterator[str]:
    """Tell of what the last articles, one after the other, lack, and hardly any did before."""
    if _comparable(run, known) or not run.rows:
        return
    for name in ESSENTIAL:
        lacking = _lacking([run, *recent], name)
        had = [each for each in known.runs if each.fill.get(name)]
        rows = sum(each.rows for each in had)
        hits = sum(each.fill[name] * each.rows for each in had)
        count = sum(each.rows for each in lacking)
        if rows >= _LEAST_ROWS and (1 - (hits + 1) / (rows + 2)) ** count < _CHANCE:
            yield f"the last {count} articles have no {name}, usually {hits / rows:.0%} have one"


def _lacking(runs: Sequence[Quality], name: str) -> list[Quality]:
    """Return the newest runs with articles, up to the first in which one has the field."""
    with_rows = (each for each in runs if each.rows)
    return list(takewhile(lambda each: not each.fill.get(name), with_rows))


def _drifted(run: Quality, known: _Known) -> Iterator[str]:
    for name, now in run.fill.items():
        usual = known.fill(name)
        if _has_drifted(run, name, known):
            yield f"{name} is filled in {now:.0%} of the articles, usually {usual:.0%}"


def _has_drifted(run: Quality, name: str, known: _Known) -> bool:
    fallen = known.fill(name) - run.fill[name]
    return fallen > max(_FALLEN, _SURE_OF_DRIFT * _deviation(run, name, known))


def _shorter(run: Quality, known: _Known) -> Iterator[str]:
    now, usual = run.median_words or 0.0, known.words()
    if now < usual * _SHORTER:
        yield f"the median article has {now:.0f} words, usually {usual:.0f}"


def _moved(run: Quality, known: _Known) -> Iterator[str]:
    for name, shares in run.origins.items():
        for usual in {origin for each in known.runs for origin in each.origins.get(name, {})}:
            if known.origin(name, usual) >= _MOSTLY and shares.get(usual, 0.0) <= _HARDLY:
                yield f"{name} no longer comes from {usual}, but from {next(iter(shares))}"


def _comparable(run: Quality, known: _Known) -> bool:
    return min(run.rows, known.rows) >= _LEAST_ROWS


def _deviation(run: Quality, name: str, known: _Known) -> float:
    """Return the standard deviation of the difference of two fill rates that are the same.

    What is usual is known from so few rows, too.
    """
    rows = run.rows + known.rows
    share = (run.fill[name] * run.rows + known.fill(name) * known.rows) / rows
    return float((max(share * (1.0 - share), 0.01) * (1 / run.rows + 1 / known.rows)) ** 0.5)


def _names(run: Quality, status: str) -> str:
    names = [name.partition("/")[2] for name in run.reasons if name.startswith(f"{status}/")]
    return ", ".join(sorted(names)) or status
