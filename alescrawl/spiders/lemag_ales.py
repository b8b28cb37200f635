"""Alès Agglo le mag: public body."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Listing


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
