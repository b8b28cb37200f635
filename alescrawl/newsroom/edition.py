"""One day's edition of the newsroom: what each path answers, and what is true of it."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from alescrawl.newsroom import feeds
from alescrawl.newsroom.listings import LEGAL_PATH, TAG, listing_pages, message_page
from alescrawl.newsroom.pages import POLICY_PATH, story_page, variant_page, variant_path
from alescrawl.newsroom.pdf import one_page_pdf
from alescrawl.newsroom.stories import all_stories
from alescrawl.newsroom.truth import Truth, duplicate_truth, story_truth

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alescrawl.newsroom.stories import Story

PDF_PATH = "/documents/tarifs-annonces-legales.pdf"
MISSING_PATH = "/travaux-et-energie/2026/09/une-page-qui-n-existe-plus.html"
OTHER_PATHS = (PDF_PATH, f"/tag/{TAG}", LEGAL_PATH)
"""Named in the sitemap, and no articles."""

LAST_DAY = 2
UNDATED = datetime(2025, 5, 1, 6, 0, tzinfo=UTC)
"""What the server says of pages whose date it does not know."""

VARIANTS = ("amp", "print")


@dataclass(frozen=True, kw_only=True)
class Resource:
    """What one path answers."""

    body: bytes
    content_type: str
    status: int = 200
    changed: datetime = UNDATED
    headers: dict[str, str] = field(default_factory=dict)
    version: str = ""
    """What the ETag is made of; the body, where nothing else is said."""

    @cached_property
    def etag(self) -> str:
        """The entity tag, weak where the surroundings of an article may change without it."""
        digest = hashlib.sha256(self.version.encode() or self.body).hexdigest()[:16]
        return f'W/"{digest}"' if self.version else f'"{digest}"'


class Edition:
    """What the newsroom at *base* (http://HOST:PORT) shows on *day*, 1 or 2."""

    def __init__(self, base: str, day: int) -> None:
        self.base = base
        self.day = day
        self.stories = [story.on(day) for story in all_stories() if story.day <= day]
        self.online = [story for story in self.stories if not story.is_gone(day)]
        self.listed = [story for story in self.online if story.kind != "disallowed"]
        self.resources = dict(self._resources())

    def truth(self) -> list[Truth]:
        """Return what a perfect crawl of this edition gives, for every path it can meet."""
        truths = [story_truth(story, gone=story.is_gone(self.day)) for story in self.stories]
        duplicates = (
            duplicate_truth(story, variant_path(story, variant))
            for story in self.online
            for variant in story.variants
        )
        others = (Truth(path, kind="other") for path in OTHER_PATHS)
        return [*truths, *duplicates, *others, Truth(MISSING_PATH, kind="missing")]

    def not_found(self, path: str) -> Resource:
        """Return the answer to a path that is none of the newsroom's."""
        return self._html(
            message_page("Page introuvable", path, self.listed, self.base), status=404
        )

    def _resources(self) -> Iterator[tuple[str, Resource]]:
        for path, page in listing_pages(self.listed, self.base):
            yield path, self._html(page)
        for story in self.stories:
            yield story.path, self._story(story)
            for variant in story.variants:
                page = variant_page(story, variant, self.listed, self.base)
                yield variant_path(story, variant), self._html(page, changed=_changed(story))
        yield PDF_PATH, Resource(body=one_page_pdf("Tarifs"), content_type="application/pdf")
        yield from self._machine_readable()

    def _story(self, story: Story) -> Resource:
        if story.is_gone(self.day):
            page = message_page("Cet article a été retiré", story.path, self.listed, self.base)
            return self._html(page, status=410)
        page = story_page(story, self.listed, self.base)
        reserved = {"tdm-reservation": "1", "tdm-policy": self.base + POLICY_PATH}
        return Resource(
            body=page.encode(story.charset, "xmlcharrefreplace"),
            content_type="text/html; charset=utf-8" if story.charset == "utf-8" else "text/html",
            changed=_changed(story),
            headers=reserved if story.reserved_by == "header" else {},
            version=f"{story.path}\n{story.title}\n{story.text}\n{story.modified}",
        )

    def _machine_readable(self) -> Iterator[tuple[str, Resource]]:
        newest = max(feeds.last_change(story) for story in self.listed if story.published)
        everything = feeds.sitemap(self.online, self._extra_paths(), self.base)
        texts = {
            "/robots.txt": ("text/plain", feeds.robots_txt(self.base)),
            "/feed/": ("application/rss+xml", feeds.rss(self.listed, MISSING_PATH, self.base)),
            "/atom.xml": ("application/atom+xml", feeds.atom(self.listed, self.base)),
            "/sitemap.xml": ("application/xml", feeds.sitemap_index(newest, self.base)),
            "/sitemaps/actualites.xml": (
                "application/xml",
                feeds.news_sitemap(self.listed, self.base),
            ),
        }
        for path, (content_type, text) in texts.items():
            yield path, Resource(body=text.encode(), content_type=content_type, changed=newest)
        packed = gzip.compress(everything.encode(), mtime=0)
        yield (
            "/sitemaps/articles.xml.gz",
            Resource(body=packed, content_type="application/gzip", changed=newest),
        )

    def _extra_paths(self) -> list[str]:
        variants = (variant_path(story, name) for story in self.online for name in VARIANTS)
        return [*filter(None, variants), *OTHER_PATHS, MISSING_PATH]

    def _html(self, page: str, *, status: int = 200, changed: datetime = UNDATED) -> Resource:
        return Resource(
            body=page.encode(),
            content_type="text/html; charset=utf-8",
            status=status,
            changed=changed,
        )


def _changed(story: Story) -> datetime:
    return feeds.last_change(story).astimezone(UTC) if story.published else UNDATED
