"""Trains the tagger of the package and prints what it reaches.

python -m alescrawl.entities.tagger.train --train winer_train.jsonl.gz --dev winer_dev.jsonl.gz

The same corpus, seed, lists, rules and version of python-crfsuite give the same weights: what
the lists and rules find in a text is among what the tagger looks at.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from alescrawl.entities.gazetteer.context import Context
from alescrawl.entities.gazetteer.matches import known, marks
from alescrawl.entities.gazetteer.words import Words
from alescrawl.entities.names.institution_rules import introduced_institutions, stops
from alescrawl.entities.names.institutions import known_institutions
from alescrawl.entities.names.places import find_places
from alescrawl.entities.tagger.features import (
    OFFSETS,
    position_attributes,
    word_attributes,
)
from alescrawl.entities.tagger.tagger import Model, load, tag
from alescrawl.entities.tagger.training_texts import labels, outer, read, with_capitals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from alescrawl.entities.gazetteer.matches import Mark
    from alescrawl.entities.tagger.training_texts import Span

SEED: Final = 20261126
SETTINGS: Final = {"c1": 0.07, "c2": 0.05, "max_iterations": 90, "feature.minfreq": 2}
VARIED: Final = 0.5
"""Share of the texts that are also learnt with capitals in half of their surnames."""
LEAST_WEIGHT: Final = 0.02
NOTICE: Final = """\
# tagger.npz: weights of the tagger that entities/tagger/tagger.py decodes. Numbers and words only.
# common_words.tsv.gz: the words that the same corpus has in lower case, without accents.
# Made by `python -m alescrawl.entities.tagger.train`.
licence = "CC BY 4.0 (weights); the notice below goes with them"
attribution = '''Textes : contributeurs de Wikinews en français (fr.wikinews.org), CC BY 2.5,
https://creativecommons.org/licenses/by/2.5/. Annotations : WiNER-fr, Yoann Dupont (« Un corpus
libre, évolutif et versionné en entités nommées du français », TALN 2019),
https://github.com/YoannDupont/WiNER-fr, CC BY 4.0, https://creativecommons.org/licenses/by/4.0/.
Modifications : conversion en JSONL, types renommés, spans imbriqués retirés, noms de famille mis en
capitales dans une partie des textes ; poids appris par un champ aléatoire conditionnel.'''
"""


def main(argv: list[str] | None = None) -> None:
    """Train on ``--train``, measure on ``--dev``, write the weights and their notice."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--train", required=True, type=Path)
    parser.add_argument("--dev", required=True, type=Path)
    parser.add_argument("--out", type=Path, default=Path("alescrawl/data/tagger.npz"))
    options = parser.parse_args(argv)
    data = _packed(_trained(list(_varied(read(options.train)))))
    options.out.write_bytes(data)
    options.out.with_name("common_words.tsv.gz").write_bytes(_common_words(options.train))
    figures = _figures(options.dev, load(data))
    notice = {
        "date": datetime.now(tz=UTC).date().isoformat(),
        "seed": SEED,
        "training_sha256": hashlib.sha256(options.train.read_bytes()).hexdigest(),
        "python_crfsuite": version("python-crfsuite"),
        **SETTINGS,
        **figures,
    }
    lines = "".join(f"{json.dumps(k)} = {json.dumps(v)}\n" for k, v in notice.items())
    options.out.with_suffix(".toml").write_text(NOTICE + lines, encoding="utf-8")
    print(lines, end="")  # noqa: T201 - what the user asked to see


def _common_words(path: Path) -> bytes:
    """Return the words that the corpus at *path* has in lower case, in plain form, as a table."""
    found: set[str] = set()
    for text, _ in read(path):
        words = Words(text)
        found.update(w for w, s in zip(words.folded, words.shapes, strict=True) if s == "l")
    return gzip.compress("\n".join(["word", *sorted(found), ""]).encode(), mtime=0)


def _varied(texts: Iterable[tuple[str, list[Span]]]) -> Iterator[tuple[str, list[Span]]]:
    random = Random(SEED)  # noqa: S311 - no secret
    for text, spans in texts:
        yield text, spans
        if random.random() < VARIED:
            yield with_capitals(text, spans, random, share=0.5), spans


def text_marks(words: Words) -> list[Mark]:
    """Return what lists and rules have in *words*, as of no particular day."""
    seen = known(words)
    context = Context(words, seen.places)
    listed = list(known_institutions(words, seen.institutions, "", context))
    listed += find_places(words, seen.places, context)
    return list(marks(seen, introduced_institutions(words, stops(listed))))


def _sequences(words: Words) -> Iterator[tuple[int, int, list[list[str]]]]:
    """Yield first word, word after the last, and attributes of each sentence."""
    starts = words.sentences
    places = position_attributes(words, range(len(words)), text_marks(words))
    own = [word_attributes(words.word(i)) for i in range(len(words))]
    for first, last in zip(starts, [*starts[1:], len(words)], strict=True):
        rows = []
        for i in range(first, last):
            near = [
                f"{offset}{name}"
                for row, offset in enumerate(OFFSETS)
                if first <= i + offset < last
                for name in own[i + offset][row]
            ]
            rows.append([*places[i], *near])
        yield first, last, rows


def _trained(texts: list[tuple[str, list[Span]]]) -> Any:  # noqa: ANN401 - untyped library
    """Return the dump of a CRF trained on *texts*."""
    import pycrfsuite  # noqa: PLC0415 - an extra that only the training needs

    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(SETTINGS)
    for text, spans in texts:
        words = Words(text)
        marked = labels(words, spans)
        for first, last, rows in _sequences(words):
            trainer.append(pycrfsuite.ItemSequence(rows), marked[first:last])
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder, "model"))
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        return tagger.info()


def _packed(info: Any) -> bytes:  # noqa: ANN401 - untyped library
    """Return the weights of a CRF as the bytes of an npz file."""
    names = sorted({label for _, label in info.state_features})
    column = {label: index for index, label in enumerate(names)}
    rows: dict[str, Any] = {}
    for (attribute, label), weight in info.state_features.items():
        if abs(weight) >= LEAST_WEIGHT:
            row = rows.setdefault(attribute, np.zeros(len(names), np.float16))
            row[column[label]] = weight
    steps = np.zeros((len(names), len(names)), np.float32)
    for (before, after), weight in info.transitions.items():
        steps[column[before], column[after]] = weight
    attributes = sorted(rows)
    packed = BytesIO()
    np.savez_compressed(
        packed,
        attributes=np.frombuffer("\n".join(attributes).encode(), np.uint8),
        weights=np.stack([rows[name] for name in attributes]),
        labels=np.frombuffer("\n".join(names).encode(), np.uint8),
        steps=steps,
    )
    return packed.getvalue()


def _figures(path: Path, model: Model) -> dict[str, float]:
    """Return strict F1 on the corpus at *path*, as it is and with its surnames in capitals."""
    found = {}
    for name, share in (("f1", 0.0), ("f1_capitals", 1.0)):
        random = Random(SEED)  # noqa: S311 - no secret
        counts = [0, 0, 0]
        for text, spans in read(path):
            words = Words(with_capitals(text, spans, random, share))
            tagged = outer(
                (words.starts[s.first], words.ends[s.last - 1], s.type)
                for s in tag(words, text_marks(words), use=model)
            )
            counts[0] += len(set(tagged) & set(spans))
            counts[1] += len(tagged)
            counts[2] += len(spans)
        found[name] = round(2 * counts[0] / (counts[1] + counts[2]), 4)
    return found


if __name__ == "__main__":
    main()
