"""Reads the pages of the extraction pack as the body model sees them: features and labels."""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from unittest.mock import patch
from urllib.parse import urlsplit

import numpy as np
from body_labels import HALF, segment_labels, shares

from alescrawl.extraction import article
from alescrawl.extraction.body.block_text import Stated
from alescrawl.extraction.body.blocks import read_blocks
from alescrawl.extraction.body.body import Body
from alescrawl.extraction.body.features import features
from alescrawl.extraction.page.page import Page, UnreadablePage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHORT = 3
"""Letters of a second-level domain such as co.uk."""
SETS = {
    "extraction": ("aeb", "fundus", "fr_segments", "segments"),
    "extraction_more": ("readability", "newspaper4k", "selflabelled", "wcxb", "waddle"),
}
"""The sets by the folder they lie in; those in the second are the better ones of their names."""
KNOWN_IN_PART = frozenset({"fr_segments", "segments"})


@dataclass(slots=True)
class Sample:
    """One page: its blocks, their features (blocks, names) and what is known of its body."""

    name: str
    kind: str
    site: str
    texts: list[str]
    table: np.ndarray
    labels: np.ndarray
    """1 body, 0 not, NaN not known."""
    weights: np.ndarray
    expected: dict[str, Any]


def samples(folder: Path) -> tuple[list[Sample], list[str]]:
    """Return all pages of the packs in *folder* and the names of the features."""
    found, names = [], []
    for pack, kind in ((pack, kind) for pack, kinds in SETS.items() for kind in kinds):
        for expected in _expected(folder / pack / kind):
            page = _read(folder / pack / kind, expected)
            if page is None or ("body" not in expected and kind not in KNOWN_IN_PART):
                continue
            texts, columns = page
            names = list(columns)
            labels, weights = _labels(texts, expected)
            table = np.column_stack(list(columns.values())).astype(np.float32)
            site = site_of(expected)
            found.append(
                Sample(expected["name"], kind, site, texts, table, labels, weights, expected)
            )
    return found, names


def _expected(folder: Path) -> Iterator[dict[str, Any]]:
    with (folder / "expected.jsonl").open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _read(folder: Path, expected: dict[str, Any]) -> tuple[list[str], dict[str, Any]] | None:
    """Return blocks and features, with what article.py gives read_body, or None for no page."""
    given: dict[str, Any] = {}

    def record(page: Page, **stated: str | None) -> Body:
        given.update(page=page, stated=stated)
        return Body()

    raw = gzip.decompress((folder / expected["html"]).read_bytes())
    with patch.object(article, "read_body", record):
        try:
            article.extract_article(raw, expected.get("url") or "http://page.example/")
        except UnreadablePage:
            return None
    blocks = read_blocks(given["page"].tree)
    stated = given["stated"]
    if not blocks.text:
        return None
    told = Stated.of(stated["title"], stated["description"], stated["article_body"])
    return blocks.text, features(blocks, told)


DOUBT, UNSURE = 0.3, 0.3
"""How near to half a share is in doubt, and what such a label weighs."""


def _labels(texts: list[str], expected: dict[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    if "body" not in expected:
        have, never = expected.get("must_have") or (), expected.get("must_not") or ()
        labels = segment_labels(texts, have, never)
        return labels, np.where(np.isnan(labels), 0, 1.0)
    share, words = shares(texts, expected["body"])
    weights = page_weights(words)
    weights *= np.where(np.abs(share - HALF) < DOUBT, UNSURE, 1) * (words > 0)
    return (share >= HALF).astype(float), weights


def page_weights(words: np.ndarray) -> np.ndarray:
    """Return weights that give each page the same say, longer blocks a little more."""
    size = np.sqrt(words + 1)
    return 10 * size / size.sum() + 2 / len(size)


def site_of(expected: dict[str, Any]) -> str:
    """Return the registered domain of the page, as well as it can be told, or its name."""
    host = (urlsplit(expected.get("url") or "").hostname or expected["name"]).split(".")
    second_level = len(host) > SHORT - 1 and len(host[-2]) <= SHORT
    return ".".join(host[-3 if second_level else -2 :])


def fold_of(site: str, folds: int) -> int:
    """Return the fold of *site*: all its pages share it."""
    return int(hashlib.sha1(site.encode()).hexdigest(), 16) % folds
