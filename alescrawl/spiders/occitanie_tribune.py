"""Occitanie Tribune: agency."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider


class OccitanieTribune(NewsSpider):
    """Passes on announcements; the author is the institution."""

    name = "occitanie_tribune"
    publisher = "Occitanie Tribune"
    kind = "agency"
    scope = "regional"
    hosts = ("www.occitanie-tribune.com",)
    article_urls = (r"^https?://(?:www\.)?occitanie-tribune\.com/articles/\d+/[a-z0-9-]+/?$",)
    verified = "2026-11-30"
