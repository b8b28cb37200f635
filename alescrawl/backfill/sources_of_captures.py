"""What `--from` may name, and the index that it stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from alescrawl.backfill.cdx import CdxIndex
from alescrawl.backfill.indexes import WarcIndex
from alescrawl.crawling.arguments import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrapy.settings import Settings

    from alescrawl.backfill.client import Client
    from alescrawl.backfill.indexes import Index

FORMS: Final = "warc:PATH, cdx:ADDRESS"


def open_indexes(
    named: Sequence[str], data: str, client: Client, settings: Settings
) -> list[Index]:
    """Return the indexes that were *named*; raise :exc:`ArgumentError` for what is none."""
    del settings
    if not named:
        raise ArgumentError(f"say from where with --from: {FORMS}")
    return [_index(each, data, client) for each in named]


def _index(name: str, data: str, client: Client) -> Index:
    kind, _, place = name.partition(":")
    if kind == "warc" and place:
        return WarcIndex(place)
    if kind == "cdx" and place.startswith(("http://", "https://")):
        return CdxIndex(client, place, data=data)
    raise ArgumentError(f"--from {name} is none; there are: {FORMS}")
