"""La Gazette des communes: press."""

from __future__ import annotations

from alescrawl.crawling.routes import Feed
from alescrawl.crawling.spider import NewsSpider


class LaGazetteDesCommunes(NewsSpider):
    """On local government, all of France."""

    name = "lagazettedescommunes"
    publisher = "La Gazette des communes"
    kind = "press"
    scope = "national"
    hosts = ("www.lagazettedescommunes.com",)
    routes = (Feed("https://www.lagazettedescommunes.com/feed/"),)
    article_urls = (r"^https?://(?:www\.)?lagazettedescommunes\.com/\d+/[a-z0-9-]+/?$",)
    boilerplate = (r"Thèmes abordés",)
    verified = "2026-11-23"
