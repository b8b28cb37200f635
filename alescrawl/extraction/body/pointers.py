"""Lines within a text that are none of it: pointers to other articles, calls to subscribe."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from alescrawl.extraction.page.markup import HEADINGS, TAG_IDS, categories

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alescrawl.extraction.body.blocks import Blocks

LONGEST: Final = 300
"""Characters of such a line; a longer one is a paragraph that begins like one."""
_MOSTLY: Final = 0.5
"""Share of what follows the opening that is a link."""
_SIGNS: Final = re.compile(
    '^[\\s\\[("«•·*—–-]*(?P<arrow>(?:>{2,3}|»|[\u2190-\u21ff\u25b6\u25ba\u27a1\u2794-\u27be'
    "\U0001f446-\U0001f449\U0001f4f0\U0001f517\\ufe0f])[\\s>]*)?"
)
_NOT_OF_TEXT: Final = ("ad", "newsletter")
_MOST_BOXES: Final = 6
"""Boxes in an advertisement or a form; more are a part of the page that is named like one."""
_FORM: Final = TAG_IDS["form"]


def without_pointers(blocks: Blocks, chosen: Sequence[int]) -> list[int]:
    """Return *chosen* without the lines that lead elsewhere."""
    main = _main_box(blocks, chosen)
    return [i for i in chosen if not _leads_elsewhere(blocks, i, main)]


def _leads_elsewhere(blocks: Blocks, index: int, main: int) -> bool:
    text = blocks.text[index]
    if len(text) > LONGEST:
        return False
    return (
        is_pointer(text, blocks.link[index])
        or is_call(text)
        or _is_of_other_box(blocks, blocks.box[index], main)
    )


def is_pointer(text: str, link: int) -> bool:
    """Tell « À lire aussi : … », « 👉 … », « >> … »; *link* are the characters in links.

    >>> is_pointer("[Lire aussi] Une filature rouvre", len("Une filature rouvre"))
    True
    """
    begin = _SIGNS.match(text)
    bare = text[begin.end() :] if begin else text
    if begin and begin["arrow"] and link >= _MOSTLY * len(bare):
        return True
    opening = _openings().match(bare.lower().replace("’", "'"))
    if opening is None:
        return False
    rest = bare[opening.end() :].strip(' "»:-–—→>])')
    return opening[0].rstrip().endswith(":") or not rest or link >= _MOSTLY * len(rest)


def is_call(text: str) -> bool:
    """Tell « Suivez-nous sur WhatsApp », « Recevez chaque matin … dans votre boîte mail »."""
    plain = text.lower().replace("’", "'")
    return "«" not in text and bool(_calls().match(plain) and _channels().search(plain))


@cache
def _words(name: str) -> str:
    path = files("alescrawl") / "data" / "boilerplate.json"
    listed: str = json.loads(path.read_text(encoding="utf-8"))["elsewhere"][name]
    return "|".join(map(re.escape, sorted(listed.split("|"), key=len, reverse=True)))


@cache
def _openings() -> re.Pattern[str]:
    return re.compile(rf"(?:{_words('pointers')})(?!\w)\s*[\])»]?\s*:?")


@cache
def _calls() -> re.Pattern[str]:
    return re.compile(rf"[^\w]*(?:{_words('calls')})(?!\w)")


@cache
def _channels() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_words('channels')})(?!\w)")


def _main_box(blocks: Blocks, chosen: Sequence[int]) -> int:
    """Return the box in which most of the text stands."""
    parents = blocks.boxes.parent
    sizes: dict[int, int] = {}
    for index in chosen:
        box = parents[blocks.box[index]]
        sizes[box] = sizes.get(box, 0) + len(blocks.text[index])
    return max(sizes, key=sizes.__getitem__, default=0)


@cache
def _other_bits() -> int:
    return sum(1 << categories().index(name) for name in _NOT_OF_TEXT)


def _is_of_other_box(blocks: Blocks, box: int, main: int) -> bool:
    """Tell whether *box* is, within the box of the text, of an advertisement or a form."""
    boxes = blocks.boxes
    while main < box <= boxes.last[main] and boxes.last[box] - box <= _MOST_BOXES:
        is_named = boxes.own[box] & _other_bits() and boxes.tag[box] not in HEADINGS
        if is_named or boxes.tag[box] == _FORM:
            return True
        above = boxes.parent[box]
        if above != main and _holds_form(blocks, above):
            return True
        box = above
    return False


def _holds_form(blocks: Blocks, box: int) -> bool:
    last = blocks.boxes.last[box]
    return last - box <= _MOST_BOXES and _FORM in blocks.boxes.tag[box + 1 : last + 1]
