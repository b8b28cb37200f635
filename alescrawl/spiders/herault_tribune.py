"""Hérault Tribune: press."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Feed, WordPressRest


class HeraultTribune(NewsSpider):
    """One of several papers on its host, on the department next to the Gard: it tells little of it.

    WordPress when its host was its own, until 2024 or later.
    """

    name = "herault_tribune"
    publisher = "Hérault Tribune"
    kind = "press"
    scope = "regional"
    # Articles were cited under it from 2026-01 to 2026-05.
    hosts = ("echo-des-tribunes.com",)
    former_hosts = ("herault-tribune.com",)
    routes = (
        Feed(
            "https://echo-des-tribunes.com/herault-tribune/articles/feed",
            status="convention",
            listed="2025+",
        ),
        WordPressRest("https://echo-des-tribunes.com/wp-json/wp/v2/posts", status="convention"),
    )
    article_urls = (
        r"^https?://(?:www\.)?echo-des-tribunes\.com/herault-tribune/articles/(?:\d+/)?[a-z0-9-]+/?$",
        r"^https?://(?:www\.)?herault-tribune\.com/articles/(?:\d+/)?[a-z0-9-]+/?$",
    )
    verified = "2026-11-30"
