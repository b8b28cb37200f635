"""Puts numbers on every block of a page: its words, its place, what stands around it."""

from __future__ import annotations

from functools import cache
from struct import pack
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from alescrawl.extraction.body.block_text import COLUMNS, Stated, text_table
from alescrawl.extraction.page.markup import TAG_IDS, categories, phrase_categories

if TYPE_CHECKING:
    from alescrawl.extraction.body.blocks import Blocks


Vector = np.ndarray[Any, Any]


_AROUND: Final = ("length", "link", "end", "is_p", "heading", "good", "function_words")


def neighbours(found: dict[str, Vector], wanted: frozenset[str] | None) -> dict[str, Vector]:
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


def memory(found: dict[str, Vector], wanted: frozenset[str] | None) -> dict[str, Vector]:
    """Return how long ago a boilerplate line, a heading, a picture or a date was met."""
    phrase = found["phrase"]
    met = {}
    for number, name in enumerate(phrase_categories(), start=1):
        if wanted is None or f"since_{name}" in wanted:
            met[f"since_{name}"] = _since(phrase == number)
    heading = found["heading"] > 0
    met["since_heading"] = _since(heading)
    met["since_media"] = _since(found["media"] > 0)
    met["since_time"] = _since(found["marked"] > 0)
    lately = {"phrase": phrase, "level": found["heading"], "link": found["link"]}
    for name, values in lately.items():
        if wanted is None or f"heading_{name}" in wanted:
            met[f"heading_{name}"] = _last(values, heading)
    for name in ("comment", "reader", "consent", "offer", "picture"):
        if wanted is None or f"{name}_around" in wanted:
            met[f"{name}_around"] = _around(found[f"says_{name}"] > 0)
    return met


def _around(met: Vector) -> Vector:
    """Return how many of the five blocks before each, the block and the five after are *met*."""
    sums = np.concatenate((np.zeros(6), np.cumsum(met), np.full(5, met.sum())))
    near: Vector = sums[11:] - sums[:-11]
    return near


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


_ANCESTORS: Final = ("section", "article", "main", "header", "footer", "aside", "figure", "table",
    "figcaption", "form", "li", "ul", "blockquote", "noscript", "dl")  # fmt: skip


_H1, _H6 = TAG_IDS["h1"], TAG_IDS["h6"]


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
    found.update(_tags(place, wanted))
    found.update(_classes(place, wanted))
    found.update(_shares(place))
    found.update(_position(place, found))
    found.update(neighbours(found, wanted))
    found.update(memory(found, wanted))
    return found


def _words(blocks: Blocks, stated: Stated, wanted: frozenset[str] | None) -> dict[str, Vector]:
    table = text_table(blocks.text, blocks.link, stated, wanted)
    found: dict[str, Vector] = dict(zip(COLUMNS, table.T, strict=True))
    length = found["length"]
    found["link"] = np.minimum(_vector(blocks.link).astype(np.float32) / length, 1)
    found["emphasis"] = np.minimum(_vector(blocks.emphasis).astype(np.float32) / length, 1)
    found["line"] = _vector(blocks.lines)
    found["marked"] = _vector(blocks.marked)
    found["media"] = _vector(blocks.media)
    found["comma_rate"] = found["commas"] / length
    found["good"] = np.where(
        (length >= _GOOD) & (found["link"] < _LINKED), length * (1 - found["link"]), 0
    )
    return found


def _vector(numbers: list[int]) -> Vector:
    """Return *numbers* as int64, in a third of the time that numpy itself takes."""
    return np.frombuffer(pack(f"{len(numbers)}q", *numbers), dtype=np.int64)


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
        self.box = _vector(blocks.box)
        self.inline = _vector(blocks.bits)
        self.parent = _vector(boxes.parent)
        self.tag = _vector(boxes.tag)
        self.within = _vector(boxes.within)
        self.own = _vector(boxes.own)
        self.bits = _vector(boxes.bits)
        self.depth = _vector(boxes.depth)
        self.last = _vector(boxes.last)
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


def _tags(place: _Place, wanted: frozenset[str] | None) -> dict[str, Vector]:
    tag = place.tag[place.box]
    above = place.tag[place.parent[place.box]]
    heading = (tag >= _H1) & (tag <= _H6)
    found = {
        "is_p": tag == TAG_IDS["p"],
        "is_div": tag == TAG_IDS["div"],
        "is_li": tag == TAG_IDS["li"],
        "is_cell": (tag == TAG_IDS["td"]) | (tag == TAG_IDS["tr"]) | (tag == TAG_IDS["th"]),
        "heading": np.where(heading, tag - _H1 + 1, 0),
        "above_div": above == TAG_IDS["div"],
        "depth": place.depth[place.box],
    }
    within = place.within[place.box]
    for name in _ANCESTORS:
        if wanted is None or f"in_{name}" in wanted:
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
    names, rows, bits = _class_features(wanted)
    masks = np.array((own, near, below, place.bits[box]))
    found.update(zip(names, masks[rows] >> bits & 1, strict=True))
    return found


@cache
def _class_features(wanted: frozenset[str] | None) -> tuple[list[str], Vector, Vector]:
    """Return the name of each *wanted* feature, which mask it looks at, and at which bit."""
    every = [
        (f"{where}_{category}", row, bit)
        for row, where in enumerate(("own", "near", "below", "any"))
        for bit, category in enumerate(categories())
    ]
    kept = [each for each in every if wanted is None or each[0] in wanted]
    names, rows, bits = zip(*kept, strict=True)
    return list(names), np.array(rows), np.array(bits)[:, None]


def _ones(masks: Vector) -> Vector:
    """Return how many bits are set in each mask."""
    ones: Vector = np.bitwise_count(masks)
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
    h1 = place.tag[place.box] == _H1
    score = found["of_title"] * found["in_title"] + 0.5 * h1 + 0.2 * (found["heading"] > 0)
    return int(score.argmax())
