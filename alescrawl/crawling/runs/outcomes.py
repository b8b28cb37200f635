"""What the run of one source came to, beside those of others: a verdict, why, and figures."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Final, Protocol

from alescrawl.crawling.runs.estimate import in_units
from alescrawl.crawling.runs.summary import in_words
from alescrawl.dataset.gate.verdicts import BAD, HELD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scrapy.statscollectors import StatsCollector

    from alescrawl.crawling.runs.run import Run

BUSY: Final = "busy"
FAILED: Final = "failed"
_FAILURES: Final = "downloader/exception_type_count/"
_UNRESOLVED: Final = "scrapy.exceptions.CannotResolveHostError"
OFFLINE: Final = (
    "no host could be resolved: this machine seems to be offline; `scrapy doctor` looks at it"
)
"""What is said once, in place of a line for each source."""


class HasOutcomes(Protocol):
    """Crawls that have ended."""

    @property
    def outcomes(self) -> Sequence[Outcome]:
        """What each came to."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one run ended.

    ``verdict`` is one of the dataset's, ``failed`` (``error`` says what kept the program from
    working), or ``busy``: another process crawls the source. ``is_bad`` says whether somebody
    should look. ``seconds`` is the time that the run took.
    """

    source: str
    verdict: str
    why: list[str] = field(default_factory=list)
    is_bad: bool = False
    error: str | None = None
    finish_reason: str | None = None
    seconds: float = 0.0
    found: int = 0
    new: int = 0
    changed: int = 0
    requests: int = 0
    bytes: int = 0
    is_unresolved: bool = False
    """Whether nothing answered, and no host that was asked has an address."""
    is_unasked: bool = False
    """Whether no host was asked at all: another crawl had met it, or an earlier run."""

    def as_dict(self) -> dict[str, Any]:
        """Return all of it by name."""
        return asdict(self)

    def __str__(self) -> str:
        """Say it in a line."""
        parts = [f"{self.source}: {self.verdict.replace('_', ' ')}"]
        if self.verdict not in {BUSY, FAILED}:
            parts.append(f"{self.new} new, {self.changed} changed")
            requests = "request" if self.requests == 1 else "requests"
            parts.append(f"{self.requests} {requests} in {in_units(self.seconds)}")
        return ", ".join(parts) + (f"; {'; '.join(self.why)}" if self.why else "")


def outcome_of(run: Run, stats: StatsCollector, seconds: float) -> Outcome:
    """Return what *run*, which has ended, came to."""
    figures = {
        "seconds": round(seconds, 1),
        "found": run.counts["found"],
        "new": run.counts["article/new"],
        "changed": run.counts["article/changed"],
        "requests": stats.get_value("downloader/request_count", 0),
        "bytes": stats.get_value("downloader/response_bytes", 0),
        "is_unresolved": is_unresolved(stats),
        "is_unasked": _failures(stats) == set(),
    }
    if run.is_unusable and run.error is not None:
        return Outcome(run.source, FAILED, [run.error], True, run.error, **figures)
    judged = run.judgement
    verdict, why = (judged.verdict, list(judged.why)) if judged else ("nothing_new", [])
    is_bad = is_incomplete(run) or run.error is not None
    if is_bad:
        why = [*why, *_more(run, verdict)]
    if run.distrusted is not None:
        why = [*why, str(run.distrusted)]
    return Outcome(run.source, verdict, why, is_bad, None, run.finish_reason, **figures)


def is_unresolved(stats: StatsCollector) -> bool:
    """Return whether nothing answered a crawl, and no host that it asked has an address."""
    return _failures(stats) == {_UNRESOLVED}


def _failures(stats: StatsCollector) -> set[str] | None:
    """Return why requests failed, ``None`` where one was answered."""
    if stats.get_value("downloader/response_count", 0):
        return None
    names = (n.removeprefix(_FAILURES) for n in stats.get_stats() if n.startswith(_FAILURES))
    # What is ours says only that a host is asked no more.
    return {name for name in names if not name.startswith("alescrawl.")}


def is_offline(crawls: HasOutcomes) -> bool:
    """Return whether no host of any crawl could be resolved: the machine's fault, not theirs."""
    ran = [each for each in crawls.outcomes if each.verdict != BUSY]
    # Of crawls that share a host only the first asks it.
    met = [each for each in ran if not each.is_unasked]
    return bool(met) and all(each.is_unresolved for each in met)


def _more(run: Run, verdict: str) -> Iterator[str]:
    if run.error is not None:
        yield run.error
    for origin, (stopped, _) in run.hosts.stopped.items():
        yield f"left {origin} alone: {in_words(stopped.reason)}"
    if verdict in HELD and run.has_waiting_rows:
        yield f"held back: `scrapy publish {run.source} --accept` lets the new rows through"


def _has_articles(run: Run) -> bool:
    return any(count for name, count in run.counts.items() if name.startswith("article/"))


def is_incomplete(run: Run) -> bool:
    """Return whether the run is not well: no route, a host left alone, a verdict that says so."""
    unread = bool(run.routes.failed or run.routes.absent) and not run.counts["route/read"]
    bad = run.judgement is not None and run.judgement.verdict in BAD
    bad = bad or (run.counts["requested"] > 0 and not _has_articles(run) and not run.judgement)
    return bad or unread or any(run.routes.lie_on(origin) for origin in run.hosts.stopped)
