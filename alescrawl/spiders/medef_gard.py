"""Medef Gard: employers' union."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Listing


class MedefGard(NewsSpider):
    """UPE 30 before it took its present name."""

    name = "medef_gard"
    publisher = "Medef Gard"
    kind = "employers"
    scope = "gard"
    hosts = ("www.upe30.com",)
    routes = (Listing("https://www.upe30.com/fr/actualite", status="convention"),)
    article_urls = (r"^https?://(?:www\.)?upe30\.com/fr/actualite/[a-z0-9-]+/?$",)
    verified = "2026-11-30"
