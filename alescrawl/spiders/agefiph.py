"""Agefiph: public body."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Listing


class Agefiph(NewsSpider):
    """On the employment of disabled people; no article was seen: its pages tell."""

    name = "agefiph"
    publisher = "Agefiph"
    kind = "public_body"
    scope = "national"
    hosts = ("www.agefiph.fr",)
    routes = (Listing("https://www.agefiph.fr/occitanie", status="convention"),)
    verified = "2026-11-23"
