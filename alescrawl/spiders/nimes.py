"""Nîmes: public body."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Listing


class Nimes(NewsSpider):
    """No article was seen: its pages tell. Of its pages those of 2026-09 do not end in .html."""

    name = "nimes"
    publisher = "Ville de Nîmes"
    kind = "public_body"
    scope = "gard"
    hosts = ("www.nimes.fr",)
    routes = (Listing("https://www.nimes.fr/actualites", status="convention"),)
    verified = "2026-11-30"
