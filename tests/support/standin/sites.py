"""A stand-in site: stories in the page forms of a source, listed where the reference says."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from loopback import Answer

from alescrawl.spiders.catalogue import sources
from standin.pages import Around, frame, standing
from standin.stories import Story, stories

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from standin.web import Page

COUNT = 8
"""Articles of a site, all its forms together."""

EVERYTHING = frozenset({"published", "authors", "tags", "section"})
NO_SECTION = EVERYTHING - {"section"}


@dataclass(frozen=True, kw_only=True)
class Form:
    """How a source, or a generation of it, addresses and shows its articles.

    ``address`` is written as the reference's examples are, with places for ``{slug}``, ``{n}``
    (a number), ``{day}`` (the date) and ``{s}`` (the story). ``tells`` names the fields that page
    and routes state together, and ``precision`` how exactly. ``reads`` gives what is
    read otherwise than the story has it, by column. ``days_before`` moves the stories into the
    time of an earlier system. ``items`` are those of a letter, each with the anchor of its heading.
    ``also`` are further addresses of a page.
    """

    address: str
    page: Callable[[Story, Around], str]
    tells: Iterable[str] = EVERYTHING
    precision: str = "second"
    reads: Callable[[Story], Mapping[str, Any]] = lambda _story: {}
    canonical: str = ""
    days_before: int = 0
    items: Callable[[Story], Sequence[tuple[str, Story]]] | None = None
    also: Sequence[str] = ()

    def url(self, story: Story, address: str = "") -> str:
        """Return the address of *story*."""
        values = {"slug": story.slug, "n": story.number, "day": story.published, "s": story}
        return (address or self.address).format_map(values)


class Written(NamedTuple):
    """An article of the site: its story, its form, its address."""

    story: Story
    form: Form
    url: str

    def row(self) -> dict[str, Any]:
        """Return what a perfect crawl stores of it, by column; times are in Paris."""
        story, form = self.story, self.form
        row: dict[str, Any] = {
            "canonical_url": _canonical(form.url(story, form.canonical)),
            "title": story.title,
            "text": "\n\n".join(story.words),
            "published": None,
            "published_precision": None,
            "authors": [],
            "tags": [],
            "section": None,
        }
        told = set(form.tells)
        row |= {name: getattr(story, name) for name in ("authors", "tags", "section")} | {
            name: row[name] for name in ("authors", "tags", "section") if name not in told
        }
        if "published" in told:
            row["published"] = _as_exact(story.published, form.precision)
            row["published_precision"] = form.precision
        return row | dict(form.reads(story))

    def rows(self) -> list[dict[str, Any]]:
        """Return what a perfect crawl stores: one row, or one for each item of a letter."""
        row = self.row()
        if self.form.items is None:
            return [row]
        return [
            row
            | {
                "canonical_url": f"{row['canonical_url']}#{anchor}",
                "title": item.title,
                "text": "\n\n".join(item.words),
            }
            for anchor, item in self.form.items(self.story)
            if not item.elsewhere
        ]


@dataclass(kw_only=True)
class Site:
    """All that a source's hosts answer.

    ``routes`` adds to its pages, by address, what lists the articles; ``menu`` are sections by
    name. A site that does not write about the Gard alone has one story more, to be left out.
    """

    source: str
    name: str
    home: str
    forms: Sequence[Form]
    routes: Callable[[Site], Mapping[str, Page]]
    menu: Mapping[str, str] = field(default_factory=dict)
    head: str = ""
    classes: str = ""
    others: Mapping[str, str] = field(default_factory=dict)
    """Further pages that are no article's: path or address to title."""

    @property
    def elsewhere(self) -> bool:
        """Whether it writes about other places, too, as the source's module says."""
        return _scopes()[self.source] != "gard"

    @cached_property
    def written(self) -> list[Written]:
        """All articles, the newest first; the last may be of elsewhere."""
        found = stories(self.source, COUNT, elsewhere=self.elsewhere)
        share = -(-COUNT // len(self.forms))
        forms = [self.forms[n // share % len(self.forms)] for n in range(COUNT)]
        forms += [self.forms[0]] * (len(found) - COUNT)
        return [_written(story, form) for story, form in zip(found, forms, strict=True)]

    @property
    def articles(self) -> list[Written]:
        """What a perfect crawl stores."""
        return [each for each in self.written if not each.story.elsewhere]

    def rows(self) -> list[dict[str, Any]]:
        """Return what a perfect crawl stores, row by row."""
        return [row for each in self.articles for row in each.rows()]

    @property
    def standing(self) -> dict[str, str]:
        """The titles of the pages that are no article's, by path or address."""
        return _STANDING | dict(self.others)

    def of(self, form: int) -> list[Written]:
        """Return the articles in one of the forms."""
        return [each for each in self.written if each.form is self.forms[form]]

    def around(self, url: str) -> Around:
        """Return what stands around the page at *url*."""
        others = [(e.story.title, e.url) for e in self.written if e.url != url]
        return Around(self.name, url, others, list(self.menu.items()))

    def url(self, path: str) -> str:
        """Return the address of *path*, on the host of the home page."""
        return path if path.startswith("http") else self.home.rstrip("/") + path

    def pages(self) -> dict[str, dict[str, Page]]:
        """Return the answers by host and path."""
        hosts: dict[str, dict[str, Page]] = {}
        for url, answer in self._pages():
            parts = urlsplit(url)
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            hosts.setdefault(parts.netloc, {})[path] = answer
        return hosts

    def _pages(self) -> Iterator[tuple[str, Page]]:
        for path, title in self.standing.items():
            url = self.url(path)
            page = frame(self.around(url), standing(title), title=title, head=self.head)
            yield url, Answer(page)
        for each in self.written:
            page = Answer(each.form.page(each.story, self.around(each.url)))
            yield each.url, page
            for also in each.form.also:
                yield each.form.url(each.story, also), page
        for address, answer in self.routes(self).items():
            yield self.url(address), answer


def _written(story: Story, form: Form) -> Written:
    moved = replace(story, published=story.published - timedelta(days=form.days_before))
    return Written(moved, form, form.url(moved))


@cache
def _scopes() -> dict[str, str | None]:
    return {spider.name: spider.scope for spider in sources()}


_STANDING = {
    "/mentions-legales": "Mentions légales",
    "/contact": "Nous contacter",
    "/une-charte-pour-nos-lecteurs": "Une charte pour nos lecteurs",
}


def _canonical(url: str) -> str:
    """Return the one form of *url*: https, without www. and a last slash."""
    rest = url.partition("://")[2].removeprefix("www.")
    return f"https://{rest.removesuffix('/')}"


def _as_exact(moment: datetime, precision: str) -> datetime:
    return moment.replace(hour=0, minute=0) if precision == "day" else moment
