"""Paysan du Midi: economic press."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider


class PaysanDuMidi(NewsSpider):
    """On farming; no route is known."""

    name = "paysandumidi"
    publisher = "Paysan du Midi"
    kind = "economic_press"
    scope = "regional"
    hosts = ("www.paysandumidi.fr",)
    article_urls = (r"^https?://(?:www\.)?paysandumidi\.fr/articles/[a-z0-9-]+-\d+\.html?$",)
    verified = "2026-11-30"
