"""Entreprendre en Languedoc: blog."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Feed, Listing, Sitemap, WordPressRest


class EntreprendreEnLanguedoc(NewsSpider):
    """Written about 2012 and 2013; relays what institutions say."""

    name = "entreprendreenlanguedoc"
    publisher = "Entreprendre en Languedoc"
    kind = "blog"
    scope = "regional"
    hosts = ("entreprendreenlanguedoc.com",)
    routes = (
        Feed("http://entreprendreenlanguedoc.com/feed/", status="convention"),
        WordPressRest(
            "http://entreprendreenlanguedoc.com/wp-json/wp/v2/posts", status="convention"
        ),
        Sitemap("http://entreprendreenlanguedoc.com/wp-sitemap.xml", status="convention"),
        Listing("http://entreprendreenlanguedoc.com/tag/nimes-metropole/"),
    )
    boilerplate = (r"Lire la suite", r"Relayé depuis le site .*")
    verified = "2026-11-23"
