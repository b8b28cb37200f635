"""Reading tdmrep.json: which paths of a host are reserved (W3C TDM Reservation Protocol)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

PATH = "/.well-known/tdmrep.json"
_VALUES = {0: False, 1: True, "0": False, "1": True}


class Reservation(NamedTuple):
    """What a host says of a path, and where its policy is."""

    reserved: bool
    policy: str | None = None


@dataclass(frozen=True, slots=True)
class Location:
    """A pattern of paths, with ``*`` and a final ``$`` as in robots.txt, and what it says."""

    pattern: str
    reservation: Reservation

    @property
    def rank(self) -> tuple[int, bool]:
        """The longest pattern that matches counts; of two as long, the one that reserves."""
        return len(self.pattern), self.reservation.reserved

    def matches(self, path: str) -> bool:
        """Return whether the pattern stands for *path*, whose escapes are undone."""
        whole = self.pattern.endswith("$")
        first, *parts = map(unquote, self.pattern.removesuffix("$").split("*"))
        if not path.startswith(first):
            return False
        end = len(first)
        for number, part in enumerate(parts, start=1):
            # Of a pattern that is bound to the end, the last part is looked for there.
            last = whole and number == len(parts)
            found = path.rfind(part) if last else path.find(part, end)
            if found < end:
                return False
            end = found + len(part)
        return not whole or end == len(path)


def read_tdmrep(body: bytes) -> list[Location]:
    """Return the locations that say 0 or 1.

    Raises :exc:`ValueError` where *body* is no such file.
    """
    try:
        read = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ValueError("not JSON") from error
    entries = read if isinstance(read, list) else [read]
    if not all(isinstance(entry, dict) for entry in entries):
        raise ValueError("not a list of locations")
    return [location for entry in entries if (location := _location(entry)) is not None]


def _location(entry: dict[str, Any]) -> Location | None:
    pattern, value = entry.get("location"), entry.get("tdm-reservation")
    policy = entry.get("tdm-policy")
    if not isinstance(pattern, str) or not isinstance(value, int | str) or value not in _VALUES:
        return None
    stated = policy if isinstance(policy, str) and policy else None
    return Location(pattern, Reservation(_VALUES[value], stated))


def reservation_of(url: str, locations: list[Location]) -> Reservation | None:
    """Return what the most specific of *locations* says of *url*, ``None`` where none does."""
    parts = urlsplit(url)
    path = unquote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
    matching = [location for location in locations if location.matches(path)]
    return max(matching, key=lambda found: found.rank).reservation if matching else None
