"""Nîmes: public body."""

from __future__ import annotations

from alescrawl.crawling.routes import Listing
from alescrawl.crawling.spider import NewsSpider


class Nimes(NewsSpider):
    """No article was seen: its pages tell."""

    name = "nimes"
    publisher = "Ville de Nîmes"
    kind = "public_body"
    scope = "gard"
    hosts = ("www.nimes.fr",)
    routes = (Listing("https://www.nimes.fr/actualites.html", status="convention"),)
    verified = "2026-11-23"
