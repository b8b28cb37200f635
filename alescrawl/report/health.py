"""The state of each source: its last runs, since when it is not well, which fields have drifted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from alescrawl.dataset.quality import FILLED, Quality
from alescrawl.dataset.verdicts import BAD, COMPARED, drifted_fields, usual_fill

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from alescrawl.report.loading import Loaded

    Run = Mapping[Hashable, Any]

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
    entries = [
        {**_state(runs[name].to_dict("records")), "source": number, "week": int(new.get(name, 0))}
        for number, name in enumerate(names)
        if name in runs
    ]
    return sorted(entries, key=lambda entry: entry["verdict"] not in BAD)


def _state(runs: Sequence[Run]) -> dict[str, Any]:
    judged = [run for run in runs if run["verdict"]]
    last = judged[-1] if judged else runs[-1]
    good = [run for run in judged if run["verdict"] not in BAD]
    return {
        "verdict": last["verdict"] or "",
        "why": list(last["why"]),
        "last": _time(runs[-1]["started"]),
        "good": _time(good[-1]["started"]) if good else None,
        "since": _time(_first_bad(judged)),
        "runs": [run["verdict"] or "" for run in runs[-RUNS_SHOWN:]],
        "fields": _fields(judged),
    }


def _first_bad(judged: Sequence[Run]) -> pd.Timestamp | None:
    """Return the start of the first of the runs in a row up to the last that were not well."""
    since = None
    for run in reversed(judged):
        if run["verdict"] not in BAD:
            break
        since = run["started"]
    return since


def _fields(judged: Sequence[Run]) -> list[list[Any]]:
    """Return for each field its fill rate in the last run with articles, the usual one, drift."""
    read = [run for run in judged if _rows(run)]
    if not read:
        return []
    now = _quality(read[-1])
    earlier = [_quality(run) for run in read[-2::-1] if run["verdict"] not in BAD][:COMPARED]
    drifted = drifted_fields(now, earlier)
    usual = usual_fill(earlier) if earlier else {}
    return [[now.fill.get(name), usual.get(name), name in drifted] for name in FILLED]


def _quality(run: Run) -> Quality:
    fill = {rate["name"]: rate["share"] for rate in run["fill_rates"]}
    return Quality(rows=_rows(run), fill=fill)


def _rows(run: Run) -> int:
    return 0 if pd.isna(run["articles_read"]) else int(run["articles_read"])


def _time(moment: pd.Timestamp | None) -> str | None:
    return None if moment is None or pd.isna(moment) else moment.isoformat()
