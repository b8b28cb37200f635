"""What a run over the captures of web archives came to, and what is to be thought of that.

A back-fill is compared with nothing: its pages are of other years, and so of other templates.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from alescrawl.dataset.gate.quality import Quality, Tally
from alescrawl.dataset.gate.verdicts import ESSENTIAL, Judgement, Routes, judge

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping

_LEAST: Final = 5
"""Articles below which shares say nothing."""
_HALF: Final = 0.5
_UNREADABLE: Final = 0.6
_NOT_OF_PAGES: Final = frozenset({"not_relevant", "behind_wall", "reserved_today"})
"""Why nothing was stored, where that says nothing about how pages are read."""


class CaptureFigures:
    """Those of the captures of a run, as they are read one by one."""

    def __init__(self) -> None:
        self._rows = Tally()
        self._pages: Counter[str] = Counter()
        self._reasons: Counter[str] = Counter()
        self._withheld = 0

    def add(self, row: Mapping[str, Any]) -> None:
        """Count an article, whatever storing it came to."""
        self._pages["article"] += 1
        if row["text"] is None:
            self._withheld += 1
        else:
            self._rows.add(row)

    def add_unread(self, outcome: str) -> None:
        """Count a capture that shows no article: *outcome* is ``not_article/no_text``."""
        status, _, reason = outcome.partition("/")
        if reason not in _NOT_OF_PAGES:
            self._pages[status] += 1
            self._reasons[outcome] += 1

    def record(self, db: sqlite3.Connection, run_id: str) -> None:
        """Leave the figures with the run within the transaction *db*: it may be killed."""
        quality = Quality(pages=dict(self._pages), reasons=dict(self._reasons))
        quality.withheld = self._withheld
        self._rows.fill_in(quality)
        db.execute("UPDATE runs SET quality = ? WHERE run_id = ?", (quality.to_json(), run_id))


def judge_backfill(run: Quality) -> Judgement:
    """Return what is to be thought of a run over captures."""
    judgement = judge(run, (), Routes(0, ()))
    if judgement.verdict not in {"ok", "nothing_new"}:
        return judgement
    why = [*_unread(run), *_lacking(run)]
    return Judgement("degraded", why) if why else judgement


def _unread(run: Quality) -> Iterator[str]:
    share = run.share("not_article", "failed")
    if run.asked >= _LEAST and share >= _UNREADABLE:
        names = ", ".join(sorted(name.partition("/")[2] for name in run.reasons))
        yield f"{share:.0%} of the captures brought no article: {names}"


def _lacking(run: Quality) -> Iterator[str]:
    for name in ESSENTIAL if run.rows >= _LEAST else ():
        if run.fill[name] < _HALF:
            yield f"{name} is filled in {run.fill[name]:.0%} of the articles"
