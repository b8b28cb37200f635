"""The period of publication that a run is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime


class Window(NamedTuple):
    """The period of publication that a run is about; open where empty. *until* is excluded."""

    since: datetime | None = None
    until: datetime | None = None

    def holds(self, moment: datetime | None) -> bool:
        """Return whether *moment* may lie in the period: an unknown moment may."""
        if moment is None:
            return True
        after = self.since is None or moment >= self.since
        return after and (self.until is None or moment < self.until)
