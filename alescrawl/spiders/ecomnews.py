"""Ecomnews (Occitanie): economic press."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Feed, Listing, Sitemap, WordPressRest


class Ecomnews(NewsSpider):
    """WordPress; before about 2021 another system, whose addresses begin with /article/."""

    name = "ecomnews"
    publisher = "Ecomnews"
    kind = "economic_press"
    scope = "regional"
    hosts = ("ecomnews.fr",)
    routes = (
        Feed("https://ecomnews.fr/feed/", status="convention"),
        WordPressRest("https://ecomnews.fr/wp-json/wp/v2/posts", status="convention"),
        Sitemap("https://ecomnews.fr/wp-sitemap.xml", status="convention"),
        Listing("https://ecomnews.fr/category/occitanie/", status="convention"),
    )
    article_urls = (
        r"^https?://(?:www\.)?ecomnews\.fr/news/[a-z0-9-]+/?$",
        r"^https?://(?:www\.)?ecomnews\.fr/article/[A-Za-z0-9%'’_-]+/?$",
        r"^https?://(?:www\.)?ecomnews\.fr/\?p=\d+$",
    )
    surname_first = True
    boilerplate = (r"Ecomnews - Adds", r"\?id=[\w-]+")
    verified = "2026-11-30"
