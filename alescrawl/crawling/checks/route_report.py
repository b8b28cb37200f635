"""What a user's own runs say of the routes that modules state: confirmed, refuted, silent, gone."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from alescrawl.crawling.routes.model import ABSENT
from alescrawl.crawling.runs.summary import in_words
from alescrawl.dataset.ledger.route_health import RouteHealth
from alescrawl.items import PARIS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from alescrawl.crawling.checks.model import RouteCheck, SourceCheck
    from alescrawl.crawling.routes.model import Route
    from alescrawl.crawling.source import Source
    from alescrawl.dataset.ledger.moves import Move

_SILENT: Final = timedelta(days=7)
"""How much longer than another route of its source one has had no news, to be called silent."""
_REFUSED: Final = frozenset({"robots", "http_401", "http_403", "http_405"})
"""Answers that say who may ask, not what is there."""
REFUTED: Final = (ABSENT - _REFUSED) | {"foreign"}


@dataclass(slots=True)
class RouteReport:
    """The routes of which there is something to say, each as a line."""

    never: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    confirmed: list[str] = field(default_factory=list)
    refuted: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """Yield all of it, under headings."""
        for heading, found in (
            ("Never answered as such a route does:", self.never),
            ("Do so no more:", self.lost),
            ("Silent while others of the source were not:", self.silent),
            ("Conventions that runs confirmed; for the module:", self.confirmed),
            ("Conventions that runs refuted; to take out of the module:", self.refuted),
        ):
            if found:
                yield heading
                yield from (f"  {line}" for line in found)


def route_report(
    known: Iterable[RouteHealth], sources: Mapping[str, Source | type[Source]]
) -> RouteReport:
    """Return what is to be said of the routes of *sources*, from what is *known* of them."""
    report = RouteReport()
    by_source: dict[str, list[RouteHealth]] = {}
    for each in known:
        by_source.setdefault(each.source, []).append(each)
    for name, source in sources.items():
        stated = {route.url: route for route in source.routes}
        found = [each for each in by_source.get(name, ()) if each.url in stated]
        for each in found:
            _add(report, each, stated[each.url], _newest(found))
    return report


def _newest(found: Sequence[RouteHealth]) -> datetime | None:
    return max((each.last_new for each in found if each.last_new), default=None)


def _add(report: RouteReport, known: RouteHealth, route: Route, newest: datetime | None) -> None:
    place = f"{known.source}  {known.kind} {known.url}"
    why = in_words(known.reason or "")
    if is_confirmed(known, route):
        line = route_line(route, confirmed=day(known.last_listed))
        report.confirmed.append(f"{known.source}  {line}")
    elif is_refuted(known, route):
        line = route_line(route)
        report.refuted.append(f"{known.source}  {line}  # {day(known.last_failed)}: {why}")
    if known.last_read is None:
        report.never.append(f"{place}: {why}, asked since {day(known.first_asked)}")
    elif known.last_failed is not None and known.last_failed > known.last_read:
        report.lost.append(f"{place}: {why}; it answered until {day(known.last_read)}")
    elif _is_silent(known, newest):
        since = f"since {day(known.last_new)}" if known.last_new else "in all runs"
        report.silent.append(f"{place}: {since}; another had news on {day(newest)}")


def _is_silent(known: RouteHealth, newest: datetime | None) -> bool:
    """Whether others had news for a while in which this one, though asked, had none."""
    since = known.last_new or known.first_asked
    if newest is None or since is None or known.last_asked is None:
        return False
    return newest - since >= _SILENT and known.last_asked - since >= _SILENT


def is_confirmed(known: RouteHealth, route: Route) -> bool:
    """Return whether runs have found articles at a *route* that was only supposed."""
    lists = known.last_listed is not None
    failed = known.last_failed is not None and (
        known.last_read is None or known.last_failed > known.last_read
    )
    return route.status == "convention" and lists and not failed


def is_refuted(known: RouteHealth, route: Route) -> bool:
    """Return whether runs have found that a *route* that was only supposed is not there."""
    is_absent = known.last_read is None and known.reason in REFUTED
    return route.status == "convention" and is_absent


def route_line(route: Route, **changed: str) -> str:
    """Return the line of a module that states *route*; what is *changed* makes it a seen one."""
    facts = {"status": route.status, "listed": route.listed, "seen": route.seen}
    if changed:
        facts = {"status": "seen", **changed}
    said = "".join(f', {name}="{value}"' for name, value in facts.items() if value)
    begun = getattr(route, "day", None)
    said += f", day=date({begun.year}, {begun.month}, {begun.day})" if begun else ""
    return f'{type(route).__name__}("{route.url}"{said}),'


def shared_facts(
    known: Iterable[RouteHealth],
    moves: Mapping[str, Sequence[Move]],
    sources: Mapping[str, Source | type[Source]],
) -> dict[str, Any]:
    """Return what runs say of the routes of *sources*, with nothing of who ran them.

    Days, no moments; no counts, folders, names of machines, nor sources of the user's own.
    """
    routes = []
    for each in known:
        source = sources.get(each.source)
        stated = {route.url: route for route in source.routes} if source is not None else {}
        if (route := stated.get(each.url)) is not None:
            routes.append(_shared(each, route))
    found = [
        {"source": name, "old": m.old, "new": m.new, "kind": m.kind, "since": day(m.since)}
        for name in sources
        for m in moves.get(name, ())
    ]
    return {"routes": routes, "moves": found}


def with_checks(known: Iterable[RouteHealth], checks: Sequence[SourceCheck]) -> list[RouteHealth]:
    """Return what is *known* of routes, with what a look at them by *checks* has told now."""
    found = {(each.source, each.url): each for each in known}
    for check in checks:
        for route in check.routes:
            key = (check.source, route.url)
            now = check.checked_at
            new = RouteHealth(check.source, route.url, route.kind, now, now)
            found[key] = _looked_at(found.get(key, new), route, now)
    return sorted(found.values(), key=lambda each: (each.source, each.url))


def _looked_at(known: RouteHealth, route: RouteCheck, now: datetime) -> RouteHealth:
    known = replace(known, last_asked=now)
    if route.lists:
        return replace(known, last_read=now, last_listed=now)
    return replace(known, last_failed=now, reason=route.outcome)


def _shared(known: RouteHealth, route: Route) -> dict[str, str | None]:
    has_failed = known.last_failed is not None
    return {
        "source": known.source,
        "kind": known.kind,
        "url": known.url,
        "stated": route.status,
        "read": day(known.last_read) or None,
        "listed": day(known.last_listed) or None,
        "news": day(known.last_new) or None,
        "failed": day(known.last_failed) or None,
        "reason": known.reason if has_failed else None,
    }


def day(moment: datetime | None) -> str:
    """Return the day of *moment* in Paris, empty where there is none."""
    return f"{moment.astimezone(PARIS):%Y-%m-%d}" if moment is not None else ""
