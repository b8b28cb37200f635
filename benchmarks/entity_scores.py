"""How often what is found is right, by its score, and how the whole finder does on real news.

    python benchmarks/entity_scores.py [--no-record]

Real news are those of French Wikinews that the tagger did not learn from (WiNER, part dev), by
other conventions than the product's; the texts in the style of the Gard's press are both halves;
roles are those of benchmarks/facts.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from entity_sets import GARD, KINDS, WINER_DEV, gard_texts, mentions_of
from false_facts import FINDER, lines, plain, role_facts
from results import record

from alescrawl.entities.finder import find_mentions
from alescrawl.entities.tagger.training_texts import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from alescrawl.items import Mention

TYPES = {"PER": "person", "ORG": "institution", "LOC": "place"}
BANDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Where each band of scores begins; the last goes up to 1."""
Span = tuple[int, int]


class Found(NamedTuple):
    """A mention, and whether the very span is annotated, or one that overlaps it."""

    kind: str
    method: str
    score: float
    exact: bool
    near: bool


class Text(NamedTuple):
    """What is found in a text, and how much of each kind is annotated."""

    found: list[Found]
    annotated: Counter[str]


def news() -> Iterator[Text]:
    for text, spans in read(WINER_DEV):
        gold: dict[str, list[Span]] = {kind: [] for kind in TYPES.values()}
        for start, end, type_ in spans:
            if type_ in TYPES:
                gold[TYPES[type_]].append((start, end))
        yield _text(find_mentions(text), gold, ())


def gard() -> Iterator[Text]:
    for text in (t for half in ("even", "odd") for t in gard_texts(half)):
        gold = {k: [(g["start"], g["end"]) for g in text[KINDS[k]]] for k in TYPES.values()}
        left_out = [(g["start"], g["end"]) for g in text["ignore"]]
        yield _text(mentions_of(text), gold, left_out)


def _text(
    mentions: Iterable[Mention], gold: dict[str, list[Span]], left_out: Sequence[Span]
) -> Text:
    found = []
    for m in mentions:
        if m.kind in gold and not _near(m, left_out):
            exact = (m.start, m.end) in gold[m.kind]
            found.append(Found(m.kind, m.method or "", m.score or 0, exact, _near(m, gold[m.kind])))
    return Text(found, Counter({kind: len(spans) for kind, spans in gold.items()}))


def _near(mention: Mention, spans: Iterable[Span]) -> bool:
    return any(mention.start < end and start < mention.end for start, end in spans)


def whole_lines(texts: Sequence[Text]) -> Iterator[str]:
    """Yield precision, recall and F1 of strict spans, and the precision of the tagger's own."""
    yield "| real news | precision | recall | F1 | found by the tagger alone | of them right |"
    yield "|---|--:|--:|--:|--:|--:|"
    for kind in TYPES.values():
        found = [f for t in texts for f in t.found if f.kind == kind]
        right = sum(f.exact for f in found)
        gold = sum(t.annotated[kind] for t in texts)
        own = [f.exact for f in found if f.method == "model"]
        precision, recall = right / len(found), right / gold
        f1 = 2 * precision * recall / (precision + recall)
        share = f"{sum(own) / len(own):.2f}" if own else "–"
        yield f"| {kind} | {precision:.3f} | {recall:.3f} | {f1:.3f} | {len(own)} | {share} |"


def band_lines(texts: Sequence[Text], title: str) -> Iterator[str]:
    """Yield how many of each band of scores overlap one that is annotated."""
    yield f"| {title}, score | " + " | ".join(f"{kind} | right" for kind in TYPES.values()) + " |"
    yield "|---|" + "--:|--:|" * len(TYPES)
    for low, high in zip(BANDS, (*BANDS[1:], 2.0), strict=True):
        cells = []
        for kind in TYPES.values():
            of_band = [
                f.near for t in texts for f in t.found if f.kind == kind and low <= f.score < high
            ]
            cells += [str(len(of_band)), f"{sum(of_band) / len(of_band):.0%}" if of_band else "–"]
        yield f"| {_named(low, high)} | " + " | ".join(cells) + " |"


def role_lines() -> Iterator[str]:
    """Yield how many of the roles given are right, by the score of their person."""
    yield "| role given, score of its person | number | right |"
    yield "|---|--:|--:|"
    given = list(_roles())
    for low, high in zip(BANDS, (*BANDS[1:], 2.0), strict=True):
        of_band = [right for score, right in given if low <= score < high]
        if of_band:
            yield f"| {_named(low, high)} | {len(of_band)} | {sum(of_band) / len(of_band):.0%} |"


def _roles() -> Iterator[tuple[float, bool]]:
    for _, (text, golds) in lines("roles.txt"):
        persons = [m for m in FINDER.find(text) if m.kind == "person" and m.role]
        for gold in golds.split(";"):
            name, _, said = gold.partition(":")
            role, _, body = (part.strip() for part in said.partition("@"))
            found = next((p for p in persons if plain(name) in plain(p.surface)), None)
            if found is not None:
                fact = next(iter(role_facts(name.strip(), role, body, found)))
                yield found.score or 0, fact.holds


def _named(low: float, high: float) -> str:
    return f"{low:.1f} and more" if high > 1 else f"{low:.1f} to below {high:.1f}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--no-record", action="store_true", help="leave RESULTS.md as it is")
    options = parser.parse_args()
    if not GARD.is_dir():
        sys.exit(f"no texts at {GARD}: set ALESCRAWL_SHARED to the folder that holds bench/")
    real, local = list(news()), list(gard())
    parts = [whole_lines(real), band_lines(local, "Gard's press"), band_lines(real, "real news")]
    text = "\n\n".join("\n".join(part) for part in (*parts, role_lines()))
    print(text)
    if not options.no_record:
        record("Scores of entities", text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
