"""What one line of a watch list asks for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from alescrawl.items import fingerprint

Kind = Literal["name", "siren", "commune", "epci", "topic", "words"]
COLUMNS: Final = (
    *("kind", "value", "label", "topic", "with", "without", "amount_above", "jobs_above"),
)
PARTED: Final = "|"
"""Between several values of a cell."""


@dataclass(frozen=True)
class Entry:
    """A line of a list: what is watched, and what else must hold of an article."""

    kind: Kind
    value: str
    """In its one form: a name or expression as written, digits of a SIREN, the INSEE code of a
    commune, the SIREN of an EPCI, the name of a topic as in the column ``topics``."""
    label: str
    """What is told with each article found."""
    topics: tuple[str, ...] = ()
    """One of them must be among the article's."""
    together: tuple[str, ...] = ()
    """Names or words that must all be there too."""
    without: tuple[str, ...] = ()
    """Names or words of which none may be there."""
    amount_above: float | None = None
    """Euros: the article must name an amount as high or higher."""
    jobs_above: float | None = None
    """The article must name a count of jobs as high or higher."""

    @cached_property
    def key(self) -> str:
        """What tells it from other entries, whatever its label: a hash."""
        conditions = (self.topics, self.together, self.without, self.amount_above, self.jobs_above)
        return fingerprint(repr((self.kind, self.value, conditions)))


@dataclass(frozen=True)
class WatchList:
    """The entries of one file, by whose *name* its feed is called."""

    name: str
    title: str
    entries: tuple[Entry, ...]
    recipients: tuple[str, ...] = ()
    """Who gets its mail; without any those of the settings."""
