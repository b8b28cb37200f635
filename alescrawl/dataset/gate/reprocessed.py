"""What a run that reads the archive again came to, and what is to be thought of that.

The same articles are compared before and after, so that no difference is one of chance.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from alescrawl.dataset.gate.quality import Quality, Tally
from alescrawl.dataset.gate.verdicts import ESSENTIAL, Judgement

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping

_LEAST: Final = 2
"""Articles: what a single one loses may be right."""
_LOST: Final = 0.05
"""Share of the articles that may lose what each must have, or be none for today's code."""
_FALLEN: Final = 0.3
"""How much the fill rate of another field may fall."""
_SHORTER: Final = 0.7
"""What must be left of the median length."""


class Figures:
    """Those of articles that are read again, before and now, as they are added one by one."""

    def __init__(self) -> None:
        self._before, self._now = Tally(), Tally()
        self._pages: Counter[str] = Counter()
        self._reasons: Counter[str] = Counter()

    def add(self, before: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
        """Count an article; return whether it lost what each must have."""
        self._before.add(before)
        self._now.add(now)
        self._pages["article"] += 1
        return any(before[name] and not now[name] for name in ESSENTIAL)

    def add_unread(self, reason: str) -> None:
        """Count an archived page that is no article for today's code."""
        self._pages["not_article"] += 1
        self._reasons[f"not_article/{reason}"] += 1

    def before(self) -> Quality:
        """Return the figures of the rows as they were."""
        quality = Quality()
        self._before.fill_in(quality)
        return quality

    def now(self) -> Quality:
        """Return the figures of what today's code reads."""
        quality = Quality(pages=dict(self._pages), reasons=dict(self._reasons))
        self._now.fill_in(quality)
        return quality

    def record(self, db: sqlite3.Connection, run_id: str) -> None:
        """Leave the figures with the run within the transaction *db*: it may be killed."""
        db.execute(
            "UPDATE runs SET quality = ?, compared_with = ? WHERE run_id = ?",
            (self.now().to_json(), self.before().to_json(), run_id),
        )


def compare(now: Quality, before: Quality) -> Judgement:
    """Return what is to be thought of today's code, given the same articles *before*."""
    if why := [*_unread(now), *_fallen(now, before, _LOST, essential=True)]:
        return Judgement("broken", why)
    if why := [*_fallen(now, before, _FALLEN, essential=False), *_shorter(now, before)]:
        return Judgement("degraded", why)
    return Judgement("ok" if now.rows else "nothing_new", [])


def _unread(now: Quality) -> Iterator[str]:
    share = now.share("not_article")
    if share > _LOST and now.pages["not_article"] >= _LEAST:
        names = sorted(name.partition("/")[2] for name in now.reasons)
        yield f"{share:.0%} of the archived pages are no article any more: {', '.join(names)}"


def _fallen(now: Quality, before: Quality, most: float, *, essential: bool) -> Iterator[str]:
    for name, share in now.fill.items():
        usual = before.fill.get(name, 0.0)
        lost = usual - share
        is_much = lost > most and round(lost * now.rows) >= _LEAST
        if is_much and (name in ESSENTIAL) is essential:
            yield f"{name} is filled in {share:.0%} of the articles, before in {usual:.0%}"


def _shorter(now: Quality, before: Quality) -> Iterator[str]:
    is_now, was = now.median_words or 0.0, before.median_words or 0.0
    if now.rows >= _LEAST and is_now < was * _SHORTER:
        yield f"the median article has {is_now:.0f} words, before {was:.0f}"
