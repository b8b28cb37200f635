"""A source whose spider is answered from the archive: the same reading, and no network."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final, cast

from scrapy.crawler import Crawler
from scrapy.extension import ExtensionManager
from scrapy.http import Response
from scrapy.spiderloader import SpiderLoader

from alescrawl.crawling.discovery.source_spider import SourceSpider
from alescrawl.crawling.pages.extractor import Extractor
from alescrawl.crawling.runs.recorder import Recorder
from alescrawl.crawling.runs.run import Run
from alescrawl.crawling.source import Source
from alescrawl.extraction.canonical import canonical_url

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrapy import Request
    from scrapy.core.engine import ExecutionEngine
    from scrapy.settings import Settings

    from alescrawl.crawling.failures import Verdict
    from alescrawl.dataset.ledger.articles import Outcome
    from alescrawl.dataset.ledger.frontier import Candidate
    from alescrawl.dataset.removal.redaction import Memory
    from alescrawl.items import Article, Visit

_OF_ASKING: Final = frozenset(
    {"routes", "argument_names", "everything", "only_listed", "explores", "verified"}
)
_DECLARED: Final = Source.__annotations__.keys() | SourceSpider.__annotations__.keys()
_FACTS: Final = ("custom_settings", *(_DECLARED - _OF_ASKING))
"""What a source says of its pages, not of how they are asked for."""

_NOT_FOUND: Final = 404


class ArchiveRecorder(Recorder):
    """Is told what pages come to: writes nothing, and keeps the *reason* of what is no article."""

    def __init__(self, run: Run, memory: Memory) -> None:
        super().__init__(run.recorder.access, run.count, run.moves)
        self._memory = memory
        self.reason: str | None = None

    def admits(self, article: Article) -> bool:
        """Take forgotten names out of *article*; return whether it may be kept at all."""
        self._memory.clean(article)
        if self._memory.holds(article.article_id):
            self.reason = "forgotten"
        return self.reason is None

    def store(self, article: Article) -> Outcome | None:
        """Leave it to the process that has the ledger."""
        del article
        return "unchanged"

    def knows(self, article: Article) -> bool:
        """Know all that is in the archive."""
        del article
        return True

    def passes_over(self, article: Article) -> bool:
        """Pass over none: the dataset has them all."""
        del article
        return False

    def no_article(
        self, candidate: Candidate | Visit, verdict: Verdict, response: Response | None = None
    ) -> None:
        """Note why a page is no article."""
        del candidate, response
        self.reason = verdict.reason


class ArchiveRun(Run):
    """What reading from the archive reports to: it counts, writes nothing, asks for nothing."""

    def __init__(self, crawler: Crawler, source: str, memory: Memory) -> None:
        super().__init__(crawler)
        self.source = source
        self.recorder: ArchiveRecorder = ArchiveRecorder(self, memory)

    def begin(self) -> None:
        """Forget what was told of another article."""
        self.counts = Counter()
        self.recorder.reason = None

    def count(self, name: str, by: int = 1) -> None:
        """Count what happened under *name*."""
        self.counts[name] += by


class ArchiveEngine:
    """In place of Scrapy's engine: downloads are looked up among the pages of one article."""

    def __init__(self) -> None:
        self._pages: dict[str, Response] = {}

    def hold(self, pages: Sequence[Response]) -> None:
        """Answer with *pages* from now on, and with no other."""
        self._pages = {canonical_url(page.url): page for page in pages}

    async def download_async(self, request: Request) -> Response:
        """Return the page at the address of *request*; one with status 404 where there is none."""
        found = self._pages.get(canonical_url(request.url))
        return found or Response(request.url, status=_NOT_FOUND, request=request)


class ArchiveSpider:
    """The spider of *source* with today's facts, its run, its engine and its crawler."""

    def __init__(self, settings: Settings, source: str, memory: Memory) -> None:
        here = settings.copy()
        here.set("ALESCRAWL_WORKERS", 0, priority="cmdline")
        self.crawler = Crawler(_spider_class(settings, source), here)
        self.run = ArchiveRun(self.crawler, source, memory)
        self.engine = ArchiveEngine()
        extractor = Extractor(self.crawler)
        self.crawler.extensions = ExtensionManager(self.run, extractor, crawler=self.crawler)
        self.crawler.engine = cast("ExecutionEngine", self.engine)
        self.spider = cast("SourceSpider", self.crawler.spidercls.from_crawler(self.crawler))
        self.crawler.spider = self.spider
        _know_former_addresses(self.spider)


def has_module(settings: Settings, source: str) -> bool:
    """Return whether a spider of that name declares the facts of *source*."""
    return source in SpiderLoader.from_settings(settings).list()


def _know_former_addresses(spider: SourceSpider) -> None:
    """Let *spider* take the addresses that its articles once had for those of articles."""
    if spider.article_urls:
        patterns = (*spider.article_urls, *spider.former_article_urls)
        spider.article_urls = patterns  # type: ignore[misc]  # facts of this spider alone


def _spider_class(settings: Settings, source: str) -> type[SourceSpider]:
    facts: dict[str, Any] = {"name": source}
    if has_module(settings, source):
        declared = SpiderLoader.from_settings(settings).load(source)
        facts |= {name: getattr(declared, name, getattr(SourceSpider, name)) for name in _FACTS}
    return type("Archived", (SourceSpider,), facts)
