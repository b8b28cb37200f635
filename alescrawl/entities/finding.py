"""All the mentions of a text."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from alescrawl.entities.candidates import chosen, mention
from alescrawl.entities.institutions import known_institutions
from alescrawl.entities.places import find_places
from alescrawl.entities.words import Words

if TYPE_CHECKING:
    from alescrawl.items import Mention


def find_mentions(text: str, published: date | datetime | str | None = None) -> list[Mention]:
    """Return what *text* names, in the order of the text; no two mentions overlap.

    *published* is the day the text first appeared: a date, or ISO text that may be only a month or
    a year. Offsets are code points of *text*. ``article_id`` is empty: the caller knows it.
    """
    words = Words(text)
    day = published.isoformat()[:10] if isinstance(published, date) else (published or "")
    candidates = [*known_institutions(words, day), *find_places(words)]
    return [mention(c, words) for c in chosen(candidates) if c.kind != "other"]
