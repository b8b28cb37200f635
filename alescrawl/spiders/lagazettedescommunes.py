"""La Gazette des communes: press."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Feed


class LaGazetteDesCommunes(NewsSpider):
    """On local government, all of France."""

    name = "lagazettedescommunes"
    publisher = "La Gazette des communes"
    kind = "press"
    scope = "national"
    hosts = ("www.lagazettedescommunes.com",)
    routes = (
        Feed("https://www.lagazettedescommunes.com/feed/", status="convention", listed="undated"),
    )
    article_urls = (r"^https?://(?:www\.)?lagazettedescommunes\.com/\d+/[a-z0-9-]+/?$",)
    boilerplate = (r"Thèmes abordés",)
    verified = "2026-11-30"
