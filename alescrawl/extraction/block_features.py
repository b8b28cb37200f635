"""Puts numbers on every block of a page: its words, its place, what stands around it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from alescrawl.extraction.block_text import COLUMNS, Stated, text_table
from alescrawl.extraction.markup import TAG_IDS, categories, phrase_categories

if TYPE_CHECKING:
    from alescrawl.extraction.blocks import Blocks

Vector = np.ndarray[Any, Any]

_ANCESTORS: Final = ("section", "article", "main", "header", "footer", "aside", "figure", "table",
    "figcaption", "form", "li", "ul", "blockquote", "noscript", "dl")  # fmt: skip
_HEADINGS: Final = [TAG_IDS[f"h{n}"] for n in range(1, 7)]
_LEVELS: Final = 4
_LINKED: Final = 0.5
"""Share of a block in links from which it is no running text."""
_GOOD: Final = 40
"""Characters from which a block of words without links counts as running text."""


def features(
    blocks: Blocks, stated: Stated, wanted: frozenset[str] | None = None
) -> dict[str, Vector]:
    """Return the features of *blocks* by name, each a vector with one number per block.

    Features of which there are many are left out where they are not *wanted*.
    """
    found = _words(blocks, stated, wanted)
    place = _Place(blocks, found)
    found.update(_tags(place))
    found.update(_classes(place, wanted))
    found.update(_shares(place))
    found.update(_position(place, found))
    found.update(_neighbours(found, wanted))
    found.update(_memory(found))
    return found


def _words(blocks: Blocks, stated: Stated, wanted: frozenset[str] | None) -> dict[str, Vector]:
    table = text_table(blocks.text, blocks.link, stated, wanted)
    found: dict[str, Vector] = dict(zip(COLUMNS, table.T, strict=True))
    length = found["length"]
    found["link"] = np.minimum(np.array(blocks.link, dtype=np.float32) / length, 1)
    found["emphasis"] = np.minimum(np.array(blocks.emphasis, dtype=np.float32) / length, 1)
    found["line"] = np.array(blocks.lines, dtype=np.float32)
    found["marked"] = np.array(blocks.marked, dtype=np.float32)
    found["media"] = np.array(blocks.media, dtype=np.float32)
    found["comma_rate"] = found["commas"] / length
    found["good"] = np.where(
        (length >= _GOOD) & (found["link"] < _LINKED), length * (1 - found["link"]), 0
    )
    return found


_SUSPECT: Final = frozenset(
    (
        "comment", "related", "popular", "newsletter", "paywall", "ad", "overlay", "hidden",
        "sidebar", "footer", "nav", "form", "share", "tag", "card",
    )
)  # fmt: skip
"""Categories of boxes that seldom hold an article's text."""


@cache
def _suspect_mask() -> int:
    return sum(1 << bit for bit, name in enumerate(categories()) if name in _SUSPECT)


class _Place:
    """Where each block stands: its box and the boxes around it, as vectors."""

    def __init__(self, blocks: Blocks, found: dict[str, Vector]) -> None:
        boxes = blocks.boxes
        self.box = np.array(blocks.box)
        self.inline = np.array(blocks.bits, dtype=np.int64)
        self.parent = np.array(boxes.parent)
        self.tag = np.array(boxes.tag)
        self.within = np.array(boxes.within, dtype=np.int64)
        self.own = np.array(boxes.own, dtype=np.int64)
        self.bits = np.array(boxes.bits, dtype=np.int64)
        self.depth = np.array(boxes.depth)
        self.last = np.array(boxes.last)
        self.last[0] = len(self.last) - 1
        size = len(self.parent)
        self.good = np.bincount(self.box, found["good"], size)
        self.text = np.bincount(self.box, found["length"], size)
        self.linked = np.bincount(self.box, found["length"] * found["link"], size)
        self.count = np.bincount(self.box, minlength=size).astype(np.float64)
        self.suspect = self.bits & _suspect_mask() != 0
        self.best = self._best()

    def _best(self) -> int:
        """Return the box that most of the running text stands in, not far below."""
        good = np.where(self.suspect, self.good / 10, self.good)
        once = np.bincount(self.parent, good, len(self.parent))
        twice = np.bincount(self.parent, once, len(self.parent))
        score = good / 2 + once + twice / 2
        score[0] = 0
        return int(score.argmax())

    def inside(self, values: Vector) -> Vector:
        """Return the sum of *values* over each box and all boxes in it."""
        sums = np.concatenate(([0.0], np.cumsum(values)))
        inner: Vector = sums[self.last + 1] - sums[: len(values)]
        return inner


def _tags(place: _Place) -> dict[str, Vector]:
    tag = place.tag[place.box]
    above = place.tag[place.parent[place.box]]
    heading = np.isin(tag, _HEADINGS)
    found = {
        "is_p": tag == TAG_IDS["p"],
        "is_div": tag == TAG_IDS["div"],
        "is_li": tag == TAG_IDS["li"],
        "is_cell": (tag == TAG_IDS["td"]) | (tag == TAG_IDS["tr"]) | (tag == TAG_IDS["th"]),
        "heading": np.where(heading, tag - _HEADINGS[0] + 1, 0),
        "above_div": above == TAG_IDS["div"],
        "depth": place.depth[place.box],
    }
    within = place.within[place.box]
    for name in _ANCESTORS:
        found[f"in_{name}"] = within >> TAG_IDS[name] & 1
    return found


def _classes(place: _Place, wanted: frozenset[str] | None) -> dict[str, Vector]:
    """Return which class categories name the block, what is near around it, what is below best."""
    box = place.box
    above = place.parent[box]
    own = place.own[box] | place.inline
    near = place.own[above] | place.own[place.parent[above]]
    below = place.bits[box] & ~place.bits[place.best]
    found = {"suspect": place.suspect[box], "suspects": _ones(place.bits[box] & _suspect_mask())}
    found["suspect_below"] = _ones(below & _suspect_mask())
    masks = {"own": own, "near": near, "below": below, "any": place.bits[box]}
    for where, bit, name in _class_features(wanted):
        found[name] = masks[where] >> bit & 1
    return found


@cache
def _class_features(wanted: frozenset[str] | None) -> list[tuple[str, int, str]]:
    """Return where to look, for which bit, and the name of each *wanted* feature."""
    every = [
        (where, bit, f"{where}_{category}")
        for where in ("own", "near", "below", "any")
        for bit, category in enumerate(categories())
    ]
    return [each for each in every if wanted is None or each[2] in wanted]


def _ones(masks: Vector) -> Vector:
    """Return how many bits are set in each mask."""
    ones: Vector = (masks[:, None] >> np.arange(len(categories())) & 1).sum(axis=1)
    return ones


def _shares(place: _Place) -> dict[str, Vector]:
    """Return how much text the boxes around each block hold, and how much of it is links."""
    good, text = place.inside(place.good), place.inside(place.text)
    linked, count = place.inside(place.linked), place.inside(place.count)
    total, box = max(good[0], 1.0), place.box
    found = {}
    for level in range(_LEVELS):
        found[f"share_{level}"] = good[box] / total
        found[f"text_{level}"] = text[box]
        found[f"link_{level}"] = linked[box] / np.maximum(text[box], 1)
        found[f"count_{level}"] = count[box]
        box = place.parent[box]
    found.update(_alike(place, total))
    best = place.best
    inside = (place.box >= best) & (place.box <= place.last[best])
    found["clean_share"] = place.inside(np.where(place.suspect, 0, place.good))[place.box] / total
    found["in_best"] = inside
    found["below_best"] = np.where(inside, place.depth[place.box] - place.depth[best], -1)
    found["best_share"] = np.full(len(place.box), good[best] / total)
    return found


def _alike(place: _Place, total: float) -> dict[str, Vector]:
    """Return how much text stands in the same way: same tag and class, here and on the page."""
    tag, above = place.tag, place.parent
    kind = (place.own * 64 + tag) * 1_000_003 + place.own[above] * 64 + tag[above]
    here = above * 64 + tag
    found = {}
    for name, key in (("alike", kind), ("siblings", here)):
        _, group = np.unique(key[place.box], return_inverse=True)
        found[f"{name}_count"] = np.bincount(group)[group]
        found[f"{name}_group"] = group
    return _alike_sums(place, found, total)


def _alike_sums(place: _Place, found: dict[str, Vector], total: float) -> dict[str, Vector]:
    result = {}
    for name in ("alike", "siblings"):
        group = found[f"{name}_group"]
        count = found[f"{name}_count"]
        each = place.count[place.box]
        good = np.bincount(group, place.good[place.box] / each)
        text = np.bincount(group, place.text[place.box] / each)
        linked = np.bincount(group, place.linked[place.box] / each)
        result[f"{name}_count"] = count
        result[f"{name}_share"] = good[group] / total
        result[f"{name}_link"] = linked[group] / np.maximum(text[group], 1)
        result[f"{name}_mean"] = text[group] / count
    return result


def _position(place: _Place, found: dict[str, Vector]) -> dict[str, Vector]:
    """Return how far into the page, the text and the best box each block stands."""
    size = len(place.box)
    index = np.arange(size, dtype=np.float64)
    good = np.cumsum(found["good"]) - found["good"]
    total = max(float(good[-1] + found["good"][-1]), 1.0)
    inside = np.flatnonzero((place.box >= place.best) & (place.box <= place.last[place.best]))
    first, last = (inside[0], inside[-1]) if inside.size else (0, size - 1)
    title = _title_index(place, found)
    return {
        "index": index,
        "index_share": index / size,
        "good_before": good / total,
        "good_after": 1 - (good + found["good"]) / total,
        "from_best": index - first,
        "to_best_end": last - index,
        "from_title": index - title,
        "good_since_title": (good - good[title]) / total,
        "blocks": np.full(size, size, dtype=np.float64),
        "page_good": np.full(size, total),
    }


def _title_index(place: _Place, found: dict[str, Vector]) -> int:
    """Return the number of the block that is the headline, as far as that can be told."""
    h1 = place.tag[place.box] == TAG_IDS["h1"]
    score = found["of_title"] * found["in_title"] + 0.5 * h1 + 0.2 * (found["heading"] > 0)
    return int(score.argmax())


_AROUND: Final = ("length", "link", "end", "is_p", "heading", "good", "function_words")


def _neighbours(found: dict[str, Vector], wanted: frozenset[str] | None) -> dict[str, Vector]:
    """Return what stands before and after each block."""
    around = {}
    for name in _AROUND:
        values = found[name]
        for side, step in (("before", 1), ("before", 2), ("after", 1), ("after", 2)):
            key = f"{name}_{side}_{step}"
            if wanted is None or key in wanted:
                around[key] = _shifted(values, step if side == "before" else -step)
    good = np.concatenate((np.zeros(6), found["good"], np.zeros(6)))
    sums = np.concatenate(([0.0], np.cumsum(good)))
    size = len(found["good"])
    around["good_near_before"] = sums[6 : 6 + size] - sums[1 : 1 + size]
    around["good_near_after"] = sums[12 : 12 + size] - sums[7 : 7 + size]
    return around


_FAR: Final = 60


def _memory(found: dict[str, Vector]) -> dict[str, Vector]:
    """Return how long ago a boilerplate line, a heading, a picture or a date was met."""
    phrase = found["phrase"]
    memory = {
        f"since_{name}": _since(phrase == number + 1)
        for number, name in enumerate(phrase_categories())
    }
    heading = found["heading"] > 0
    memory["since_heading"] = _since(heading)
    memory["heading_phrase"] = _last(phrase, heading)
    memory["heading_level"] = _last(found["heading"], heading)
    memory["heading_link"] = _last(found["link"], heading)
    memory["since_media"] = _since(found["media"] > 0)
    memory["since_time"] = _since(found["marked"] > 0)
    for name in ("comment", "reader", "consent", "offer", "picture"):
        says = found[f"says_{name}"] > 0
        sums = np.concatenate((np.zeros(6), np.cumsum(says), np.full(5, says.sum())))
        memory[f"{name}_around"] = sums[11:] - sums[:-11]
    return memory


def _since(met: Vector) -> Vector:
    index = np.arange(len(met))
    last = np.maximum.accumulate(np.where(met, index, -_FAR))
    return np.minimum(index - last, _FAR)


def _last(values: Vector, met: Vector) -> Vector:
    index = np.maximum.accumulate(np.where(met, np.arange(len(met)), -1))
    return np.where(index >= 0, values[index], -1)


def _shifted(values: Vector, step: int) -> Vector:
    moved = np.zeros(len(values), dtype=np.float32)
    if 0 < step < len(values):
        moved[step:] = values[:-step]
    elif -len(values) < step < 0:
        moved[:step] = values[-step:]
    return moved
