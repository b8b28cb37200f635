"""Alès and Alès Agglomération: public body."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Feed, Listing, Sitemap, WordPressRest


class Ales(NewsSpider):
    """Of the town and of the communities around it."""

    name = "ales"
    publisher = "Ville d'Alès"
    kind = "public_body"
    scope = "gard"
    hosts = ("www.ales.fr",)
    routes = (
        Feed("https://www.ales.fr/feed/", status="convention"),
        WordPressRest("https://www.ales.fr/wp-json/wp/v2/posts", status="convention"),
        Sitemap("https://www.ales.fr/wp-sitemap.xml", status="convention"),
        Listing("https://www.ales.fr/actualites/", status="convention"),
    )
    article_urls = (r"^https?://(?:www\.)?ales\.fr/actualites/[a-z0-9-]+/?$",)
    verified = "2026-11-30"
