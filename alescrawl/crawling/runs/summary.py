"""The few lines that a crawl ends with: what was found, new, changed, refused, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alescrawl.dataset.gate.verdicts import BAD, HELD
from alescrawl.items import PARIS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from alescrawl.crawling.failures import HostStopped
    from alescrawl.crawling.runs.run import Run
    from alescrawl.dataset.gate.verdicts import Judgement

WIDTH = 12

_WORDS = {
    "about": "about the site",
    "error": "error page",
    "home": "the home page instead",
    "legal": "legal notice",
    "page": "standing page",
    "part": "later page of an article",
    "protected": "behind a password",
    "service": "page for visitors",
    "undated": "no sign of news",
    "private_address": "an address inside this network",
    "robots": "robots.txt forbids it",
    "rights": "its publisher wants it left out",
    "robots_unreachable": "robots.txt cannot be read",
    "host_refuses": "the host refuses",
    "host_silent": "the host does not answer",
    "host_closed": "the host asked to wait",
    "timeout": "no answer in time",
    "unknown_host": "unknown host",
    "connection_refused": "connection refused",
    "connection_lost": "connection lost",
    "cut_short": "answer cut short",
    "too_large": "too large",
    "too_costly": "reading it takes too long",
    "host_too_costly": "reading its answers takes too long",
    "lost_worker": "reading it ended its process",
    "redirect_loop": "redirect loop",
    "redirected_home": "redirected to the home page",
    "other_text": "a wall or an error page",
    "other_page": "another page than the article's",
    "redirected_elsewhere": "redirected elsewhere",
    "empty_body": "empty page",
    "not_html": "not HTML",
    "no_text": "no text found",
    "no_title": "no title found",
    "not_xml": "not XML",
    "not_a_feed": "not a feed",
    "not_a_sitemap": "not a sitemap",
    "empty": "empty answer",
}

_GROUPS = (
    ("refused", "page/refused/"),
    ("gone", "page/gone/"),
    ("failed", "page/failed/"),
    ("no article", "page/not_article/"),
    ("page flaws", "problem/"),
)


def summary_lines(run: Run) -> Iterator[str]:
    """Yield the lines that say what *run* came to."""
    counts = run.counts
    if run.estimate is not None:
        if counts["route/read"]:
            yield f"  {'to ask for':<{WIDTH}}{run.estimate}"
        else:
            yield "  could not ask: no route answered, so nobody knows how much it would be"
        yield from _hosts_and_routes(run)
        return
    yield _line("found", counts["found"], _found_remark(counts))
    yield _line("new", counts["article/new"])
    yield _line("changed", counts["article/changed"])
    yield _line("unchanged", counts["article/unchanged"] + counts["article/refreshed"])
    yield from _if_any("duplicate", counts["article/duplicate"], "same canonical address")
    yield from _if_any("reserved", counts["article/reserved"], "kept without their text")
    yield from _if_any("metadata", counts["article/metadata_only"], "kept without their text")
    yield from _if_any(
        "not asked",
        counts["lastmod/not_believed"],
        "said to have changed, but often wrongly",
    )
    yield from _if_any("kept", counts["article/behind_wall"], "a wall is there now; text kept")
    if counts["page/too_many"]:
        yield "  asked for no more: hardly any page was an article; the next run takes up the rest"
    yield from _if_any("outside", counts["article/outside_period"], "other dates than asked for")
    yield from _if_any("elsewhere", counts["article/not_relevant"], "not kept: other matters")
    yield from _if_any("dropped", counts["raw/dropped"], "files of the raw archive, as set")
    for title, prefix in _GROUPS:
        yield from _group(title, counts, prefix)
    yield from _hosts_and_routes(run)
    if run.distrusted is not None:
        yield str(run.distrusted)
    yield from _verdict(run)


def _verdict(run: Run) -> Iterator[str]:
    if run.judgement is not None:
        yield from verdict_lines(
            run.source, run.judgement, run.bad_page, is_held=run.has_waiting_rows
        )


def verdict_lines(
    source: str, judgement: Judgement, bad_page: Path | None, *, is_held: bool
) -> Iterator[str]:
    """Yield why a run is bad, and that the rows of *source* are not published where these wait."""
    if judgement.verdict in BAD:
        yield f"{judgement.verdict}: {'; '.join(judgement.why)}"
    if is_held and judgement.verdict in HELD:
        yield (
            f"held back: what was published stays as it was; "
            f"`scrapy publish {source} --accept` lets the new rows through"
        )
    elif is_held:
        yield f"held back since an earlier run: `scrapy publish {source}` says why"
    if bad_page is not None:
        yield f"a page it stumbled over is kept in {bad_page}"


def _hosts_and_routes(run: Run) -> Iterator[str]:
    absent = [] if run.counts["route/read"] else run.routes.absent
    for url, reason in (*run.routes.failed, *absent):
        yield f"could not read {url}: {in_words(reason)}"
    for origin, (stopped, detail) in run.hosts.stopped.items():
        yield f"left {origin} alone: {_stopped_remark(stopped, detail)}"


def _stopped_remark(stopped: HostStopped, detail: str) -> str:
    why = in_words(stopped.reason) + (f" ({in_words(detail)})" if detail else "")
    if stopped.until is None:
        return f"{why}; the next run tries again"
    return f"{why}; not before {stopped.until.astimezone(PARIS):%Y-%m-%d %H:%M}"


def _found_remark(counts: Mapping[str, int]) -> str:
    known = counts["found"] - counts["requested"]
    return f"{known} of them known or not asked for" if known > 0 else ""


def _group(title: str, counts: Mapping[str, int], prefix: str) -> Iterator[str]:
    reasons = {n.removeprefix(prefix): c for n, c in counts.items() if n.startswith(prefix)}
    details = ", ".join(f"{in_words(n)} {c}" for n, c in sorted(reasons.items()))
    yield from _if_any(title, sum(reasons.values()), details)


def _if_any(title: str, count: int, remark: str = "") -> Iterator[str]:
    if count:
        yield _line(title, count, remark)


def _line(title: str, count: int, remark: str = "") -> str:
    return f"  {title:<{WIDTH}}{count:>5}{'   ' + remark if remark else ''}"


def in_words(reason: str) -> str:
    """Return the name of a reason as a person would say it."""
    if reason.startswith("http_"):
        return reason.replace("http_", "HTTP ")
    return _WORDS.get(reason, reason.replace("_", " "))
