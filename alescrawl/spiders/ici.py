"""ici Gard Lozère (Radio France): press."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Feed, Listing


class Ici(NewsSpider):
    """France Bleu Gard Lozère until 2025; reserves text and data mining (tdmrep.json).

    A number of ten digits in an address is the Unix time at which the article was begun.
    """

    name = "ici"
    publisher = "ici Gard Lozère"
    kind = "press"
    scope = "regional"
    rights = "metadata"
    hosts = ("www.ici.fr",)
    former_hosts = ("francebleu.fr",)
    routes = (
        Feed("https://www.ici.fr/rss/gard-lozere/a-la-une.xml", seen="2025+"),
        Feed("https://www.ici.fr/rss/gard-lozere/rubrique/infos.xml", seen="2026-09-24"),
        Listing("https://www.ici.fr/gard-lozere", status="convention"),
    )
    article_urls = (
        r"^https?://(?:www\.)?(?:ici|francebleu)\.fr/infos/[a-z-]+/[a-z0-9-]+-\d{7,10}$",
        r"^https?://(?:www\.)?(?:ici|francebleu)\.fr/emissions/[a-z0-9-]+/[a-z0-9-]+-\d+$",
    )
    verified = "2026-11-30"
