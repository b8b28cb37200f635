"""A source for tests with two routes, a sitemap and a feed; `-a root=URL` says where it is."""

from __future__ import annotations

from alescrawl.crawling.arguments import LIMIT_NAMES
from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Feed, Sitemap


class TwoRoutes(NewsSpider):
    name = "two_routes"
    argument_names = ("root", *LIMIT_NAMES)

    def __init__(self, name=None, **arguments):
        super().__init__(name, **arguments)
        root = arguments["root"]
        self.routes = (Sitemap(f"{root}/sitemap.xml"), Feed(f"{root}/feed"))
