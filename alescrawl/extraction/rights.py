"""The rights that a page reserves in its meta tags: TDM reservation protocol and robots words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alescrawl.extraction.meta import Head

RESTRICTIONS = frozenset(
    {"noai", "noimageai", "noindex", "noarchive", "nosnippet", "max-snippet:0", "none"}
)
"""The words for robots that restrict the use of a page (X-Robots-Tag has the same ones)."""

_ROBOTS_NAMES = ("robots", "alescrawl", "googlebot", "googlebot-news")
_COLON = re.compile(r"\s*:\s*")


@dataclass(slots=True)
class Rights:
    """What the page says of text and data mining; ``None`` where it says nothing.

    ``signals`` are written as place, name and value: ``meta robots=noai``.
    """

    reserved: bool | None = None
    policy: str | None = None
    signals: list[str] = field(default_factory=list)


def read_rights(head: Head) -> Rights:
    """Return the rights stated in the meta tags (W3C TDMRep: only 0 and 1 have a meaning)."""
    rights = Rights()
    stated = [value.strip() for value in head.metas.get("tdm-reservation", ())]
    valid = [value for value in stated if value in {"0", "1"}]
    if valid:
        rights.reserved = "1" in valid
    rights.policy = next((v.strip() for v in head.metas.get("tdm-policy", ()) if v.strip()), None)
    rights.signals = [f"meta tdm-reservation={value}" for value in stated if value]
    if rights.policy:
        rights.signals.append(f"meta tdm-policy={rights.policy}")
    for name in _ROBOTS_NAMES:
        rights.signals += [f"meta {name}={word}" for word in _words(head.metas.get(name, []))]
    return rights


def _words(values: list[str]) -> list[str]:
    """Return the words of robots directives that restrict use, each once, in order."""
    words = [_COLON.sub(":", word.strip().lower()) for value in values for word in value.split(",")]
    return list(dict.fromkeys(word for word in words if word in RESTRICTIONS))
