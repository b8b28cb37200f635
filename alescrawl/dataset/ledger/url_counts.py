"""What the addresses of a source have turned out to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alescrawl.dataset.ledger.connection import Ledger


class Found(NamedTuple):
    """An address as a route lists it, with its status and reason in the ledger.

    *dated* says that a route or its page gave it a date of publication.
    """

    url: str
    status: str
    reason: str | None
    dated: bool


def found_addresses(ledger: Ledger, source: str) -> Iterator[Found]:
    """Yield all addresses of *source*."""
    rows = ledger.query(
        "SELECT listed_url, status, reason, published IS NOT NULL FROM urls WHERE source = ?",
        source,
    )
    yield from (Found(url, status, reason, bool(dated)) for url, status, reason, dated in rows)
