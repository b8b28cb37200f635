"""What `--from` may name, and the index that it stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from alescrawl.backfill.cdx import CdxIndex
from alescrawl.backfill.columnar import ColumnarIndex
from alescrawl.backfill.indexes import WarcIndex
from alescrawl.backfill.public_archives import CommonCrawlIndex, NewsIndex, archive_facts
from alescrawl.crawling.arguments import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from alescrawl.backfill.client import Client
    from alescrawl.backfill.indexes import Index
    from alescrawl.crawling.source import Source

FORMS: Final = "commoncrawl, ccnews, wayback, warc:PATH, cdx:ADDRESS, columnar:PLACE"


def open_indexes(
    named: Sequence[str], data: str, client: Client, sources: Collection[type[Source]]
) -> list[Index]:
    """Return the indexes that were *named*, whose WARCs lie at *data* where that is not known.

    Raises :exc:`ArgumentError` for what names none.
    """
    if not named:
        raise ArgumentError(f"say from where with --from; there are: {FORMS}")
    return [_index(each, data, client, sources) for each in named]


def _index(name: str, data: str, client: Client, sources: Collection[type[Source]]) -> Index:
    kind, _, place = name.partition(":")
    facts = archive_facts()
    below = data or facts["commoncrawl"]["data"]
    if kind == "warc" and place:
        return WarcIndex(place)
    if kind == "cdx" and _is_address(place):
        return CdxIndex(client, place, data=data)
    if kind == "commoncrawl" and (not place or _is_address(place)):
        return CommonCrawlIndex(client, place or facts["commoncrawl"]["crawls"], below)
    if kind == "columnar":
        return ColumnarIndex(place or facts["commoncrawl"]["columnar"], below)
    if kind == "ccnews" and not place:
        news = facts["ccnews"]
        return NewsIndex(client, news["paths"], below, news["first"], sources)
    if kind == "wayback" and (not place or _is_address(place)):
        found = facts["wayback"]
        root = f"{place.rstrip('/')}/" if place else ""
        index, replay = (
            (f"{root}cdx/search/cdx", f"{root}web/")
            if root
            else (
                found["index"],
                found["replay"],
            )
        )
        return CdxIndex(client, index, replay=replay, archive="wayback")
    raise ArgumentError(f"--from {name} is none; there are: {FORMS}")


def _is_address(place: str) -> bool:
    return place.startswith(("http://", "https://"))
