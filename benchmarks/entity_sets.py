"""The annotated texts of ../shared/bench/entities, scored by the scorers that lie beside them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from alescrawl.entities.finder import Finder
from alescrawl.entities.gazetteer.words import Words
from alescrawl.entities.tagger.tagger import tag
from alescrawl.entities.tagger.train import SEED, text_marks
from alescrawl.entities.tagger.training_texts import read, with_capitals

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alescrawl.items import Mention

ROOT = Path(__file__).resolve().parents[1]
BENCH = Path(os.environ.get("ALESCRAWL_SHARED", ROOT.parent / "shared")) / "bench" / "entities"
GARD = BENCH / "gard_dev"
WINER_DEV = BENCH / "winer" / "winer_dev.jsonl.gz"
KINDS = {
    "institution": "institutions",
    "person": "persons",
    "place": "places",
    "date": "dates",
    "amount": "amounts",
    "jobs": "jobs",
}
LABELS = {
    "institutions strict": ("institutions", "strict", "f1"),
    "institution sets": ("document_institution_sets", "micro", "f1"),
    "persons strict": ("persons", "strict", "f1"),
    "roles": ("persons", "role_accuracy_on_relaxed_with_role"),
    "places strict": ("places", "strict", "f1"),
    "dates with value": ("dates", "mention_and_value", "f1"),
    "amounts with value": ("amounts", "mention_and_value", "f1"),
    "jobs with value": ("jobs", "mention_and_value", "f1"),
}
TYPES = {"PER": "person", "ORG": "organisation", "LOC": "place", "DAT": "date"}
FENEC = ("--drop-articles", "--drop-date-prepositions", "--ignore-source", "time.date.rel")
FINDER = Finder(party_links=True)
"""The annotation has the links to unions that the product leaves out by default."""


def gard_texts(half: str) -> list[dict[str, Any]]:
    """Return the annotated texts at the even or odd positions of the file."""
    lines = (GARD / "gold.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines[half == "odd" :: 2]]


def gard_figures(half: str) -> dict[str, float]:
    """Return the figures of one half by label."""
    texts = gard_texts(half)
    with tempfile.TemporaryDirectory() as folder:
        gold, ours = Path(folder, "gold.jsonl"), Path(folder, "ours.jsonl")
        _write(gold, texts)
        _write(ours, map(predicted, texts))
        command = [sys.executable, GARD / "score_gard.py", gold, ours, "--json"]
        command += ["--aliases", GARD / "aliases.json"]
        result = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return {label: _at(result, path) for label, path in LABELS.items()}


def _at(result: dict[str, Any], path: Iterable[str]) -> float:
    found: Any = result
    for key in path:
        found = found[key]
    return float(found)


def _write(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


def mentions_of(text: dict[str, Any]) -> list[Mention]:
    """Return what is found in an annotated text."""
    return FINDER.find(text["text"], text.get("published") or text.get("published_inferred"))


def predicted(text: dict[str, Any]) -> dict[str, Any]:
    """Return what is found in an annotated text, as its scorer wants it."""
    found: dict[str, Any] = {name: [] for name in KINDS.values()}
    for mention in mentions_of(text):
        found[KINDS[mention.kind]].append(_row(mention))
    return {"id": text["id"], **found}


def _row(mention: Mention) -> dict[str, Any]:
    interval = None
    if mention.date_start and mention.date_end:
        interval = f"{mention.date_start}/{mention.date_end}"
    return {
        "start": mention.start,
        "end": mention.end,
        "surface": mention.surface,
        "canonical": mention.name,
        "name": mention.name,
        "kind": mention.subtype,
        "role": mention.role,
        "affiliation": mention.affiliation,
        "value": interval,
        "value_eur": mention.number,
        "count": mention.number,
    }


def tagger_figures() -> dict[str, dict[str, float]]:
    """Return F1 by type of the tagger alone, by set."""
    fenec = BENCH / "fenec" / "fenec_v1.jsonl.gz"
    return {
        "WiNER dev": _tagger_figures(WINER_DEV, share=0.0),
        "WiNER dev, surnames in capitals": _tagger_figures(WINER_DEV, share=1.0),
        "FENEC": _tagger_figures(fenec, share=0.0, options=FENEC),
    }


def _tagger_figures(path: Path, *, share: float, options: tuple[str, ...] = ()) -> dict[str, float]:
    gold, random = _raw(path), Random(SEED)
    rows = []
    for document, (text, spans) in zip(gold, read(path), strict=True):
        words = Words(with_capitals(text, spans, random, share))
        found = tag(words, text_marks(words))
        entities = [
            {
                "start": words.starts[s.first],
                "end": words.ends[s.last - 1],
                "type": TYPES[s.type],
            }
            for s in found
        ]
        rows.append({"id": document["id"], "entities": entities})
    with tempfile.TemporaryDirectory() as folder:
        ours = Path(folder, "ours.jsonl")
        _write(ours, rows)
        command = [sys.executable, BENCH / "score_entities.py", path, ours, "--json", *options]
        result = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return _by_type(result)


def _raw(path: Path) -> list[dict[str, Any]]:
    import gzip  # noqa: PLC0415 - one of two sets is packed

    return [json.loads(line) for line in gzip.decompress(path.read_bytes()).splitlines()]


def _by_type(result: dict[str, Any]) -> dict[str, float]:
    strict = result["strict"]
    return {kind: strict[kind]["f1"] for kind in (*TYPES.values(), "micro")}
