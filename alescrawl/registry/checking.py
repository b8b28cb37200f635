"""`scrapy registry check` and `decide`: what is doubtful, and what a person says of it."""

from __future__ import annotations

from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.reading.linked import DECISION
from alescrawl.registry.companies import read_companies
from alescrawl.registry.decisions import Decision, as_siren, read_decisions, write_decision
from alescrawl.registry.resolving import read_candidates, read_links, resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from alescrawl.dataset.folder import Folder


def doubts(folder: Folder, decisions: Mapping[str, Decision], limit: int) -> Iterator[str]:
    """Yield lines on what a person should look at: candidates, decisions without use, oddities."""
    candidates, links = read_candidates(folder), read_links(folder)
    companies = {row["siren"]: row for row in read_companies(folder)[1]}
    yield from _undecided(candidates, companies, limit)
    yield from _useless(decisions, links)
    yield from _unknown(links, companies)
    yield from _shared(links)


def _undecided(
    candidates: Iterable[Mapping[str, Any]], companies: Mapping[str, Mapping[str, Any]], limit: int
) -> Iterator[str]:
    groups = (list(rows) for _, rows in groupby(candidates, itemgetter("institution")))
    by_doubt = sorted(groups, key=lambda rows: -rows[0]["probability"])
    for rows in islice(by_doubt, limit):
        yield f"{rows[0]['name']} ({rows[0]['institution']}) may be"
        for row in rows:
            where = (companies.get(row["siren"]) or {}).get("seat_commune") or "?"
            told = "; ".join(row["evidence"])
            yield f"  {row['probability']:.0%}  {row['siren']}  {row['company']}, {where}: {told}"
    if len(by_doubt) > limit:
        yield f"… and {len(by_doubt) - limit} more (--limit)"


def _useless(
    decisions: Mapping[str, Decision], links: Iterable[Mapping[str, Any]]
) -> Iterator[str]:
    used = {
        name
        for link in links
        if link["origin"] == DECISION
        for name in (link["institution"], link["name"])
    }
    for name in decisions:
        if name not in used:
            yield f"your decision on {name} is not used: no article names it, or resolve is to run"


def _unknown(
    links: Iterable[Mapping[str, Any]], companies: Mapping[str, Mapping[str, Any]]
) -> Iterator[str]:
    for link in links:
        if link["siren"] and link["siren"] not in companies:
            yield f"{link['name']} is {link['siren']}, which the file of companies does not have"


def _shared(links: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield companies that several institutions are: two ways to write it, or a mistake."""
    chosen = sorted((link for link in links if link["siren"]), key=itemgetter("siren"))
    for siren, rows in groupby(chosen, itemgetter("siren")):
        names = [row["name"] for row in rows]
        if len(names) > 1:
            yield f"{siren} is {len(names)} institutions: {', '.join(names)}"


def decide(folder: Folder, path: Path, name: str, siren: str, note: str) -> str:
    """Write what a person decided to the file at *path* and link again; return what to say."""
    try:
        decision = Decision(name, as_siren(siren), note)
    except ValueError as error:
        raise DatasetError(str(error)) from error
    companies = {row["siren"]: row["name"] for row in read_companies(folder)[1]}
    write_decision(path, decision)
    found = resolve(folder, read_decisions(path))
    if decision.siren is None:
        told = "is no company of the register"
    else:
        known = companies.get(decision.siren, "which the file of companies does not have")
        told = f"is {decision.siren}, {known}"
    return f"{name} {told}: written to {path}; {found.linked + found.decided} are linked"
