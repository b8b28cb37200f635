"""Watch lists and search: what it costs to match new articles, to index them, and to find some.

    python benchmarks/watch.py [--articles 1000] [--names 1000]

The articles are put together from invented sentences and names. The full-text index of SQLite is
compared with what DuckDB needs to look through the same texts in the published Parquet files.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
from results import record

from alescrawl.dataset.folder import Folder
from alescrawl.dataset.ledger.articles import put_article
from alescrawl.dataset.ledger.connection import Ledger
from alescrawl.dataset.publication.publish import publish
from alescrawl.entities.finder import find_mentions
from alescrawl.items import Article, Paragraph, fingerprint
from alescrawl.watch.entries import Entry, WatchList
from alescrawl.watch.expression import parse
from alescrawl.watch.finding import find
from alescrawl.watch.index import Filters, SearchIndex
from alescrawl.watch.watching import Watching
from alescrawl.watch.wording import Wording

SYLLABLES = ("al", "bor", "ca", "dur", "el", "fri", "gal", "mar", "nor", "pey", "rol", "vas", "zen")
KINDS = ("", " Industrie", " Transports", " Habitat", " Bois", " et Fils")
SENTENCES = (
    "L'entreprise {0} ouvre un atelier à {1} et recrute douze salariés.",
    "La direction écarte tout plan social, mais les syndicats restent prudents.",
    "Le conseil municipal de {1} a voté le budget mardi soir, après un long débat.",
    "Les travaux de la route coûteront 1,2 million d'euros et dureront six mois.",
    "Selon {0}, la récolte sera bonne malgré la sécheresse du printemps.",
    "Les commerçants de {1} attendent beaucoup de la saison qui commence.",
    "Le tribunal de commerce a examiné hier le dossier de {0}.",
    "Une réunion publique est prévue en janvier, avec les riverains et les élus.",
)
TOWNS = (
    "Alès",
    "Nîmes",
    "Uzès",
    "Bagnols-sur-Cèze",
    "Le Vigan",
    "Beaucaire",
    "Anduze",
    "Sommières",
)
LENGTH = 30
"""Sentences of an article: about 400 words."""
QUERY = '"plan social" récolte -football'


def names(count: int, chance: random.Random) -> list[str]:
    """Return *count* invented names of companies."""
    made: dict[str, None] = {}
    while len(made) < count:
        word = "".join(chance.choices(SYLLABLES, k=3)).capitalize()
        made[word + chance.choice(KINDS)] = None
    return list(made)


def collected(folder: Folder, count: int, named: list[str], chance: random.Random) -> None:
    """Store *count* articles that name some of *named*."""
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    folder.prepare()
    with closing(Ledger(folder.ledger)) as ledger:
        for number in range(count):
            article = _article(number, begin + timedelta(minutes=9 * number), named, chance)
            with ledger.transaction() as db:
                put_article(db, article)
        publish(ledger, folder)


def _article(number: int, day: datetime, named: list[str], chance: random.Random) -> Article:
    url = f"https://journal.example/{number}"
    made = Article(fingerprint(url), url, url, "journal", title=f"Nouvelle {number}")
    made.published = made.fetched_at = day
    lines = [
        s.format(chance.choice(named), chance.choice(TOWNS))
        for s in chance.choices(SENTENCES, k=LENGTH)
    ]
    made.set_paragraphs([Paragraph("paragraph", line) for line in lines])
    if number < 2_000:  # noqa: PLR2004 - what is measured with mentions
        made.mentions = find_mentions(made.text or "", day.date())
    return made


def matched(folder: Folder, watched: list[str]) -> float:
    """Return the seconds of CPU to look through all articles for the names *watched*."""
    entries = tuple(Entry("name", name, name) for name in watched)
    with closing(Ledger(folder.ledger)) as ledger:
        watching = Watching(ledger, folder, Wording("fr"))
        begun = time.process_time()
        watching.watch(WatchList("all", "All", entries))
        return time.process_time() - begun


def searched(folder: Folder) -> list[tuple[str, float]]:
    """Return what was done, and the seconds it took."""
    with closing(Ledger(folder.ledger)) as ledger:
        index = SearchIndex(ledger, folder)
        begun = time.perf_counter()
        index.update()
        built = time.perf_counter() - begun
        begun = time.perf_counter()
        found = list(index.find(parse(QUERY), Filters()))
        looked_up = time.perf_counter() - begun
    begun = time.perf_counter()
    find(folder, parse(QUERY), Filters(), 30)
    whole = time.perf_counter() - begun
    size = (folder.root / "search.sqlite").stat().st_size / 1e6
    return [
        (f"index made ({size:.0f} MB)", built),
        (f"index asked for {QUERY} ({len(found)} found)", looked_up),
        ("as `scrapy find` does it, 30 shown", whole),
        *_with_duckdb(folder),
    ]


def _with_duckdb(folder: Folder) -> list[tuple[str, float]]:
    tables = str(folder.root / "articles" / "**" / "*.parquet")
    plain = "strip_accents(lower(coalesce(title, '') || ' ' || coalesce(text, '')))"
    sql = (
        f"SELECT count(*) FROM read_parquet('{tables}') WHERE {plain} LIKE '%plan social%' "
        f"AND {plain} LIKE '%recolte%' AND {plain} NOT LIKE '%football%'"
    )
    with duckdb.connect() as db:
        begun = time.perf_counter()
        (count,) = db.execute(sql).fetchone() or (0,)
        return [
            (f"DuckDB looks through the Parquet files ({count} found)", time.perf_counter() - begun)
        ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1_000)
    parser.add_argument("--names", type=int, default=1_000)
    parser.add_argument("--searched", type=int, default=20_000)
    parser.add_argument("--no-record", action="store_true", help="only print the table")
    options = parser.parse_args()
    chance = random.Random(17)
    watched = names(options.names, chance)
    others = names(5_000, chance)
    rows = ["| what | seconds |", "|---|--:|"]
    with tempfile.TemporaryDirectory() as place:
        folder = Folder(Path(place) / "watched")
        collected(folder, options.articles, watched[: len(watched) // 4] + others, chance)
        seconds = matched(folder, watched)
        rows.append(
            f"| {len(watched)} names looked for in {options.articles} new articles, items "
            f"stored and feed written (CPU) | {seconds:.2f} |"
        )
        folder = Folder(Path(place) / "searched")
        collected(folder, options.searched, others, chance)
        rows += [f"| {options.searched} articles: {w} | {s:.3f} |" for w, s in searched(folder)]
    table = "\n".join(rows)
    print(table)
    if not options.no_record:
        record("Watch lists and search", table)


if __name__ == "__main__":
    main()
