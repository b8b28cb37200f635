"""Bagnols-sur-Cèze: public body."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider


class BagnolsSurCeze(NewsSpider):
    """No news was seen, only pages from before 2013: its pages tell."""

    name = "bagnolssurceze"
    publisher = "Ville de Bagnols-sur-Cèze"
    kind = "public_body"
    scope = "gard"
    hosts = ("www.bagnolssurceze.fr",)
    verified = "2026-11-30"
