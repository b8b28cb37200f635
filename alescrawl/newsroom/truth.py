"""What is true of each page of the newsroom, for tests and for the demo's own check."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC
from typing import TYPE_CHECKING, Literal

from alescrawl.newsroom.typography import typeset

if TYPE_CHECKING:
    from datetime import datetime

    from alescrawl.newsroom.stories import Story

Kind = Literal[
    "article", "paywalled", "reserved", "gone", "duplicate", "disallowed", "missing", "other"
]
"""An article, paywalled (teaser only) and reserved (no text) give a row; an article that is gone
keeps the row it had; duplicate, disallowed (by robots.txt), missing (404) and other (no article)
give none."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What a perfect crawl reads at *path*; ``published`` is aware and in UTC, or unknown.

    ``lead`` and ``text`` have the apostrophes of the page, all else straight ones; spaces are
    ordinary, whatever the page prints. A day without an hour is the first moment of that day
    in Paris. ``text`` is lead and blocks as they are to be stored, joined by a blank line.
    Of a reserved story only title and date may be kept.
    """

    path: str
    title: str = ""
    authors: list[str] = field(default_factory=list)
    agencies: list[str] = field(default_factory=list)
    published: datetime | None = None
    kind: Kind = "article"
    kicker: str = ""
    lead: str = ""
    text: str = ""


def story_truth(story: Story, *, gone: bool) -> Truth:
    """Return what is true of the page of *story*, which may be *gone*."""
    return _truth(story, story.path, "gone" if gone else story.kind)


def duplicate_truth(story: Story, path: str) -> Truth:
    """Return what is true of another version of *story* at *path*."""
    return _truth(story, path, "duplicate")


def _quoted(story: Story, text: str) -> str:
    """Return *text* with the apostrophes that the page of *story* prints."""
    curved = {"apostrophes"}.intersection(story.typography)
    return typeset(text, curved)


def _truth(story: Story, path: str, kind: Kind) -> Truth:
    readable = kind != "reserved"
    return Truth(
        path,
        title=story.title,
        authors=story.authors if readable else [],
        agencies=story.agencies if readable else [],
        published=story.published.astimezone(UTC) if story.published else None,
        kind=kind,
        kicker=story.kicker if readable else "",
        lead=_quoted(story, story.lead) if readable else "",
        text=_quoted(story, story.text) if readable else "",
    )
