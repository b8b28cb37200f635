"""The newspapers of the simulated week: what each publishes, and what happens to it when."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from loopback import Answer, Site, page, sitemap

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Sitemap

WORDS = ("usine", "gare", "forge", "cave", "école", "crèche", "halle", "fonderie", "serre", "mine")
VERBS = ("recrute", "déménage", "ferme", "investit", "rouvre", "s'agrandit", "exporte", "innove")


@dataclass
class Story:
    """An article as its newspaper has it."""

    title: str
    published: datetime
    modified: datetime
    edits: int = 0

    def html(self, *, dated: bool = True) -> str:
        """Return its page, with the date or, of a changed template, without."""
        lines = [
            f"{self.title} : la nouvelle était attendue depuis le printemps dans la commune.",
            f"Le projet n° {len(self.title) * 37 % 1000} emploie {len(self.title)} personnes.",
            "La mairie cède un terrain voisin, où les travaux commenceront après l'été.",
            f"Les candidats peuvent se présenter dès lundi, version {self.edits} de l'annonce.",
            *[f"Mise à jour {n} : le calendrier est confirmé." for n in range(self.edits)],
        ]
        moment = self.published.isoformat() if dated else ""
        return page(self.title, "\n".join(lines), published=moment)


@dataclass
class Paper:
    """One newspaper on a host of its own.

    Each hour it publishes *per_hour* stories and edits *edits* of yesterday's; in the hours of
    *trouble* (first, end) it is in the state that *kind* names: its template without dates, its
    server gone, or refusing. That is to be noticed within *late* hours.
    """

    name: str
    host: str
    per_hour: float = 1.0
    edits: int = 0
    kind: str = ""
    trouble: tuple[int, int] = (0, 0)
    late: int = 0
    stories: dict[str, Story] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.site = Site(host=self.host)
        self.site.__enter__()
        self._port = int(self.site.url.rpartition(":")[2])
        self._is_up = True
        self._owed = 0.0

    def spider(self) -> type[NewsSpider]:
        """Return its source."""
        facts = {
            "name": self.name,
            "verified": "2026-03-01",
            "hosts": (self.host,),
            "routes": (Sitemap(f"{self.site.url}/sitemap.xml"),),
            "everything": True,
        }
        return type(self.name.title(), (NewsSpider,), {**facts, "__module__": __name__})

    def in_trouble(self, hour: int) -> bool:
        """Return whether *hour* is one of those of trouble."""
        return self.trouble[0] <= hour < self.trouble[1]

    def is_noticed(self, hour: int) -> bool:
        """Return whether a run at *hour* should know of the trouble."""
        return bool(self.kind) and self.trouble[0] + self.late <= hour < self.trouble[1]

    def is_open(self, hour: int) -> bool:
        """Return whether the trouble has begun, but too few articles were seen to tell."""
        return self.trouble[0] <= hour < self.trouble[0] + self.late

    def turns(self, hour: int) -> bool:
        """Return whether somebody should be told at *hour*."""
        return self.is_noticed(hour) != self.is_noticed(hour - 1)

    def pass_hour(self, hour: int, now: datetime) -> int:
        """Publish and edit what is due; return how many stories were edited."""
        self._owed += self.per_hour
        while self._owed >= 1:
            self._owed -= 1
            number = len(self.stories)
            title = f"La {WORDS[number % 10]} {number} de {self.name} {VERBS[number % 8]}"
            # Just before the run: what is published later belongs to the next.
            moment = (now - timedelta(minutes=10)).replace(microsecond=0)
            self.stories[f"/article-{number}.html"] = Story(title, moment, moment)
        day_old = [s for s in self.stories.values() if s.published < now - timedelta(hours=3)]
        edited = day_old[-self.edits :] if self.edits else []
        for story in edited:
            story.edits += 1
            story.modified = now - timedelta(minutes=5)
        self._serve(hour)
        return len(edited)

    def _serve(self, hour: int) -> None:
        dated = not (self.kind == "template" and self.in_trouble(hour))
        for path, story in self.stories.items():
            html = story.html(dated=dated)
            etag = f'"{hashlib.sha256(html.encode()).hexdigest()[:16]}"'
            self.site.pages[path] = Answer(html, headers={"ETag": etag})
        self.site["/sitemap.xml"] = sitemap(
            *((path, story.modified.isoformat()) for path, story in self.stories.items())
        )
        self.site["/robots.txt"] = ""
        if self.kind == "blocked" and self.in_trouble(hour):
            for path in set(self.site.pages) - {"/robots.txt"}:
                self.site.pages[path].status = 403
        if self.kind == "silent":
            self._be_up(not self.in_trouble(hour))

    def _be_up(self, is_up: bool) -> None:
        if self._is_up and not is_up:
            self.site.__exit__()
        elif is_up and not self._is_up:
            pages = self.site.pages
            self.site = Site(host=self.host, port=self._port)
            self.site.pages = pages
            self.site.__enter__()
        self._is_up = is_up


def papers(hours: int) -> list[Paper]:
    """Return the newspapers; what happens to them is spread over *hours*."""

    def at(first: float, end: float) -> tuple[int, int]:
        return round(first * hours), round(end * hours)

    return [
        Paper("quotidien", "127.0.0.11", per_hour=6, kind="template", trouble=at(0.4, 0.55)),
        Paper("petit", "127.0.0.16", kind="template", trouble=at(0.5, 0.75), late=2),
        Paper("muet", "127.0.0.12", per_hour=0.5, kind="silent", trouble=at(0.25, 0.33)),
        Paper("ferme", "127.0.0.13", kind="blocked", trouble=at(0.6, 0.75)),
        Paper("corrige", "127.0.0.14", edits=2),
        Paper("lent", "127.0.0.15", per_hour=0.1),
    ]
