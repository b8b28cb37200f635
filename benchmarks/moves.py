"""A month of daily runs in which newspapers move, each in its own way, and one gives up its domain.

    python benchmarks/moves.py [--days 30] [--no-record]

Invented newspapers on loopback publish each day; in the middle of the month one moves to another
host, one to addresses of another form, one does both, one splits into two hosts, and the domain of
one is taken over by a foreign site. The figures say whether each was noticed at the run at which it
happened, and whether an article was lost, stands there twice, or has lost its identity.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import time_machine

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from loopback import Answer, Site, page
from results import record
from week import BEGIN, Simulation
from week_papers import VERBS, WORDS

import alescrawl
from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Feed
from alescrawl.crawling.runs.alert import tell_changes
from alescrawl.dataset.ledger.connection import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator

FORM: Final = "/{year}/{slug}.html"
OTHER_FORM: Final = "/actualites/economie/{slug}-{number}"
_LISTED: Final = 12


@dataclass
class Story:
    """An article; *number* says which of its newspaper's it is."""

    number: int
    paper: str
    published: datetime

    @property
    def title(self) -> str:
        """Its headline, which no other has."""
        word, verb = WORDS[self.number % 10], VERBS[self.number % 8]
        return f"La {word} numéro {self.number} du {self.paper} {verb} cette semaine"

    def path(self, form: str) -> str:
        """Return its path in addresses of a *form*."""
        letters = "".join(chr(ord("a") + int(digit)) for digit in str(self.number))
        slug = f"la-{WORDS[self.number % 10]}-{letters}-{self.paper}-cette-semaine"
        slug = slug.replace("é", "e").replace("è", "e")
        return form.format(year=2026, slug=slug, number=4000 + self.number)

    def html(self) -> str:
        """Return its page."""
        lines = [
            f"{self.title} : la nouvelle était attendue dans la commune depuis le printemps.",
            f"Le projet n° {self.number * 37} emploie {self.number + 12} personnes sur le site.",
            f"La mairie du {self.paper} cède le terrain {self.number}, où l'on bâtira après l'été.",
        ]
        return page(self.title, "\n".join(lines), published=self.published.isoformat())


@dataclass
class Paper:
    """A newspaper that publishes *per_day* stories; on the day *moves* it moves as *kind* says."""

    name: str
    kind: str
    host: str
    per_day: int = 3
    moves: int = 0
    stories: list[Story] = field(default_factory=list)
    is_open: bool = True

    def __post_init__(self) -> None:
        self.old = self._site(0)
        self.new = [self._site(1), self._site(2)]

    def _site(self, number: int) -> Site:
        site = Site(host=f"{self.host}{number}")
        site.__enter__()
        return site

    def spider(self) -> type[NewsSpider]:
        """Return its source, whose facts stay as they were before the move."""
        urls = [self.old.url, *(site.url for site in self.new)]
        facts = {
            "name": self.name,
            "verified": "2026-03-01",
            "hosts": (f"{self.host}0",),
            "routes": (Feed(f"{self.old.url}/feed"),),
            "article_urls": (r"^https?://[\d.]+(?::\d+)?/\d{4}/[a-z-]+\.html$",),
            "everything": True,
            "named_urls": lambda _self: iter(urls),
        }
        return type(self.name.title(), (NewsSpider,), {**facts, "__module__": __name__})

    def pass_day(self, day: int, now: datetime) -> None:
        """Publish what is due, and serve it where it lies on *day*."""
        has_moved = bool(self.kind) and day >= self.moves
        if not (has_moved and self.kind == "foreign"):
            for hour in range(self.per_day):
                moment = (now - timedelta(hours=hour + 1)).replace(microsecond=0)
                self.stories.append(Story(len(self.stories), self.name, moment))
        (self._serve_moved if has_moved else self._serve)()

    def _serve(self) -> None:
        for story in self.stories:
            self.old[story.path(FORM)] = story.html()
        self.old["/feed"] = self._feed(self.old, FORM, self.stories)

    def _serve_moved(self) -> None:
        if self.kind == "foreign":
            self._serve_foreign()
            return
        form = OTHER_FORM if self.kind in {"path", "both"} else FORM
        for story in self.stories:
            site = self._site_of(story)
            site[story.path(form)] = story.html()
            if story.path(form) not in site.pages or site is not self.old or form != FORM:
                self.old[story.path(FORM)] = _moved(f"{site.url}{story.path(form)}")
        if self.kind == "path":
            self.old["/feed"] = self._feed(self.old, form, self.stories)
        elif self.kind == "split":
            self.old["/feed"] = self._feed(None, form, self.stories)
        else:
            self.new[0]["/feed"] = self._feed(self.new[0], form, self.stories)
            self.old["/feed"] = _moved(f"{self.new[0].url}/feed")

    def _site_of(self, story: Story) -> Site:
        if self.kind == "path":
            return self.old
        return self.new[story.number % 2 if self.kind == "split" else 0]

    def _serve_foreign(self) -> None:
        foreign = self.new[0]
        paths = [f"/2026/cheap-holiday-deals-for-you-{word}.html" for word in "abcdef"]
        for path in paths:
            foreign[path] = page("Cheap holiday deals for you", "Book now and save money today.")
        items = "".join(
            f"<item><title>Cheap deals {n}</title><link>{foreign.url}{path}</link></item>"
            for n, path in enumerate(paths)
        )
        foreign["/feed"] = Answer(f"<rss><channel>{items}</channel></rss>", type="text/xml")
        foreign["/"] = page("Cheap holiday deals", "Book now and save money today.")
        for path in list(self.old.pages):
            self.old[path] = _moved(f"{foreign.url}{path if path == '/feed' else '/'}")

    def _feed(self, site: Site | None, form: str, stories: list[Story]) -> Answer:
        items = "".join(
            f"<item><title>{each.title}</title><link>"
            f"{(site or self._site_of(each)).url}{each.path(form)}</link></item>"
            for each in stories[-_LISTED:]
        )
        return Answer(f"<rss><channel>{items}</channel></rss>", type="text/xml")


def _moved(url: str) -> Answer:
    return Answer(status=301, headers={"Location": url})


class Month(Simulation):
    """Runs *days* of *press* into *output*, a run a day; keeps what each article was called."""

    def __init__(self, press: list[Paper], output: Path, days: int) -> None:
        super().__init__(press, output, days)  # type: ignore[arg-type]  # they have what it needs
        self._papers = press
        self.identities: dict[str, set[str]] = {}
        self._clock: time_machine.Traveller | None = None

    async def _pass_hours(self, clock: time_machine.Traveller) -> None:
        for day in range(self._hours):
            clock.move_to(BEGIN + timedelta(days=day))
            for paper in self._papers:
                paper.pass_day(day, datetime.now(UTC))
            crawls = await self._crawl()
            mail = self._mail.read_text() if self._mail.exists() else ""
            with closing(Ledger(self.folder.ledger)) as ledger:
                tell_changes(self._hook, ledger)
            new = self._mail.read_text()[len(mail) :] if self._mail.exists() else ""
            self.week.verdicts.append({o.source: o.verdict for o in crawls.outcomes})
            self.week.told.append([line[2:] for line in new.splitlines() if line.startswith("- ")])
            for row in _rows(self.folder.root):
                self.identities.setdefault(row["title"], set()).add(row["article_id"])


def _rows(output: Path) -> list[dict[str, str]]:
    columns = ["article_id", "title", "source", "url"]
    found: list[dict[str, str]] = alescrawl.load_articles(output, columns=columns).to_dict(
        "records"
    )
    return found


@dataclass
class Figures:
    """What came of one kind of move."""

    kind: str
    at_its_run: bool
    lost: int
    doubled: int
    renamed: int
    told: int
    false: int


def figures(press: list[Paper], month: Month) -> Iterator[Figures]:
    """Yield what came of each newspaper."""
    rows = _rows(month.folder.root)
    for paper in press:
        own = [row["title"] for row in rows if row["source"] == paper.name]
        titles = {story.title for story in paper.stories}
        due = {"foreign": "gone", "": ""}.get(paper.kind, "moved")
        verdicts = [day[paper.name] for day in month.week.verdicts]
        told = [line for day in month.week.told for line in day if line.startswith(paper.name)]
        yield Figures(
            paper.kind or "none",
            not due or verdicts[paper.moves] == due,
            len(titles - set(own)),
            len(own) - len(set(own)) + len(set(own) - titles),
            sum(len(month.identities.get(title, ())) > 1 for title in titles),
            len(told),
            sum(
                verdict == "moved" and (due != "moved" or day < paper.moves)
                for day, verdict in enumerate(verdicts)
            ),
        )


def papers(days: int) -> list[Paper]:
    """Return the newspapers; each moves on a day of its own about the middle."""
    kinds = ("host", "path", "both", "split", "foreign", "")
    return [
        Paper(f"journal{letter}", kind, f"127.0.{40 + n}.1", moves=days // 2 + n - 2)
        for n, (letter, kind) in enumerate(zip("abcdef", kinds, strict=True))
    ]


def _line(f: Figures) -> str:
    noticed = "yes" if f.at_its_run else "no"
    counts = (f.lost, f.doubled, f.renamed, f.told, f.false)
    return f"| {f.kind} | {noticed} | {' | '.join(map(str, counts))} |"


def main() -> int:
    """Simulate, print, record; return 1 where anything was lost, doubled or told wrongly."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--no-record", action="store_true")
    options = parser.parse_args()
    press = papers(options.days)
    with (
        tempfile.TemporaryDirectory() as folder,
        time_machine.travel(BEGIN, tick=True) as clock,
    ):
        month = Month(press, Path(folder) / "output", options.days)
        month.run(clock)
        found = list(figures(press, month))
    count = sum(len(paper.stories) for paper in press)
    lines = [
        f"{options.days} daily runs of {len(press)} sources, {count} articles.",
        "",
        "| kind of move | noticed at its run | lost | doubled | identity lost | told | false |",
        "|---|---|--:|--:|--:|--:|--:|",
        *map(_line, found),
    ]
    print("\n".join(lines))
    if not options.no_record:
        record("A month in which sources move", "\n".join(lines))
    good = all(f.at_its_run and not (f.lost or f.doubled or f.renamed or f.false) for f in found)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
