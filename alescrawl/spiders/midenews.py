"""MidE News: economic press."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Feed, Sitemap, WordPressRest


class MidENews(NewsSpider):
    """Articles lie at the root; some are copies of ToulÉco."""

    name = "midenews"
    publisher = "MidE News"
    kind = "economic_press"
    scope = "regional"
    hosts = ("midenews.com",)
    routes = (
        Feed("https://midenews.com/feed/", status="convention"),
        WordPressRest("https://midenews.com/wp-json/wp/v2/posts", status="convention"),
        Sitemap("https://midenews.com/wp-sitemap.xml", status="convention"),
    )
    article_urls = (r"^https?://(?:www\.)?midenews\.com/[a-z0-9]+(?:-[a-z0-9]+){3,}/$",)
    ignored_urls = (r"/politique-de-",)
    boilerplate = (r"En partenariat avec", r"ToulÉco")
    verified = "2026-11-30"
