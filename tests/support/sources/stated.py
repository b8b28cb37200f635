"""A source for tests whose module states its routes: the variable ROOT says where it lies."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Feed, Listing, Sitemap

ROOT = os.environ.get("ROOT", "http://127.0.0.1")
NEAR = os.environ.get("NEAR", ROOT)


class Stated(NewsSpider):
    name = "stated"
    publisher = "Le Journal inventé"
    kind = "press"
    scope = "gard"
    hosts = (urlsplit(ROOT).hostname,)
    routes = (
        Feed(f"{ROOT}/feed"),
        Feed(f"{ROOT}/second-feed", status="convention", listed="2026"),
        Sitemap(f"{ROOT}/sitemap.xml", status="convention"),
        Listing(f"{ROOT}/forbidden", status="convention"),
    )
    verified = "2026-11-26"

    def named_urls(self):
        yield NEAR
        yield from super().named_urls()
