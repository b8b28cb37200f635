"""An output folder with invented articles, mentions and runs, as large as asked for.

All is invented but the communes of the Gard. The same numbers come out each time.
"""

import random
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

from alescrawl.dataset import schema, tables
from alescrawl.dataset.gate.quality import FILLED
from alescrawl.dataset.storage.files import LocalStorage
from alescrawl.dataset.storage.parquet import write_rows
from alescrawl.entities.gazetteer.lists import rows as table
from alescrawl.items import Article, Mention, fingerprint
from alescrawl.registry.events import EVENTS_FILE

NOW = datetime(2026, 11, 26, 18, tzinfo=UTC)
TITLES = ("Courrier", "Écho", "Journal", "Gazette", "Réveil", "Lettre", "Mémoire", "Tribune")
AREAS = (
    *("d'Entregardons", "des Terres d'Orb", "du Sud des Rocs", "de Basse-Cévenne"),
    *("des Garrigues", "du Val perdu", "des deux Ponts"),
)
BODIES = (
    ("chamber", "Chambre des métiers de Valdrome"),
    ("public_body", "Agglo de Haute-Gardonnenque"),
    *(("company", "Mécalzen"), ("company", "Algosel"), ("company", "Laines Peyrolle")),
    *(("school", "École des mines de Sarvan"), ("cluster", "Pôle Ocre et Eau")),
    *(("union", "Union des ateliers cévenols"), ("association", "Les Amis du Temple-Vieux")),
    *(("company", "Cuirs Maubelle"), ("public_body", "Port sec d'Auzon"), ("media", "Radio Grès")),
)  # fmt: skip
TOPICS = (
    *("employment", "industry", "commerce", "agriculture", "tourism", "construction"),
    *("energy", "transport", "public_finance", "training", "startups", "insolvency"),
)
SUBJECTS = (
    *("recrute trente personnes", "ouvre un atelier", "cherche un repreneur", "lève des fonds"),
    *("ferme sa boutique", "reprend la filature", "agrandit son entrepôt", "vend sa récolte"),
)
PERSONS = ("Claire Vasserot", "Hugo Maubrun", "Sarah Belkhodjat", "Yannick Delorgue")


def write(output, articles=400, sources=12, months=18, seed=8):
    """Write a dataset of so many *articles* to *output*; return the articles."""
    chance = random.Random(seed)
    names = [f"source{number:02}" for number in range(sources)]
    bodies = _bodies(max(24, min(120, articles // 20)))
    communes = [(c[0], c[1], int(c[2])) for c in table("communes_gard.tsv") if c[2].isdigit()]
    made = [
        _article(chance, number, names, (bodies, communes), months) for number in range(articles)
    ]
    for name in names:
        of_source = [article for article in made if article.source == name]
        _put(output, tables.ARTICLES, name, map(tables.article_row, of_source))
        mentions = [asdict(m) | {"source": name} for a in of_source for m in a.mentions]
        _put(output, tables.MENTIONS, name, mentions)
    for number, name in enumerate(names):
        put_runs(output, name, _runs(chance, name, number))
    put_events(output, _events(chance, months))
    return made


def put_events(output, events):
    """Put notices of the gazette: (event_id, siren, kind, date) and what else is stated."""
    none = dict.fromkeys(schema.OF_REGISTRY[tables.EVENTS].names)
    rows = []
    for event_id, siren, kind, date, more in events:
        stated = {"event_id": event_id, "siren": siren, "kind": kind, "date": date, "facts": []}
        rows.append(none | stated | {"published": date} | more)
    write_rows(rows, schema.OF_REGISTRY[tables.EVENTS], LocalStorage(output), EVENTS_FILE)


def siren_of(name):
    """The invented SIREN of an invented company."""
    return f"{int(fingerprint(name)[:12], 16) % 10**9:09}"


def put_runs(output, source, runs):
    """Replace the runs of *source*."""
    _put(output, tables.RUNS, source, runs)


def put_articles(output, source, articles):
    """Replace the articles of *source* and their mentions."""
    _put(output, tables.ARTICLES, source, map(tables.article_row, articles))
    mentions = [asdict(m) | {"source": source} for a in articles for m in a.mentions]
    _put(output, tables.MENTIONS, source, mentions)


def run(source, started, verdict="ok", *, lead=None, why=()):
    """Return a row of the table of runs, one hour or so long."""
    rates = dict.fromkeys(FILLED, 0.96) | ({} if lead is None else {"lead": lead})
    row = dict.fromkeys(schema.RUNS.names)
    row |= {name: 0 for name in schema.RUNS.names if str(schema.RUNS.field(name).type) == "int32"}
    return row | {
        "run_id": f"{started:%Y%m%dT%H%M%S}-{source}",
        "source": source,
        "started": started,
        "ended": started + timedelta(minutes=4),
        "kind": "crawl",
        "finish_reason": "finished",
        "reasons": [],
        "origins": [],
        "program_version": "0",
        "verdict": verdict,
        "why": list(why),
        "articles_read": 0 if verdict in {"nothing_new", "blocked", "gone"} else 20,
        "median_words": 400.0,
        "fill_rates": [{"name": n, "share": share} for n, share in rates.items()],
    }


def _put(output, name, source, rows):
    kept = ({column: row.get(column) for column in schema.TABLES[name].names} for row in rows)
    key = f"{name}/source={source}/all.parquet"
    write_rows(kept, schema.TABLES[name], LocalStorage(output), key)


def _bodies(count):
    found = list(BODIES)
    for number in range(count - len(found)):
        subtype, name = BODIES[number % len(BODIES)]
        found.append((subtype, f"{name} {number // len(BODIES) + 2}"))
    return found


def _article(chance, number, names, known, months):
    bodies, communes = known
    source_number = min(int(chance.expovariate(4 / len(names))), len(names) - 1)
    source = names[source_number]
    # The last sources fall silent for two months, three months ago.
    age = chance.random() ** 1.25 * months * 30
    if source_number % 5 == 3 and 60 < age < 125:
        age += 70
    published = NOW - timedelta(days=age, minutes=chance.randrange(600))
    subtype, body = bodies[min(int(chance.expovariate(9 / len(bodies))), len(bodies) - 1)]
    title = f"{body} {chance.choice(SUBJECTS)} ({number})"
    url = f"https://{source}.example/{published:%Y/%m}/{fingerprint(title)}"
    reserved = chance.random() < 0.04
    lead = f"À {chance.choice(communes)[1]}, {body} fait parler de son projet : {title.lower()}."
    return Article(
        article_id=fingerprint(url),
        url=url,
        canonical_url=url,
        source=source,
        publisher=f"{TITLES[source_number % 8]} {AREAS[source_number % 7]}",
        title=title,
        lead=None if reserved else lead,
        published=published if chance.random() > 0.01 else None,
        published_precision="minute",
        topics=[] if reserved else chance.sample(TOPICS, k=chance.choice((0, 1, 1, 2, 3))),
        is_gard=chance.random() < 0.8,
        is_economic=chance.random() < 0.85,
        tdm_reserved=reserved,
        duplicate_of="0" * 16 if chance.random() < 0.05 else None,
        first_seen=max(published + timedelta(hours=2), NOW - timedelta(days=months * 20)),
        fetched_at=published + timedelta(hours=2),
        mentions=[] if reserved else _mentions(chance, url, (subtype, body), known),
    )


def _mentions(chance, url, first, known):
    bodies, communes = known
    article_id = fingerprint(url)
    common = bodies[: max(4, len(bodies) // 3)]
    with_it = [first, *chance.sample(common, k=chance.choice((0, 0, 1, 2, 3)))]
    found = [
        Mention(
            *(article_id, "institution", name),
            name=name,
            subtype=kind,
            siren=siren_of(name) if kind == "company" else None,
        )
        for kind, name in with_it
    ]
    weights = [population for *_, population in communes]
    for insee, name, _ in chance.choices(communes, weights, k=chance.choice((1, 1, 2, 3))):
        found.append(Mention(article_id, "place", name, name=name, insee=insee))
    person = chance.choice(PERSONS)
    found.append(Mention(article_id, "person", person, name=person))
    if chance.random() < 0.15:
        what = chance.choice(("created", "created", "cut"))
        count = float(int(chance.lognormvariate(3, 1)) + 1)
        found.append(
            Mention(
                article_id, "jobs", f"{count:.0f} emplois", number=count, unit="jobs", subtype=what
            )
        )
    return found


def _events(chance, months):
    companies = [name for kind, name in BODIES if kind == "company"] + [None] * 4
    for number in range(3 * months):
        date = (NOW - timedelta(days=chance.randrange(months * 30))).date()
        name, kind = chance.choice(companies), chance.choice(("insolvency_opening", "sale"))
        unnamed = f"Atelier {number} de Sarvan"
        told = {
            "tribunal": "Tribunal de commerce de Nîmes",
            "url": f"https://bodacc.example/{number}",
        }
        yield f"A{number}", siren_of(name or unnamed), kind, date, told | {"name": name or unnamed}


def _runs(chance, name, number):
    runs = []
    for age in range(30, -1, -1):
        started = NOW - timedelta(days=age, hours=1)
        verdict = "ok" if chance.random() < 0.7 else "nothing_new"
        lead, why = None, ()
        if number % 9 == 4 and age < 4:
            verdict, lead = "degraded", 0.12
            why = ("lead is filled in 12% of the articles, usually 96%",)
        if number % 11 == 7 and age < 9:
            verdict, why = "blocked", ("the routes were refused: http_403",)
        runs.append(run(name, started, verdict, lead=lead, why=why))
    return runs
