"""Whether pages are archived, and how much of that is kept: three settings, checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alescrawl.crawling.arguments import ArgumentError
from alescrawl.dataset.retention import Keep

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

ARCHIVES = "ALESCRAWL_RAW"
MONTHS = "ALESCRAWL_RAW_MONTHS"
MEGABYTES = "ALESCRAWL_RAW_MEGABYTES"


def raw_limits(settings: BaseSettings) -> Keep | None:
    """Return how much is kept, ``None`` where no page is; raise :exc:`ArgumentError`."""
    try:
        archives = settings.getbool(ARCHIVES)
    except ValueError:
        raise ArgumentError(f"{ARCHIVES} cannot be used; expected is 1 or 0") from None
    keep = Keep(_count(settings, MONTHS), _count(settings, MEGABYTES))
    return keep if archives else None


def _count(settings: BaseSettings, name: str) -> int:
    value = str(settings.get(name))
    if not (value.isascii() and value.isdigit()):
        raise ArgumentError(
            f"{name}: {value!r} cannot be used; expected is a whole number, 0 for no limit"
        )
    return int(value)
