"""The frontier of a run: which addresses it is to ask for, and which it puts off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alescrawl.crawling.runs.open_ledger import LedgerPart, uses_ledger

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alescrawl.crawling.failures import HostStopped
    from alescrawl.dataset.ledger.frontier import Candidate
    from alescrawl.dataset.ledger.hints import Listed
    from alescrawl.dataset.ledger.host_records import HostRecords


class RunFrontier(LedgerPart):
    """The addresses that routes and pages lead to, on disk until they are asked for."""

    @uses_ledger
    def offer(self, entries: Sequence[Listed], *, again: bool = False) -> int:
        """Take up the addresses that a route lists; return how many are new or changed."""
        return self._ledger.frontier.offer(self._ledger.memory.allowed(entries), again=again)

    @uses_ledger
    def take(self, count: int) -> list[Candidate]:
        """Return up to *count* addresses to ask for now."""
        candidates = self._ledger.frontier.take(count, self._ledger.window)
        self.count("requested", len(candidates))
        return candidates

    @uses_ledger
    def due(self) -> dict[str, int]:
        """Return how many addresses are yet to be asked for, for each scheme and host."""
        return self._ledger.frontier.due(self._ledger.window)

    @uses_ledger
    def postpone(self, candidate: Candidate, stopped: HostStopped) -> None:
        """Leave an address as it is, since its host was stopped: it stays due."""
        self._ledger.frontier.postpone(candidate.url, stopped.until)
        self._count_postponed(stopped.reason, 1)

    @uses_ledger
    def postpone_host(self, origin: str, stopped: HostStopped) -> None:
        """Put off all addresses of *origin*, which was stopped."""
        if stopped.until is not None:
            self._ledger.hosts.close(origin, stopped.until)
        count = self._ledger.frontier.postpone_host(origin, stopped.until, self._ledger.window)
        self._count_postponed(stopped.reason, count)

    def _count_postponed(self, reason: str, count: int) -> None:
        if count:
            self.count("page/refused", count)
            self.count(f"page/refused/{reason}", count)


class RunHosts:
    """The hosts of a run: what is known of them, and which were stopped, why and in what detail."""

    def __init__(self, frontier: RunFrontier) -> None:
        self._frontier = frontier
        self.count = frontier.count
        self.stopped: dict[str, tuple[HostStopped, str]] = {}

    @property
    def records(self) -> HostRecords | None:
        """What the ledger knows of hosts; ``None`` where it is not open."""
        access = self._frontier.access
        return access.ledger.hosts if access.is_open else None

    def host_stopped(self, origin: str, stopped: HostStopped, detail: str) -> None:
        """Record that *origin* is asked no more in this run, and put off its addresses."""
        self.stopped[origin] = (stopped, detail)
        self.count(f"host/stopped/{stopped.reason}")
        if self._frontier.access.is_open:
            self._frontier.postpone_host(origin, stopped)
