"""The pages that you name: `scrapy crawl urls -a urls=URL,URL` or `-a file=FILE`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from alescrawl.crawling.arguments import LIMIT_NAMES, ArgumentError, read_limits, refuse_unknown
from alescrawl.crawling.discovery.spider import NewsSpider

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping, Sequence

    from scrapy import Request


class Urls(NewsSpider):
    """Reads the named pages, each again whenever it is named.

    *urls* are addresses between commas; *file* has one address a line, and lines that begin
    with ``#``.
    """

    name = "urls"
    everything = True
    only_listed = True
    judges_pages = False
    argument_names: ClassVar[Sequence[str]] = ("urls", "file", *LIMIT_NAMES)

    def __init__(self, name: str | None = None, **arguments: str) -> None:
        super().__init__(name, **arguments)
        self._addresses = list(_addresses(arguments))

    @classmethod
    def check_arguments(cls, arguments: Mapping[str, str]) -> None:
        """Raise :exc:`ArgumentError` where no page is named, or one is not an address."""
        refuse_unknown(arguments, cls.argument_names)
        read_limits(arguments)
        addresses = list(_addresses(arguments))
        if not addresses:
            raise ArgumentError("name the pages: -a urls=URL,URL or -a file=FILE")
        if wrong := [a for a in addresses if not _is_web_address(a)]:
            raise ArgumentError(f"{wrong[0]!r} is not an address such as https://example.org/a")

    def named_urls(self) -> Iterator[str]:
        """Yield the addresses that were named."""
        yield from self._addresses

    async def start(self) -> AsyncIterator[Request]:
        """Yield the requests for the named pages."""
        from alescrawl.dataset.ledger.hints import Listed

        self.run.frontier.offer([Listed(a) for a in self._addresses], again=True)
        async for request in super().start():
            yield request


def _addresses(arguments: Mapping[str, str]) -> Iterator[str]:
    yield from filter(None, map(str.strip, arguments.get("urls", "").split(",")))
    if (path := arguments.get("file")) is not None:
        yield from _lines(Path(path))


def _lines(path: Path) -> Iterator[str]:
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8 text"
        raise ArgumentError(f"cannot read file={path} ({reason}): check its name") from error
    lines = map(str.strip, text.splitlines())
    yield from (line for line in lines if line and not line.startswith("#"))


def _is_web_address(text: str) -> bool:
    from alescrawl.crawling.routes.web_address import web_address

    return web_address("", text) is not None and not re.search(r"\s", text)
