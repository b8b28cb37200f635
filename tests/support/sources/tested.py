"""A source for tests: `-a root=URL` says where it is, `route=` where it lists, `host=` its host.

`also=URL` names a place inside that pages may lead to.
"""

from __future__ import annotations

from alescrawl.crawling.arguments import LIMIT_NAMES
from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Archive, Feed, Listing, Sitemap, WordPressRest


class Tested(NewsSpider):
    name = "tested"
    publisher = "Le Journal inventé"
    argument_names = ("root", "route", "host", "also", *LIMIT_NAMES)
    boilerplate = (r"Lire aussi dans notre journal.*",)

    def __init__(self, name=None, **arguments):
        self.hosts = tuple(filter(None, [arguments.get("host")]))
        super().__init__(name, **arguments)
        paths = arguments.get("route", "/sitemap.xml").split(",")
        urls = [arguments["root"] + path for path in paths]
        self._also = arguments.get("also", arguments["root"])
        self.routes = tuple(_kind(url)(url) for url in urls)

    def named_urls(self):
        yield self._also
        yield from super().named_urls()


def _kind(url):
    kinds = {"{year}": Archive, "feed": Feed, "wp-json": WordPressRest, "listing": Listing}
    return next((kind for word, kind in kinds.items() if word in url), Sitemap)
