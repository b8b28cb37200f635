"""A story's blocks as HTML, each layout in its own manner."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from alescrawl.newsroom.stories import LINK
from alescrawl.newsroom.typography import typeset_html

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alescrawl.newsroom.stories import Block, Story

TAGS = {
    "modern": {"subhead": "<h2>{}</h2>", "quote": "<blockquote><p>{}</p></blockquote>"},
    "magazine": {"subhead": "<h3>{}</h3>", "quote": '<p class="exergue">{}</p>'},
    "bare": {"subhead": "<p><b>{}</b></p>", "quote": "<blockquote>{}</blockquote>"},
}
USUAL = {
    "paragraph": "<p>{}</p>",
    "subhead": "<h2>{}</h2>",
    "quote": "<blockquote><p>{}</p></blockquote>",
    "question": "<p><strong>{}</strong></p>",
    "list_item": "<li>{}</li>",
}
BROKEN = {
    "subhead": "<b>{}</b>",
    "list_item": "- {}",
    "question": "<b>{}</b>",
    "quote": "<i>{}</i>",
}
"""Markup inside the one element that holds paragraphs parted by line breaks."""


def body_html(story: Story, layout: str, aside: str = "") -> str:
    """Return the body in the manner of *layout*, with *aside* after its second block."""
    if layout == "classic":
        return "<br>\n<br>\n".join(_broken(story))
    parts = list(_marked(story, USUAL | TAGS.get(layout, {})))
    return "\n".join([*parts[:2], aside, *parts[2:]] if aside else parts)


def inline(text: str, story: Story) -> str:
    """Return *text* typeset and escaped, its links as anchors."""
    parts = LINK.split(text)
    for place in range(0, len(parts), 3):
        parts[place] = typeset_html(parts[place], story.typography)
    for place in range(1, len(parts), 3):
        label = typeset_html(parts[place], story.typography)
        parts[place : place + 2] = [f'<a href="{parts[place + 1]}">{label}</a>', ""]
    return "".join(parts)


def _broken(story: Story) -> Iterator[str]:
    for block in story.blocks:
        yield BROKEN.get(block.kind, "{}").format(inline(block.text, story))


def _marked(story: Story, tags: dict[str, str]) -> Iterator[str]:
    for kind, blocks in groupby(story.blocks, key=lambda block: block.kind):
        if kind == "figure":
            yield from (_figure(block, story) for block in blocks)
            continue
        marked = [tags[kind].format(inline(block.text, story)) for block in blocks]
        yield from ["<ul>\n" + "\n".join(marked) + "\n</ul>"] if kind == "list_item" else marked


def _figure(block: Block, story: Story) -> str:
    caption, _, credit = block.text.partition(" | ")
    legend = f'{inline(caption, story)} <span class="credit">© {inline(credit, story)}</span>'
    image = f'<img src="/images/{story.image}" alt="" loading="lazy">'
    return f"<figure>{image}<figcaption>{legend}</figcaption></figure>"
