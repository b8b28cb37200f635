"""Arthur Loyd (Montpellier, Nîmes): blog."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider


class ArthurLoyd(NewsSpider):
    """A property agency that relays the press; both hosts carry the same texts."""

    name = "arthur_loyd"
    publisher = "Arthur Loyd"
    kind = "blog"
    scope = "regional"
    hosts = ("www.arthur-loyd-nimes.com", "www.arthur-loyd.com")
    article_urls = (
        r"^https?://(?:www\.)?arthur-loyd\.com/actualites/[a-z0-9-]+/?$",
        r"^https?://(?:www\.)?arthur-loyd-nimes\.com/actualites/[a-z0-9-]+/[a-z0-9-]+/?$",
    )
    boilerplate = (r"[Ll]ire l'article", r"[Cc]ontact", r"[Tt]éléphone")
    verified = "2026-11-23"
