"""Splits what stands below a picture into its caption and its credit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from alescrawl.extraction.page.markup import HEADINGS, TAG_IDS, categories

if TYPE_CHECKING:
    from alescrawl.extraction.body.blocks import Blocks

MAX_CREDIT: Final = 120
"""A longer text is a sentence that names a photograph, not a credit."""
MAX_CAPTION: Final = 1_000
"""A longer text below a picture is not read for a credit."""
BLOCKS_AFTER: Final = 3
"""How many blocks after the beginning of the text the lead image may stand."""
SHORT_NAME: Final = 60
"""A line of its own below a caption that is no longer and no sentence is the credit."""

_LABEL = (
    r"cr[ée]dits?(?:[ -]?(?:photos?|images?|visuels?|illustrations?))?"
    r"|photo\s+d[’'](?:archives?|illustration)|photos?(?:graphies?)?|illustrations?|image|visuel|copyright"
    r"|photograph(?:er|e|ies?)?|bild|foto|picture|quelle"
)
_MARKED = rf"(?:(?:{_LABEL})\s*:?\s*(?:©|\(c\))|(?:©|\(c\)))\s*"
_LABELLED = rf"(?:{_LABEL})\s*:\s*"
_BARE = r"DR|D\.R\.|AFP|MAXPPP|LP"

_NAMES: Final = rf"(?:[^.:]|\b\w\.){{2,{MAX_CREDIT}}}?"
_BRACKETED: Final = re.compile(
    rf"[(\[]\s*((?i:{_MARKED}|(?:{_LABEL})\s*:?\s+)[^()\[\]]{{2,{MAX_CREDIT}}}|{_BARE})\s*[)\]]\.?\s*$"
)
_TRAILING: Final = re.compile(
    rf"(?:(?:^|[\s.,;–—|/-])((?i:{_MARKED}){_NAMES}\.?)"
    rf"|(?:^|[.,;–—|/-]\s*|\s(?=[A-Z]))((?i:{_LABELLED}){_NAMES}\.?))\s*$"
)
_LONE: Final = re.compile(rf"(?:^|[.!?…]\s+|\s[-–—|/]\s)({_BARE})\s*$")
_UNMARKED: Final = re.compile(
    rf"(?:^|[.!?…]\s+|\s[-–—|/]\s)((?i:{_LABEL})\s+(?:[A-ZÀ-ÖØ-Ý][\w'’.-]*(?:\s+|$)){{2,4}}"
    r"(?:(?:/|et|&)\s+(?:[A-ZÀ-ÖØ-Ý][\w'’.-]*(?:\s+|$)){1,4})?)\s*\.?$"
)
"""« Photo Jeanne Roux », with nothing else in the line or after a sentence."""
_PREFIX: Final = re.compile(rf"^(?:{_MARKED}|(?:{_LABEL})(?:\s*:\s*|\s+))", re.IGNORECASE)
_HEAD: Final = re.compile(r"^(?:l[ée]gende|caption)\s*:\s*", re.IGNORECASE)
_EDGES: Final = " -–—|/,;:\t"


@dataclass(frozen=True, slots=True)
class Caption:
    """What a picture shows, and who is to be credited for it."""

    text: str | None = None
    credit: str | None = None
    """As printed, without brackets, ©, « Photo : » and the like."""


def lead_image_caption(blocks: Blocks, first: int) -> Caption:
    """Return what stands below the lead image; *first* is the text's first block.

    The lead image comes after the headline and hardly after the first paragraphs.
    """
    end = min(len(blocks.text), first + BLOCKS_AFTER + 1)
    marked = [i for i in range(end) if is_caption(blocks, i)]
    title = _last_heading_before(blocks, first)
    below = [i for i in marked if i > title]
    if not (marked and (below or marked[-1] >= title - BLOCKS_AFTER)):
        return Caption()
    start = below[0] if below else marked[-1]
    lines = takewhile(lambda i: i in marked, range(start, min(start + 3, end)))
    return _read_lines([blocks.text[i] for i in lines])


def _read_lines(lines: list[str]) -> Caption:
    """Return the caption of *lines*, the lines below one picture."""
    caption = split_caption(lines[0])
    if len(lines) == 1 or (caption.credit and caption.text):
        return caption
    other = split_caption(lines[1])
    if caption.text is None:
        return Caption(other.text if other.credit is None else None, caption.credit)
    if other.text is None:
        return Caption(caption.text, other.credit)
    if len(lines[1]) <= SHORT_NAME and not lines[1].endswith((".", "!", "?", "…")):
        return Caption(caption.text, bare_credit(lines[1]))
    return caption


def is_caption(blocks: Blocks, index: int) -> bool:
    """Return whether a block stands below a picture, by its tag or the words of its class."""
    boxes, box = blocks.boxes, blocks.box[index]
    if boxes.within[box] & 1 << TAG_IDS["figcaption"]:
        return True
    caption = 1 << categories().index("caption")
    return bool((boxes.own[box] | boxes.own[boxes.parent[box]] | blocks.bits[index]) & caption)


def _last_heading_before(blocks: Blocks, first: int) -> int:
    """Return the index of the last heading of the page's top level before *first*, or -1."""
    tags = blocks.boxes.tag
    top = min(HEADINGS)
    return max((i for i in range(first) if tags[blocks.box[i]] == top), default=-1)


def split_caption(printed: str) -> Caption:
    """Return caption and credit of *printed*, one line of text without line breaks.

    >>> split_caption("Le pont vu de la rive (Photo : Jeanne Roux / Le Courrier)")
    Caption(text='Le pont vu de la rive', credit='Jeanne Roux / Le Courrier')
    """
    printed = _HEAD.sub("", printed.strip())
    if len(printed) > MAX_CAPTION:
        return Caption(printed)
    for pattern in (_UNMARKED, _BRACKETED, _TRAILING, _LONE):
        if found := pattern.search(printed):
            text = printed[: found.start()].rstrip(_EDGES)
            return Caption(_once(text) or None, bare_credit(found[found.lastindex or 0]) or None)
    return Caption(_once(printed) or None)


def bare_credit(printed: str) -> str:
    """Return a credit without the words and signs that announce it.

    >>> bare_credit("Crédit photo : © Ville de Sarvan")
    'Ville de Sarvan'
    """
    before = ""
    while before != printed:
        before, printed = printed, _PREFIX.sub("", printed).strip(_EDGES + "()[]")
    return printed if printed == "D.R." else printed.rstrip(".")


def _once(text: str) -> str:
    """Return *text*, or its first half where the page prints it twice."""
    half = len(text) // 2
    first, second = text[:half].strip(_EDGES + "."), text[half:].strip(_EDGES + ".")
    return first if half > 0 and first == second else text
