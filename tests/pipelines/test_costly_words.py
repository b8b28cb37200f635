"""What is found in the words of a page is bounded as reading the page is."""

import asyncio
import time
from types import SimpleNamespace

import pytest
from scrapy.exceptions import DropItem
from scrapy.utils.test import get_crawler

from alescrawl.crawling.failures import RunEnding
from alescrawl.crawling.pages.extractor import Extractor
from alescrawl.crawling.pages.reading_processes import LostReader, ReadingProcesses, TooCostly
from alescrawl.crawling.runs.run import Run
from alescrawl.items import Article, Visit
from alescrawl.pipelines.entities import EntitiesPipeline, Finding
from alescrawl.pipelines.relevance import RelevancePipeline

TEXT = "La fonderie de Rochebelle recrute dix soudeurs à Alès, dit Jeanne Rouvière, sa présidente."


class Given:
    """An extension in place of Extractor and Run: every reading ends as *error* says."""

    def __init__(self, error):
        self.error = error
        self.told = []
        self.recorder = SimpleNamespace(no_article=lambda *told: self.told.append(told))

    async def call(self, *_, **__):
        raise self.error

    def count(self, *_):
        """Count nothing."""


@pytest.mark.parametrize("kind", [EntitiesPipeline, RelevancePipeline])
@pytest.mark.parametrize(
    ("error", "reason"),
    [(TooCostly(), "too_costly"), (LostReader(), "lost_worker"), (RunEnding(), None)],
)
def test_an_article_whose_words_cost_too_much_is_none_and_is_tried_again(kind, error, reason):
    crawler = get_crawler(settings_dict={"ALESCRAWL_KEEP": "all", "ALESCRAWL_ENTITIES": True})
    given = Given(error)
    crawler.get_extension = lambda wanted: given if wanted in (Extractor, Run) else None
    visit = Visit("https://j.example/a", 200, None, None)
    article = Article(title="Titre", text=TEXT, visit=visit)
    with pytest.raises(DropItem):
        asyncio.run(kind.from_crawler(crawler).process_item(article))
    told = [(who.url, tuple(verdict)) for who, verdict in given.told]
    assert told == ([] if reason is None else [(visit.url, ("failed", reason))])


def endless():
    while True:
        time.process_time()


def test_words_are_loaded_before_the_bound_counts_and_work_is_ended_by_it():
    async def read():
        readers = ReadingProcesses(1, 0.5)
        try:
            found = await readers.call(Finding("", "", False), TEXT, None, None, None)
            with pytest.raises(TooCostly):
                await readers.call(endless)
            again = await readers.call(Finding("", "", False), TEXT, None, None, scope="gard")
        finally:
            readers.close()
        return found, again

    found, again = asyncio.run(read())
    assert "Jeanne Rouvière" in {each.name for each in found}
    assert [each.surface for each in found] == [each.surface for each in again]
