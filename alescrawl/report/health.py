"""The state of each source: its last runs, since when it is not well, which fields have drifted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from alescrawl.dataset.gate.quality import FILLED, Quality
from alescrawl.dataset.gate.verdicts import BAD, COMPARED, drifted_fields, usual_fill

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alescrawl.report.loading import Loaded

RUNS_SHOWN: Final = 24
WEEK: Final = pd.Timedelta(days=7)


def health(loaded: Loaded, names: Sequence[str]) -> list[dict[str, Any]]:
    """Return one entry for each source that has a run, those that are not well first.

    ``runs`` are the verdicts of the last runs, oldest first; times are ISO 8601 in UTC.
    """
    week_ago = pd.Timestamp(loaded.made) - WEEK
    fetched = loaded.articles[loaded.articles["first_seen"] >= week_ago]
    new = fetched["source"].value_counts()
    runs = {str(source): frame for source, frame in loaded.runs.groupby("source")}
    found = loaded.findings[loaded.findings["verdict"].notna()]
    findings = {str(source): frame for source, frame in found.groupby("source")}
    entries = [
        {
            "source": number,
            "week": int(new.get(name, 0)),
            **_state(runs[name]),
            **_findings(findings.get(name, found.head(0))),
        }
        for number, name in enumerate(names)
        if name in runs
    ]
    return sorted(entries, key=lambda entry: entry["verdict"] not in BAD)


def _state(runs: pd.DataFrame) -> dict[str, Any]:
    judged = runs[runs["verdict"].notna()]
    is_good = ~judged["verdict"].isin(BAD)
    good = judged["started"][is_good]
    # Since the first of the runs in a row up to the last that were not well.
    bad = judged["started"][is_good.iloc[::-1].cumsum().iloc[::-1] == 0]
    return {
        "verdict": "" if judged.empty else judged["verdict"].iloc[-1],
        "last": _time(runs["started"].iloc[-1]),
        "good": None if good.empty else _time(good.iloc[-1]),
        "since": None if bad.empty else _time(bad.iloc[0]),
        "runs": runs["verdict"].tail(RUNS_SHOWN).fillna("").tolist(),
    }


def _findings(judged: pd.DataFrame) -> dict[str, Any]:
    """Return why the last run is not well, and of each field fill rate, the usual one, drift."""
    why = [] if judged.empty else list(judged["why"].iloc[-1])
    read = judged[judged["articles_read"].fillna(0) > 0]
    if read.empty:
        return {"why": why, "fields": []}
    before = read.iloc[:-1]
    well = before[~before["verdict"].isin(BAD)].tail(COMPARED)
    now, earlier = _qualities(read.tail(1))[0], _qualities(well)[::-1]
    drifted, usual = drifted_fields(now, earlier), usual_fill(earlier)
    fields = [[now.fill.get(name), usual.get(name), name in drifted] for name in FILLED]
    return {"why": why, "fields": fields}


def _qualities(runs: pd.DataFrame) -> list[Quality]:
    return [
        Quality(rows=int(rows), fill={rate["name"]: rate["share"] for rate in rates})
        for rows, rates in zip(runs["articles_read"], runs["fill_rates"], strict=True)
    ]


def _time(moment: pd.Timestamp) -> str:
    return str(moment.isoformat())
