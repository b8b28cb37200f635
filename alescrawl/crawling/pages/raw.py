"""Responses as the raw archive keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alescrawl.items import RawPage

if TYPE_CHECKING:
    from scrapy.http import Response


def raw_page(response: Response) -> RawPage:
    """Return the page as the archive keeps it."""
    headers = [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    ]
    return RawPage(response.url, response.status, headers, response.body)
