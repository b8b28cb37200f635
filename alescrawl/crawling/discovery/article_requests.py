"""The requests for the articles that are due, as many as one run may send."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy import Request

from alescrawl.crawling.hosts.conditional_requests import VALIDATORS, validators
from alescrawl.dataset.ledger.addresses import NOT_MODIFIED

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrapy.http import Response

    from alescrawl.crawling.arguments import Limits
    from alescrawl.crawling.runs.frontier import RunFrontier
    from alescrawl.dataset.ledger.frontier import Candidate

BATCH = 32
"""Addresses taken from the ledger at a time; no more than this wait in Scrapy's own queue."""


class ArticleRequests:
    """Takes addresses from the *frontier* within *limits*, and makes requests of them.

    *most* says how many pages may have been asked for by now. Their answers go to *callback*, with
    the address as ``candidate``; failures to *errback*.
    """

    def __init__(
        self,
        frontier: RunFrontier,
        limits: Limits,
        callback: Callable[..., Any],
        errback: Callable[..., Any],
        most: Callable[[], float],
    ) -> None:
        self._frontier = frontier
        self._limits = limits
        self._callback = callback
        self._errback = errback
        self._taken = 0
        self._most = most
        self._is_told = False

    def take(self) -> list[Candidate]:
        """Return the next addresses, none where the run may ask for no more."""
        count = BATCH
        if self._taken >= self._most():
            if not self._is_told:
                self._is_told = True
                self._frontier.count("page/too_many")
            return []
        if self._limits.limit is not None:
            count = min(count, self._limits.limit - self._taken)
        batch = self._frontier.take(count) if count > 0 else []
        self._taken += len(batch)
        return batch

    def request(self, candidate: Candidate, *, again: bool = False) -> Request | None:
        """Return the request for *candidate*, ``None`` where its address cannot be asked.

        It is conditional where an earlier answer is known, but for one asked *again*.
        """
        try:
            return Request(
                candidate.listed_url,
                headers={} if again else self._validators(candidate),
                callback=self._callback,
                errback=self._errback,
                cb_kwargs={"candidate": candidate},
                meta={"handle_httpstatus_list": [NOT_MODIFIED]},
                dont_filter=True,  # the ledger gives each address once
            )
        except ValueError:
            return None

    def _validators(self, candidate: Candidate) -> dict[str, str]:
        if self._limits.full:
            return {}
        return validators(candidate.etag, candidate.last_modified)


def was_conditional(response: Response) -> bool:
    """Return whether *response* answers a conditional request."""
    headers = response.request.headers if response.request is not None else {}
    return any(headers.get(name) for name in VALIDATORS)
