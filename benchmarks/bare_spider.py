"""The bare Scrapy spider that alescrawl is measured against: four selectors, no more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import scrapy

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from scrapy.http import TextResponse


class BareSpider(scrapy.Spider):
    """Takes every address of the sitemap; ``-a root=http://HOST:PORT``."""

    name = "bare"

    async def start(self) -> AsyncIterator[scrapy.Request]:
        yield scrapy.Request(f"{self.root}/sitemap.xml", self.parse_sitemap)

    def parse_sitemap(self, response: TextResponse) -> Iterator[scrapy.Request]:
        for url in re.findall("<loc>(.*?)</loc>", response.text):
            yield scrapy.Request(url, self.parse)

    def parse(self, response: TextResponse) -> Iterator[dict[str, Any]]:
        yield {
            "url": response.url,
            "title": response.css("h1.article__titre::text").get(),
            "published": response.css(".article__date time::attr(datetime)").get(),
            "authors": response.css(".article__signature a::text").getall(),
            "paragraphs": response.css(".article__chapo::text, .article__corps p::text").getall(),
        }
