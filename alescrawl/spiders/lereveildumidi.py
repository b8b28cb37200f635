"""Le Réveil du Midi: press."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Listing


class LeReveilDuMidi(NewsSpider):
    """Legal gazette; the date in the header of its pages is the day on which they are read."""

    name = "lereveildumidi"
    publisher = "Le Réveil du Midi"
    kind = "press"
    scope = "gard"
    hosts = ("www.lereveildumidi.fr",)
    former_hosts = ("lereveildumidi.com",)
    routes = (Listing("https://www.lereveildumidi.fr/%C3%A9conomie", status="convention"),)
    article_urls = (
        r"^https?://(?:www\.)?lereveildumidi\.(?:fr|com)/(?:%C3%A9conomie|économie|[a-z]+)(?:/[^/?]+)?/[^/?]+-[^/?]+$",
    )
    boilerplate = (
        r"(?:icône (?:blanche|belue|bleue) \w+\s*)+",
        r"journal d'information générale .* annonces .*",
        r"durée de lecture.*",
    )
    verified = "2026-11-30"
