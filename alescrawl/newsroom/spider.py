"""The invented newsroom as a source: `-a root=URL` says where it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from alescrawl.crawling.arguments import LIMIT_NAMES, ArgumentError
from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Feed, Sitemap

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class NewsroomSpider(NewsSpider):
    """Facts like those of any source, but for the address."""

    name = "newsroom"
    article_urls = (
        r"/\d{4}/\d{2}/[\w-]+\.html$",
        r"/(?:dossiers|prive)/[\w/-]+\.html$",
        r"\.pdf$",
    )
    everything = True
    custom_settings = {  # noqa: RUF012 - declared by Scrapy
        # The site is our own: there is nobody to be polite to.
        "DOWNLOAD_DELAY": 0,
        "AUTOTHROTTLE_ENABLED": False,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
    }
    argument_names: ClassVar[Sequence[str]] = ("root", *LIMIT_NAMES)

    def __init__(self, name: str | None = None, **arguments: str) -> None:
        super().__init__(name, **arguments)
        root = arguments["root"]
        self.routes = (  # type: ignore[misc]  # known only when the server runs
            Feed(f"{root}/feed/"),
            Feed(f"{root}/atom.xml"),
            Sitemap(f"{root}/sitemap.xml"),
        )

    @classmethod
    def check_arguments(cls, arguments: Mapping[str, str]) -> None:
        """Raise :exc:`ArgumentError` where the address is missing, too."""
        super().check_arguments(arguments)
        if "root" not in arguments:
            raise ArgumentError("say where the newsroom runs: -a root=http://127.0.0.1:PORT")
