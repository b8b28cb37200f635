"""La Gazette de Nîmes: press."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider


class LaGazetteDeNimes(NewsSpider):
    """No page of it was seen: its home page tells what it has."""

    name = "lagazettedenimes"
    publisher = "La Gazette de Nîmes"
    kind = "press"
    scope = "gard"
    hosts = ("www.lagazettedenimes.fr",)
    verified = "2026-11-30"
