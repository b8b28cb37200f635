"""Département du Gard: public body."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Listing


class DepartementGard(NewsSpider):
    """News and other pages have addresses of one form: its pages tell."""

    name = "departement_gard"
    publisher = "Département du Gard"
    kind = "public_body"
    scope = "gard"
    hosts = ("www.gard.fr",)
    routes = (Listing("https://www.gard.fr/actualites", status="convention"),)
    verified = "2026-11-30"
