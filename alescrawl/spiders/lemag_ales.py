"""Alès Agglo le mag: public body."""

from __future__ import annotations

from alescrawl.crawling.routes import Listing
from alescrawl.crawling.spider import NewsSpider


class LemagAles(NewsSpider):
    """The magazine."""

    name = "lemag_ales"
    publisher = "Alès Agglomération"
    kind = "public_body"
    scope = "gard"
    hosts = ("lemag.ales.fr",)
    routes = (Listing("https://lemag.ales.fr/actualites", status="convention"),)
    article_urls = (r"^https?://lemag\.ales\.fr/actualites/[a-z0-9-]+/?$",)
    verified = "2026-11-23"
