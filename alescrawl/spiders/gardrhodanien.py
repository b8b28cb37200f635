"""Gard rhodanien: public body."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider


class GardRhodanien(NewsSpider):
    """No route is known."""

    name = "gardrhodanien"
    publisher = "Agglomération du Gard rhodanien"
    kind = "public_body"
    scope = "gard"
    hosts = ("www.gardrhodanien.fr",)
    former_hosts = ("gardrhodanien.com",)
    article_urls = (r"^https?://(?:www\.)?gardrhodanien\.(?:fr|com)/actualite/[a-z0-9-]+/?$",)
    verified = "2026-11-30"
