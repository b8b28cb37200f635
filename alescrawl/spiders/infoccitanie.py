"""Infoccitanie: press."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Feed, Sitemap, WordPressRest


class Infoccitanie(NewsSpider):
    """Articles lie at the root, and are told from other pages by the number of words."""

    name = "infoccitanie"
    publisher = "Infoccitanie"
    kind = "press"
    scope = "regional"
    hosts = ("infoccitanie.fr",)
    routes = (
        Feed("https://infoccitanie.fr/feed/", status="convention"),
        WordPressRest("https://infoccitanie.fr/wp-json/wp/v2/posts", status="convention"),
        Sitemap("https://infoccitanie.fr/wp-sitemap.xml", status="convention"),
    )
    article_urls = (r"^https?://(?:www\.)?infoccitanie\.fr/[a-z0-9]+(?:-[a-z0-9]+){3,}/$",)
    ignored_urls = (r"/politique-de-",)
    verified = "2026-11-30"
