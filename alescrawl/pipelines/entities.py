"""Finds the institutions, persons, places, dates, amounts and jobs that an article names."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Self

from scrapy.exceptions import NotConfigured

from alescrawl.crawling.arguments import ArgumentError
from alescrawl.items import PARIS
from alescrawl.pipelines.base import Pipeline

if TYPE_CHECKING:
    from datetime import date

    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings

    from alescrawl.entities.finder import Finder
    from alescrawl.items import Article, Mention


@dataclass(frozen=True)
class Finding:
    """Finds mentions in whichever process it is called; its words are loaded where that is."""

    gazetteer: str
    tagger: str
    party_links: bool

    def prepare(self) -> None:
        """Load all words: no text is to be charged for them."""
        _loaded(self)

    def __call__(
        self, text: str, day: date | None, title: str | None, scope: str | None
    ) -> list[Mention]:
        """Return what *text* names; see :meth:`Finder.find`."""
        finder = _finder(self.gazetteer, self.tagger, self.party_links)
        return finder.find(text, day, title=title, scope=scope)


@cache
def _loaded(finding: Finding) -> None:
    finding("La mairie de Nîmes, dit Jeanne Brun, recrute dix agents.", None, None, None)


class EntitiesPipeline(Pipeline):
    """Fills ``institutions``, ``persons`` and ``places``, and the table of mentions.

    An article without text names nothing. A mention that is not the words at its offsets would
    be a fault of ours: it is left out and counted (``mention/misplaced``).
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._finding = Finding(*_chosen(crawler.settings))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the pipeline; raise :exc:`NotConfigured` where a setting switches it off."""
        if not crawler.settings.getbool("ALESCRAWL_ENTITIES"):
            raise NotConfigured
        return super().from_crawler(crawler)

    async def process_item(self, item: Article) -> Article:
        """Return *item* with what its text names."""
        if item.text:
            day = item.published.astimezone(PARIS).date() if item.published else None
            scope = getattr(self._crawler.spider, "scope", None)
            found = await self._of_words(item, self._finding, item.text, day, item.title, scope)
            item.mentions = [m for m in found if item.text[m.start : m.end] == m.surface]
            self._count("mention/misplaced", len(found) - len(item.mentions))
        for mention in item.mentions:
            mention.article_id = item.article_id
            self._count(f"mention/{mention.kind}")
        item.institutions = names_of(item.mentions, "institution")
        item.persons = names_of(item.mentions, "person")
        item.places = names_of(item.mentions, "place")
        return item


def names_of(mentions: list[Mention], kind: str) -> list[str]:
    """Return the names of *kind* among *mentions*, the most frequent first, then the first."""
    names = Counter(m.name or m.surface for m in mentions if m.kind == kind)
    return [name for name, _ in names.most_common()]


def check_finder(settings: BaseSettings) -> None:
    """Raise :exc:`ArgumentError` where what is asked for cannot be used, a line for each mistake.

    Where nothing is asked for, nothing is loaded.
    """
    gazetteer, tagger, party_links = _chosen(settings)
    if gazetteer or tagger:
        _finder(gazetteer, tagger, party_links)


def _chosen(settings: BaseSettings) -> tuple[str, str, bool]:
    return (
        settings.get("ALESCRAWL_GAZETTEER") or "",
        settings.get("ALESCRAWL_TAGGER") or "",
        settings.getbool("ALESCRAWL_PARTY_LINKS"),
    )


@cache
def _finder(path: str, pipeline: str, party_links: bool) -> Finder:
    from alescrawl.entities.finder import Finder
    from alescrawl.entities.gazetteer.own_names import OwnNamesError, read
    from alescrawl.entities.tagger.spacy_tagger import SpacyTagger, SpacyTaggerError

    try:
        return Finder(
            read(Path(path)) if path else None,
            SpacyTagger(pipeline) if pipeline else None,
            party_links,
        )
    except (OwnNamesError, SpacyTaggerError) as error:
        raise ArgumentError(str(error)) from error
