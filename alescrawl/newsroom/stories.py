"""The newsroom's stories: what is printed of each and what a perfect crawl reads in it."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from datetime import datetime

BlockKind = Literal["paragraph", "subhead", "list_item", "quote", "question", "figure"]
StoryKind = Literal["article", "paywalled", "reserved", "disallowed"]

LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
MARKS: dict[str, BlockKind] = {
    "## ": "subhead",
    "- ": "list_item",
    "> ": "quote",
    "? ": "question",
    "! ": "figure",
}


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a story; a figure's text is its caption and credit, parted by a bar."""

    kind: BlockKind
    text: str

    @property
    def plain(self) -> str:
        """The text without the marks of its links."""
        return LINK.sub(r"\1", self.text)


@dataclass(frozen=True, kw_only=True)
class Story:
    """One article of the newsroom, as its TOML table states it.

    Texts are written plainly (straight apostrophes, ordinary spaces); ``typography`` names
    what the page makes of them, ``data`` the kinds of structured data it carries, and
    ``layout`` its template. ``date_printed`` is printed as it is, without a machine-readable
    date beside it. ``day`` is the newsroom's day on which the story appears, ``gone_on`` the
    one on which it is withdrawn, ``correction`` what changes on the second day.
    """

    path: str
    section: str
    title: str
    body: str
    lead: str = ""
    kicker: str = ""
    byline: str = ""
    authors: list[str] = field(default_factory=list)
    agencies: list[str] = field(default_factory=list)
    published: datetime | None = None
    day_only: bool = False
    modified: datetime | None = None
    date_printed: str = ""
    tags: list[str] = field(default_factory=list)
    caption: str = ""
    credit: str = ""
    kind: StoryKind = "article"
    reserved_by: Literal["meta", "header", ""] = ""
    layout: str = "modern"
    data: list[str] = field(default_factory=list)
    data_date: Literal["offset", "utc", "naive"] = "offset"
    data_author: Literal["persons", "string", "publisher"] = "persons"
    typography: list[str] = field(default_factory=list)
    charset: str = "utf-8"
    variants: list[str] = field(default_factory=list)
    tracked: bool = False
    day: int = 1
    gone_on: int | None = None
    correction: dict[str, Any] = field(default_factory=dict)

    @property
    def section_path(self) -> str:
        """The path of the section's listing."""
        return f"/{slug(self.section)}/"

    @property
    def image(self) -> str:
        """The file name of the main image."""
        return slug(self.path.rsplit("/", 1)[-1].removesuffix(".html")) + ".jpg"

    @property
    def blocks(self) -> list[Block]:
        """The body's blocks in reading order, figures among them."""
        return [block for chunk in self.body.strip().split("\n\n") for block in _blocks(chunk)]

    @property
    def text(self) -> str:
        """The article as read: lead and blocks joined by a blank line, without captions."""
        read = [block.plain for block in self.blocks if block.kind != "figure"]
        return "\n\n".join([self.lead, *read] if self.lead else read)

    def on(self, day: int) -> Story:
        """Return the story as it stands on *day*."""
        if self.correction and day > 1:
            return replace(self, **self.correction, correction={})
        return self

    def is_gone(self, day: int) -> bool:
        """Whether the story has been withdrawn by *day*."""
        return self.gone_on is not None and day >= self.gone_on


def slug(name: str) -> str:
    """Return *name* as a part of an address: « Vigne et terroir » is vigne-et-terroir."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


def _blocks(chunk: str) -> list[Block]:
    if chunk.startswith("- "):
        return [Block("list_item", line.removeprefix("- ")) for line in chunk.split("\n")]
    mark = next((mark for mark in MARKS if chunk.startswith(mark)), "")
    text = " ".join(line.removeprefix(mark) for line in chunk.split("\n"))
    return [Block(MARKS.get(mark, "paragraph"), text)]


@cache
def all_stories() -> tuple[Story, ...]:
    """Return every story of the newsroom, the newest first and undated ones last."""
    folder = files("alescrawl.newsroom") / "articles"
    tables = [
        table
        for file in sorted(folder.iterdir(), key=lambda entry: entry.name)
        for table in tomllib.loads(file.read_text("utf-8"))["story"]
    ]
    return tuple(sorted((Story(**table) for table in tables), key=_age))


def _age(story: Story) -> float:
    return -story.published.timestamp() if story.published else 0.0
