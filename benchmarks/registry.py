"""Companies: how well names are linked, what update, resolve and events cost, what kills lose.

    python benchmarks/registry.py [--rows 1000000] [--kills 20]

Files and interfaces are stand-ins on this machine, in the documented forms; all companies are
invented. Where the register itself could not be reached nothing is measured against it.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

import sirene_files as stock
from invented_dataset import put_articles
from measured import measure
from open_data import OpenData, judgment, record
from registry_model import figures, outcomes
from registry_set import cases, companies
from results import record as keep

from alescrawl.dataset.schema import COMPANIES
from alescrawl.items import Article, Mention, fingerprint
from alescrawl.registry.companies import Provenance, write_companies
from alescrawl.registry.linking.name_index import NameIndex
from alescrawl.registry.linking.probability import model

ROOT = Path(__file__).parents[1]
PANDAS = """
import sys, pandas as pd
folder, out = sys.argv[1:]
places = pd.read_parquet(f"{folder}/StockEtablissement_utf8.parquet")
units = pd.read_parquet(f"{folder}/StockUniteLegale_utf8.parquet")
here = places[places["codeCommuneEtablissement"].str.startswith("30")]
known = units[units["siren"].isin(here["siren"]) & (units["statutDiffusionUniteLegale"] == "O")]
known.merge(here, on="siren").to_parquet(out)
print(len(known))
"""
TOWNS = (("Alès", "30007"), ("Nîmes", "30189"), ("Uzès", "30334"))
THRESHOLDS = (0.5, 0.7, 0.8, 0.9, 0.95)
_SYLLABLES = (
    "al",
    "bor",
    "ca",
    "dur",
    "el",
    "fri",
    "gal",
    "mar",
    "nor",
    "pey",
    "rol",
    "vas",
    "zen",
)


def linking() -> str:
    """Return precision and recall by threshold, of both halves of the judged set."""
    found = outcomes(cases(), NameIndex(companies()), model())
    lines = [
        "| threshold | links right, tuned half | found | links right, half kept apart | found |",
        "|--:|--:|--:|--:|--:|",
    ]
    for threshold in THRESHOLDS:
        cells = []
        for half in (0, 1):
            of_half = [(case, outcome) for case, outcome in found if case.half == half]
            linked, right, possible = figures(of_half, threshold)
            cells += [f"{right} of {linked} ({right / linked:.3f})", f"{right / possible:.2f}"]
        chosen = " (used)" if threshold == model().threshold else ""
        lines.append(f"| {threshold}{chosen} | {' | '.join(cells)} |")
    cases_told = f"{len(cases())} cases, a name each, {len(companies())} companies in the file."
    return f"{cases_told}\n\n" + "\n".join(lines)


def updating(folder: Path, rows: int) -> str:
    """Return seconds and memory of update over *rows* of each file, beside plain pandas."""
    files = folder / "stock"
    stock.write_many(files, rows)
    output = folder / "updated"
    environment = {"PYTHONPATH": str(ROOT)}
    own = measure(_command(output, ["update", str(files)]), ROOT, environment)
    plain = measure(
        [sys.executable, "-c", PANDAS, str(files), str(folder / "plain.parquet")], ROOT, environment
    )
    kept = pq.ParquetFile(output / "registry" / "companies.parquet").metadata.num_rows
    used = {"scrapy registry update": own, "pandas, both files read whole": plain}
    lines = [
        f"update, {rows:,} units and {rows:,} establishments, {kept:,} companies kept:",
        "",
        "| | seconds | CPU s | peak MB |",
        "|---|--:|--:|--:|",
        *(
            f"| {name} | {u.seconds:.1f} | {u.cpu_seconds:.1f} | {u.peak_mb:.0f} |"
            for name, u in used.items()
        ),
    ]
    return "\n".join(lines)


def _command(output: Path, words: list[str], *more: str) -> list[str]:
    own = (f"ALESCRAWL_OUTPUT={output}", f"ALESCRAWL_REGISTRY_DECISIONS={output}/none.csv")
    settings = [w for each in (*own, *more) for w in ("-s", each)]
    return [sys.executable, "-m", "scrapy", "registry", *words, *settings]


def invented_names(count: int, chance: random.Random) -> list[str]:
    """Return *count* names of two invented words."""
    made: dict[str, None] = {}
    while len(made) < count:
        first, last = ("".join(chance.choices(_SYLLABLES, k=3)).capitalize() for _ in range(2))
        made[f"{first} {last}"] = None
    return list(made)


def write_dataset(output: Path, names: list[str], chance: random.Random) -> None:
    """Write a dataset in which each of *names* stands in three articles."""
    begin = datetime(2024, 1, 1, 8, tzinfo=UTC)
    articles = [
        _article(number, name, chance.choice(TOWNS), begin + timedelta(minutes=17 * number))
        for number, name in enumerate(names * 3)
    ]
    put_articles(output, "generated", articles)


def _article(number: int, name: str, town: tuple[str, str], day: datetime) -> Article:
    url = f"https://generated.example/{number}"
    text = (
        f"À {town[0]}, {name} et son atelier d'usinage recrutent douze personnes cet automne. "
        + "Le conseil municipal a voté hier le budget de la ville, après un long débat. " * 12
    )
    article_id, start = fingerprint(url), text.index(name)
    mentions = [
        Mention(article_id, "place", town[0], 2, 2 + len(town[0]), name=town[0], insee=town[1]),
        Mention(
            article_id,
            "institution",
            name,
            start,
            start + len(name),
            name=name,
            subtype="company",
        ),
    ]
    return Article(
        article_id=article_id,
        url=url,
        canonical_url=url,
        source="generated",
        title=name,
        text=text,
        published=day,
        first_seen=day,
        fetched_at=day,
        mentions=mentions,
    )


def write_register(output: Path, names: list[str], count: int, chance: random.Random) -> None:
    """Write a compact file of *count* companies, those of *names* among them."""
    rows = []
    others = invented_names(count - len(names), chance)
    for number, name in enumerate([*names, *others], 1):
        town, insee = chance.choice(TOWNS)
        row = dict.fromkeys(COMPANIES.names)
        row |= {"siren": stock.siren(number), "name": name.upper(), "legal_form": "5710"}
        row |= {"created": "2001-04-02", "active": True, "activity": "25.62B", "headcount": "12"}
        row |= {"seat": insee, "seat_commune": town.upper(), "communes": [insee], "brands": []}
        rows.append(row | {"former_names": [], "seats": [], "successors": []})

    def told(count: int) -> Provenance:
        return Provenance("generated", "", "", None, datetime.now(UTC), "30", count)

    write_companies(output / "registry" / "companies.parquet", rows, told)


def resolving(folder: Path, institutions: int, registered: int) -> str:
    """Return what resolve costs."""
    chance = random.Random(5)
    output = folder / "resolved"
    names = invented_names(institutions, chance)
    write_dataset(output, names, chance)
    write_register(output, names, registered, chance)
    used = measure(_command(output, ["resolve"]), ROOT, {"PYTHONPATH": str(ROOT)})
    links = len(pd.read_parquet(output / "links"))
    return (
        f"resolve, {institutions:,} institutions in {3 * institutions:,} articles, a file of "
        f"{registered:,} companies: {used.cpu_seconds:.1f} s CPU ({used.seconds:.1f} s), "
        f"{used.peak_mb:.0f} MB, {links:,} linked."
    )


def notices(sirens: list[str], each: int, chance: random.Random) -> list[dict[str, object]]:
    """Return *each* notices of every one of *sirens*, from 2008 on."""
    days = (date(2026, 11, 1) - date(2008, 1, 2)).days
    found = []
    for number in range(len(sirens) * each):
        siren = sirens[number // each]
        day = date(2008, 1, 2) + timedelta(days=chance.randrange(days))
        id_ = f"A{day:%Y}{number % 9999:04}{number:06}"
        told = judgment("Jugement d'ouverture de redressement judiciaire", day=day.isoformat())
        found.append(record(id_, siren, published=day.isoformat(), jugement=told))
    return found


def gazette(folder: Path, count: int, each: int) -> str:
    """Return requests and seconds of the events of *count* companies since 2008."""
    output = folder / "gazette"
    sirens = [stock.siren(n) for n in range(1, count + 1)]
    _link(output, sirens)
    with OpenData() as data:
        data.records = notices(sirens, each, random.Random(2))
        settings = (f"ALESCRAWL_REGISTRY_GAZETTE={data.url}", "ALESCRAWL_REGISTRY_DELAY=0")
        command = _command(output, ["events"], *settings)
        first = measure(command, ROOT, {"PYTHONPATH": str(ROOT)})
        asked = len(data.queries)
        second = measure(command, ROOT, {"PYTHONPATH": str(ROOT)})
        again = len(data.queries) - asked
    events = len(pd.read_parquet(output / "events"))
    return (
        f"events, {count:,} companies since 2008, {count * each:,} notices: {asked} requests, "
        f"{first.seconds:.0f} s with the stand-in ({first.cpu_seconds:.0f} s CPU, "
        f"{first.peak_mb:.0f} MB), {events:,} events; half a second between two requests makes it "
        f"{asked / 2:.0f} s at least. The next run: {again} requests, {second.seconds:.0f} s."
    )


def _link(output: Path, sirens: list[str]) -> None:
    """Write a dataset of one article that names a company of each of *sirens*."""
    url = "https://generated.example/all"
    mentions = [
        Mention(fingerprint(url), "institution", s, 0, 1, name=s, subtype="company", siren=s)
        for s in sirens
    ]
    day = datetime(2025, 3, 10, tzinfo=UTC)
    known = {
        "article_id": fingerprint(url),
        "url": url,
        "canonical_url": url,
        "source": "generated",
    }
    article = Article(**known, published=day, fetched_at=day, mentions=mentions)
    put_articles(output, "generated", [article])


def kills(folder: Path, count: int) -> str:
    """Return what *count* kills of events, update and resolve lost or doubled."""
    chance = random.Random(11)
    sirens = [stock.siren(n) for n in range(1, 121)]
    files = folder / "few"
    stock.write_many(files, 60_000, share_here=0.2)
    faults: list[str] = []
    killed = 0
    with OpenData() as data:
        data.records = notices(sirens, 20, random.Random(3))
        settings = (f"ALESCRAWL_REGISTRY_GAZETTE={data.url}", "ALESCRAWL_REGISTRY_DELAY=0.02")
        words = {"events": ["events"], "update": ["update", str(files)], "resolve": ["resolve"]}
        whole = folder / "whole"
        _link(whole, sirens)
        seconds = {n: _run(whole, settings, w) for n, w in words.items()}
        expected = _state(whole)
        for number in range(count):
            output = folder / f"killed{number}"
            _link(output, sirens)
            for name in list(words)[: 1 + number % 3]:
                if name != list(words)[number % 3]:
                    _run(output, settings, words[name])
            name = list(words)[number % 3]
            killed += _kill(output, settings, words[name], chance.uniform(0.6, 1) * seconds[name])
            faults += [f"{name}: {what}" for what in _unreadable(output)]
            for each in words.values():
                _run(output, settings, each)
            faults += [f"{name}: {n} differ" for n, v in _state(output).items() if v != expected[n]]
    for fault in faults:
        print(fault)
    told = f"{count} kills of events, update and resolve ({killed} while they ran)"
    return f"{told}: {len(faults)} faults."


def _run(output: Path, settings: tuple[str, ...], words: list[str]) -> float:
    began = time.monotonic()
    command = _command(output, words, *settings)
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, env=_environment())
    return time.monotonic() - began


def _kill(output: Path, settings: tuple[str, ...], words: list[str], after: float) -> bool:
    command = _command(output, words, *settings)
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=_environment()
    )
    try:
        process.communicate(timeout=after)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.communicate()
    return process.returncode == -signal.SIGKILL


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def _state(output: Path) -> dict[str, list[dict[str, object]]]:
    """Return the rows of each table, as they come."""
    tables = ("events", "links", "companies")
    rows = {n: pd.read_parquet(output / n).astype(str).to_dict("records") for n in tables}
    file = pq.read_table(output / "registry" / "companies.parquet")
    return rows | {"file": file.to_pylist()}


def _unreadable(output: Path) -> list[str]:
    found = []
    for path in output.rglob("*.parquet"):
        try:
            pq.ParquetFile(path, page_checksum_verification=True).read()
        except (pa.ArrowException, OSError) as error:
            found.append(f"{path.name} cannot be read: {error}")
    return found


def main() -> None:
    """Measure all, and keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--kills", type=int, default=20)
    options = parser.parse_args()
    parts = [linking()]
    print(parts[-1])
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for part in (
            lambda: resolving(folder, 10_000, 150_000),
            lambda: gazette(folder, 2_000, 20),
            lambda: kills(folder, options.kills),
            lambda: updating(folder, options.rows),
        ):
            parts.append(part())
            print(parts[-1], flush=True)
    parts.append(
        "Not measured: links of real names to the real register, which this machine does not reach."
    )
    keep("Companies of the registers", "\n\n".join(parts))


if __name__ == "__main__":
    main()
