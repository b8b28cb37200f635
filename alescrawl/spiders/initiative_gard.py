"""Initiative Gard: association."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider


class InitiativeGard(NewsSpider):
    """Reprints of the press, whose texts are others' and not kept; no route is known.

    An address ends with the medium and the day.
    """

    name = "initiative_gard"
    publisher = "Initiative Gard"
    kind = "association"
    scope = "gard"
    rights = "metadata"
    hosts = ("www.initiativegard.fr",)
    article_urls = (
        r"^https?://(?:www\.)?initiativegard\.fr/presse/[a-z-]+-\d{2}-\d{2}-\d{4}\.html$",
    )
    boilerplate = (r"Partager ?:",)
    verified = "2026-11-23"
