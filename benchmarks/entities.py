"""Measure what is found of annotated texts: institutions, persons, places, values.

usage: entities.py GOLD.jsonl SCORER.py [--half even|odd|all] [SCORER OPTIONS]
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alescrawl.entities.finder import find_mentions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alescrawl.items import Mention

KINDS = {
    "institution": "institutions",
    "person": "persons",
    "place": "places",
    "date": "dates",
    "amount": "amounts",
    "jobs": "jobs",
}


def main(gold: str, scorer: str, *options: str) -> int:
    half, rest = "all", list(options)
    if "--half" in rest:
        at = rest.index("--half")
        half = rest[at + 1]
        del rest[at : at + 2]
    documents = [json.loads(line) for line in Path(gold).read_text("utf-8").splitlines()]
    documents = [d for i, d in enumerate(documents) if half == "all" or (half == "odd") == i % 2]
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, "gold.jsonl"), Path(folder, "predictions.jsonl")]
        for path, rows in zip(paths, (documents, map(predicted, documents)), strict=True):
            path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        aliases = Path(gold).with_name("aliases.json")
        command = [sys.executable, scorer, *map(str, paths), "--aliases", str(aliases), *rest]
        return subprocess.run(command, check=False).returncode


def predicted(document: dict[str, Any]) -> dict[str, Any]:
    published = document.get("published") or document.get("published_inferred")
    return {"id": document["id"], **by_kind(find_mentions(document["text"], published))}


def by_kind(mentions: Iterable[Mention]) -> dict[str, list[dict[str, Any]]]:
    """Return *mentions* as the scorer wants them: a list of spans with their values a kind."""
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in KINDS.values()}
    for mention in mentions:
        found[KINDS[mention.kind]].append(_row(mention))
    return found


def _row(mention: Mention) -> dict[str, Any]:
    return {
        "start": mention.start,
        "end": mention.end,
        "surface": mention.surface,
        "canonical": mention.name,
        "name": mention.name,
        "kind": mention.subtype,
        "role": mention.role,
        "affiliation": mention.affiliation,
        "value": _interval(mention),
        "value_eur": mention.number,
        "count": mention.number,
    }


def _interval(mention: Mention) -> str | None:
    if mention.date_start is None or mention.date_end is None:
        return None
    return f"{mention.date_start}/{mention.date_end}"


if __name__ == "__main__":
    if len(sys.argv) < 3:  # noqa: PLR2004 - the texts and the scorer
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
