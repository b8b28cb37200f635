"""The generated site as a source of alescrawl: ``-a root=http://HOST:PORT``."""

from __future__ import annotations

from alescrawl.crawling.arguments import LIMIT_NAMES
from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Sitemap


class GeneratedSpider(NewsSpider):
    name = "generated"
    everything = True
    argument_names = ("root", *LIMIT_NAMES)

    def __init__(self, name: str | None = None, **arguments: str) -> None:
        super().__init__(name, **arguments)
        self.routes = (Sitemap(f"{arguments['root']}/sitemap.xml"),)
