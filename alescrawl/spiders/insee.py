"""Insee: public body."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Feed


class Insee(NewsSpider):
    """Under the Licence Ouverte. One address may show another edition of its figures later."""

    name = "insee"
    publisher = "Insee"
    kind = "public_body"
    scope = "national"
    hosts = ("www.insee.fr",)
    routes = (
        Feed("https://www.insee.fr/fr/flux/1", seen="2026"),
        Feed("https://www.insee.fr/fr/flux/2", seen="2026"),
    )
    article_urls = (r"^https?://(?:www\.)?insee\.fr/fr/statistiques/\d+(?:\?[a-z=&0-9-]+)?$",)
    boilerplate = (r"Figure \d+ – .*", r"Avertissement")
    verified = "2026-11-30"
