"""The stand-in's articles: invented news of the Gard's economy, and some of elsewhere."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

from alescrawl.items import PARIS

NEWEST = datetime(2025, 11, 18, 18, 42, tzinfo=PARIS)
"""When the newest story of each source was published; the others each some days earlier."""

_ELIDED = re.compile(r"\b(d|l)[ea] (?=[AEIOUÉ])")


@dataclass(frozen=True, slots=True)
class Story:
    """One article; ``number`` rises with time, ``published`` is in Paris and whole minutes."""

    number: int
    title: str
    lead: str
    paragraphs: list[str]
    authors: list[str]
    published: datetime
    section: str
    tags: list[str]
    town: str
    insee: str
    elsewhere: bool = False

    @property
    def slug(self) -> str:
        """The title in an address: « Alès, c'est » is ales-c-est."""
        return slug(self.title)

    @property
    def glued_slug(self) -> str:
        """The title in an address that leaves apostrophes out: « l'usine » is lusine."""
        return slug(self.title.replace("'", ""))

    @property
    def capital_slug(self) -> str:
        """The title in an address that keeps its capitals."""
        return re.sub(r"[^A-Za-z0-9]+", "-", _plain(self.title)).strip("-")

    @property
    def letters(self) -> str:
        """The title in an address that has no digits."""
        return re.sub(r"-?\d+", "", self.slug)

    @property
    def cut_slug(self) -> str:
        """The title in an address that keeps its capitals and is cut between words."""
        return self.capital_slug[:65].rpartition("-")[0]

    @property
    def low_number(self) -> int:
        """A number of the time before another system: it says nothing of when."""
        return 90_000 - self.number

    @property
    def epoch(self) -> int:
        """The Unix time at which the article was begun, twenty minutes before it appeared."""
        return int(self.published.timestamp()) - 1200

    @property
    def town_slug(self) -> str:
        """The town in an address."""
        return slug(self.town)

    @property
    def words(self) -> list[str]:
        """All paragraphs, the opening first."""
        return [self.lead, *self.paragraphs]


def slug(title: str) -> str:
    """Return *title* as a part of an address."""
    return re.sub(r"[^a-z0-9]+", "-", _plain(title).lower()).strip("-")


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def stories(source: str, count: int, *, elsewhere: bool = False) -> list[Story]:
    """Return *count* stories of *source*, the newest first; the last one may be of *elsewhere*."""
    found = [_story(source, place) for place in range(count)]
    return [*found, _story(source, count, elsewhere=True)] if elsewhere else found


def _story(source: str, place: int, *, elsewhere: bool = False) -> Story:
    facts = _facts()
    seed = crc32(source.encode()) + 7 * place
    subject = facts["subjects"][place % len(facts["subjects"])]
    town = facts["elsewhere" if elsewhere else "towns"]
    town = town[seed % len(town)]
    values = {
        "company": _one(facts["companies"], seed // 3),
        "speaker": _one(facts["speakers"], seed // 11),
        "town": town["name"],
        "department": {"12": "Aveyron", "46": "Lot"}.get(town["insee"][:2], "Gard"),
        "n": 12 + seed % 61,
        "m": 2 + seed % 17,
        "j": 90 + seed % 373,
        "k": 11 + seed % 71,
    }
    away = NEWEST - timedelta(days=9 * place + seed % 5, minutes=37 * place + seed % 300)
    authors = [_one(facts["authors"], seed + n) for n in range(1 + (place % 3 == 2))]
    return Story(
        number=64_000 + crc32(source.encode()) % 9_000 - 13 * place,
        title=_filled(subject["title"], values),
        lead=_filled(subject["lead"], values),
        paragraphs=[
            _filled(_one(forms, seed + n), values) for n, forms in enumerate(subject["paragraphs"])
        ],
        authors=authors,
        published=away,
        section=subject["section"],
        tags=subject["tags"],
        town=town["name"],
        insee=town["insee"],
        elsewhere=elsewhere,
    )


def _filled(text: str, values: dict[str, Any]) -> str:
    """Return *text* with *values* in its places, and « d'Alès » for « de Alès »."""
    return _ELIDED.sub(r"\1'", text.format_map(values)).replace("le Aveyron", "l'Aveyron")


def _one(values: list[str], number: int) -> str:
    return values[number % len(values)]


@cache
def _facts() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("stories.toml").read_text("utf-8"))
