"""Annotated texts for the tagger: read, varied, and turned into labels."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from random import Random

    from alescrawl.entities.gazetteer.words import Words

TYPES: Final = {"person": "PER", "organisation": "ORG", "place": "LOC", "date": "DAT"}

Span = tuple[int, int, str]


def read(path: str | Path) -> list[tuple[str, list[Span]]]:
    """Return the texts of a corpus in JSON lines, each with its outermost spans."""
    opener = gzip.open if str(path).endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines if line.strip()]
    return [(d["text"], outer(_spans(d["entities"]))) for d in documents]


def _spans(entities: list[dict[str, Any]]) -> Iterator[Span]:
    for entity in entities:
        if entity["type"] in TYPES:
            yield entity["start"], entity["end"], TYPES[entity["type"]]


def outer(spans: Iterable[Span]) -> list[Span]:
    """Return the *spans* that lie in no other."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s[0], -s[1])):
        if not (kept and span[1] <= kept[-1][1]):
            kept.append(span)
    return kept


def with_capitals(text: str, spans: list[Span], random: Random, share: float) -> str:
    """Return *text* with *share* of its surnames in capitals (« Éric GIRAUDIER »)."""
    pieces, end = [], 0
    for start, stop, kind in spans:
        words = text[start:stop].rsplit(" ", 1)
        if kind == "PER" and len(words) > 1 and random.random() < share:
            capital = words[1].upper()
            if len(capital) == len(words[1]):
                pieces += [text[end : stop - len(capital)], capital]
                end = stop
    return "".join([*pieces, text[end:]])


def labels(words: Words, spans: list[Span]) -> list[str]:
    """Return a label for each word: O, or B- and I- with the type of its span."""
    found = ["O"] * len(words)
    index = 0
    for start, stop, kind in spans:
        while index < len(words) and words.ends[index] <= start:
            index += 1
        mark = "B-"
        while index < len(words) and words.starts[index] < stop:
            found[index] = mark + kind
            mark, index = "I-", index + 1
    return found
