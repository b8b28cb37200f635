"""Hubert Vialatte: blog."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Feed, Listing, Sitemap, WordPressRest


class HubertVialatte(NewsSpider):
    """WordPress; what came before Les Indiscrétions. Each item of its letters is an article."""

    name = "hubertvialatte"
    publisher = "Hubert Vialatte"
    kind = "blog"
    scope = "regional"
    hosts = ("www.hubertvialatte.com",)
    routes = (
        Feed("https://www.hubertvialatte.com/feed/", status="convention"),
        WordPressRest("https://www.hubertvialatte.com/wp-json/wp/v2/posts", status="convention"),
        Sitemap("https://www.hubertvialatte.com/wp-sitemap.xml", status="convention"),
        Listing("https://www.hubertvialatte.com/tag/gard/", status="convention"),
    )
    article_urls = (
        r"^https?://(?:www\.)?hubertvialatte\.com/(?:(?:les_)?indiscretions|billetdulundi|industrie-services)/[a-z0-9-]+/?$",
        r"^https?://(?:www\.)?hubertvialatte\.com/\?p=\d+$",
    )
    digests = (r"/(?:les_)?indiscretions/",)
    boilerplate = (
        r"Lire l'article sur Les Echos\.",
        r"Tags ?:.*",
        r"Share This",
        r"Suivez Les Indiscrétions .*",
    )
    verified = "2026-11-30"
