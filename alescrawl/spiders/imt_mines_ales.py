"""IMT Mines Alès: public body."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Feed


class ImtMinesAles(NewsSpider):
    """Drupal; news and other pages have addresses of one form: its pages tell."""

    name = "imt_mines_ales"
    publisher = "IMT Mines Alès"
    kind = "public_body"
    scope = "gard"
    hosts = ("www.imt-mines-ales.fr",)
    routes = (Feed("https://www.imt-mines-ales.fr/rss.xml", status="convention"),)
    boilerplate = (r"Aller au contenu principal",)
    verified = "2026-11-30"
