"""The body of an article: which blocks of a page are its text, and of what kind each is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from alescrawl.extraction.access import is_paywall_notice, seen_truncated
from alescrawl.extraction.body.block_text import Stated
from alescrawl.extraction.body.blocks import read_blocks
from alescrawl.extraction.body.captions import Caption, is_caption, lead_image_caption
from alescrawl.extraction.body.features import features
from alescrawl.extraction.body.kinds import kind_of, lead_index, with_lead
from alescrawl.extraction.body.last_lines import with_last_lines
from alescrawl.extraction.body.leads import letters
from alescrawl.extraction.body.model import load
from alescrawl.extraction.body.page_lines import without_page_lines
from alescrawl.extraction.body.pointers import without_pointers
from alescrawl.extraction.body.stated_body import read_stated, says_more
from alescrawl.extraction.page.markup import HEADINGS
from alescrawl.items import Paragraph
from alescrawl.text.normalise import as_printed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vector = NDArray[Any]
    from alescrawl.extraction.body.blocks import Blocks
    from alescrawl.extraction.page.page import Page
    from alescrawl.items import Origin


TAKEN: Final = 0.5


"""Blocks above this are taken where they stand in the run that holds the text."""


APART: Final = 0.6


"""Blocks above this are taken before the run too: a lead stands apart from the body."""


LONGEST: Final = 600


"""Characters from which a longer block says no more about where the text stands."""


def taken(likely: Vector, length: Vector) -> list[int]:
    """Return the numbers of the blocks that are the text, in order.

    The text is one run of blocks with little else in it. What comes after the run, such as
    comments or other articles, is left out however much it looks like text.
    """
    if not likely.size:
        return []
    first, last = best_run(likely, length)
    chosen = likely > TAKEN
    chosen[:first] &= likely[:first] > APART
    chosen[last + 1 :] = False
    return [int(i) for i in np.flatnonzero(chosen)]


def best_run(likely: Vector, length: Vector) -> tuple[int, int]:
    """Return the first and last block of the run with most text over what is no text."""
    gain = (likely - TAKEN) * np.minimum(length, LONGEST)
    sums = np.concatenate(([0.0], np.cumsum(gain)))
    lowest = np.minimum.accumulate(sums[:-1])
    last = int(np.argmax(sums[1:] - lowest))
    return int(np.argmin(sums[: last + 1])), last


_H1: Final = min(HEADINGS)


_BEGINNING: Final = 40


TOP: Final = 3


NOTICE_WITHIN: Final = 3


"""How many last paragraphs may be the notice at which the text stops."""


SEVERAL: Final = 3
"""So many paragraphs that come again in one block were printed twice."""


AGAIN: Final = 400
"""Characters of such a block."""


NEARLY_ALL: Final = 0.8


LONG: Final = 60


"""A text of so many characters among the TOP first that comes again was printed twice."""


@dataclass(slots=True)
class Body:
    """The text of an article, in reading order, and what was set apart from it."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    lead: str | None = None
    image_caption: str | None = None
    image_credit: str | None = None
    truncated: bool | None = None
    """True where the text was seen to stop at a paywall, None where nothing tells."""
    origin: Origin = "generic"


def read_body(
    page: Page, *, title: str | None, description: str | None, article_body: str | None
) -> Body:
    """Return the body of *page*; the tree is left as it is.

    *title*, *description* and *article_body* are what structured data say, where they do.
    """
    blocks = read_blocks(page.tree)
    chosen = choose(blocks, Stated.of(title, description, article_body))
    chosen = with_last_lines(blocks, chosen)
    chosen = _without_title(blocks, _without_captions(blocks, _once(blocks, chosen)), title)
    chosen = without_page_lines(blocks, without_pointers(blocks, chosen))
    chosen, stops = _without_notice(blocks, chosen)
    chosen = with_lead(blocks, chosen, description)
    body = _body(blocks, chosen, description)
    body.truncated = body.truncated or stops
    stated = read_stated(article_body) if article_body else []
    if says_more([p.text for p in stated], [p.text for p in body.paragraphs]):
        body.paragraphs = [Paragraph(p.kind, as_printed(p.text)) for p in stated]
        body.lead, body.origin = None, "json-ld"
    return body


def choose(blocks: Blocks, stated: Stated) -> list[int]:
    """Return the numbers of the blocks that are the article's text, in order."""
    if not blocks.text:
        return []
    model = load()
    found = features(blocks, stated, model.wanted)
    return taken(model.probabilities(found), np.asarray(found["length"]))


def _once(blocks: Blocks, chosen: list[int]) -> list[int]:
    """Return *chosen* without what says again, word for word, one of its first long texts."""
    top = {blocks.text[i]: i for i in reversed(chosen[:TOP]) if len(blocks.text[i]) >= LONG}
    once = [i for i in chosen if top.get(blocks.text[i], i) == i]
    return [i for i in once if not _says_all(blocks, i, once)]


def _says_all(blocks: Blocks, index: int, chosen: list[int]) -> bool:
    """Tell whether a block says again, in one, what most of the others say one by one."""
    text = blocks.text[index]
    if len(text) < AGAIN:
        return False
    others = [blocks.text[i] for i in chosen if i != index and len(blocks.text[i]) >= LONG]
    said = [other for other in others if other in text]
    size = sum(map(len, said))
    is_most = 2 * size > sum(map(len, others))
    return len(said) >= SEVERAL and is_most and size > NEARLY_ALL * len(text)


def _without_captions(blocks: Blocks, chosen: list[int]) -> list[int]:
    """Return *chosen* without what a picture's caption says too: it was printed twice."""
    captions = {i: text for i, text in enumerate(blocks.text) if is_caption(blocks, i)}
    said = Counter(captions.values())
    return [i for i in chosen if said[blocks.text[i]] <= (i in captions)]


def _without_notice(blocks: Blocks, chosen: list[int]) -> tuple[list[int], bool | None]:
    """Return *chosen* without a notice to subscribers at its end; true where there was one."""
    for place in range(max(len(chosen) - NOTICE_WITHIN, 1), len(chosen)):
        if is_paywall_notice(blocks.text[chosen[place]]):
            return chosen[:place], True
    return chosen, None


def _without_title(blocks: Blocks, chosen: list[int], title: str | None) -> list[int]:
    """Return *chosen* without the headline: before the text, or said again as a heading."""
    wanted = letters(title or "")
    tags, boxes = blocks.boxes.tag, blocks.box
    kept: list[int] = []
    at_top = True
    for place, index in enumerate(chosen):
        tag = tags[boxes[index]]
        if at_top and tag == _H1:
            continue
        if (
            wanted
            and (at_top or place <= TOP or tag in HEADINGS)
            and _says(blocks.text[index], wanted)
        ):
            continue
        kept.append(index)
        at_top = at_top and kind_of(blocks, index) != "paragraph"
    return kept


def _says(text: str, wanted: str) -> bool:
    """Return whether the letters of *text* are *wanted*: most texts begin with others."""
    return wanted.startswith(letters(text[:_BEGINNING])) and letters(text) == wanted


def _body(blocks: Blocks, chosen: list[int], description: str | None) -> Body:
    if not chosen:
        return Body()
    lead = lead_index(blocks, chosen, description)
    paragraphs = [
        Paragraph("lead" if i == lead else kind_of(blocks, i), as_printed(blocks.text[i]))
        for i in chosen
    ]
    caption: Caption = lead_image_caption(blocks, chosen[0])
    return Body(
        paragraphs=[paragraph for paragraph in paragraphs if paragraph.text],
        lead=None if lead is None else as_printed(blocks.text[lead]),
        image_caption=caption.text,
        image_credit=caption.credit,
        truncated=seen_truncated(blocks.text[chosen[-1]], blocks.text[chosen[-1] + 1 :]),
    )
