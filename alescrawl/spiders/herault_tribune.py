"""Hérault Tribune: press."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Feed, WordPressRest


class HeraultTribune(NewsSpider):
    """WordPress; of the department next to the Gard, of which it tells little."""

    name = "herault_tribune"
    publisher = "Hérault Tribune"
    kind = "press"
    scope = "regional"
    hosts = ("www.herault-tribune.com",)
    routes = (
        Feed("https://www.herault-tribune.com/feed/", status="convention"),
        WordPressRest("https://www.herault-tribune.com/wp-json/wp/v2/posts", status="convention"),
    )
    article_urls = (r"^https?://(?:www\.)?herault-tribune\.com/articles/(?:\d+/)?[a-z0-9-]+/?$",)
    verified = "2026-11-23"
