"""Cèze Cévennes: public body."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider


class CezeCevennes(NewsSpider):
    """Some addresses begin with the day of an event; no route is known."""

    name = "ceze_cevennes"
    publisher = "Communauté de communes de Cèze Cévennes"
    kind = "public_body"
    scope = "gard"
    hosts = ("www.ceze-cevennes.fr",)
    article_urls = (r"^https?://(?:www\.)?ceze-cevennes\.fr/fr/actualite/\d+/[a-z0-9-]+/?$",)
    verified = "2026-11-23"
