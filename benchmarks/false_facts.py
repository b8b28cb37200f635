"""Counts the false facts that are stated of invented texts, by kind: those of benchmarks/facts.

The texts under « == checked » of each file were only scored; what was found in the « tuned » ones
was looked at while rules were made, and in those of « checked 3 » after they had been scored once.
A role is false where the text says another or none of that person, or gives it to another body; a
place is false where a text on a namesake gives it the INSEE code of the Gard's commune.

    python benchmarks/false_facts.py [--errors] [--no-record] [--section TITLE]

With PYTHONPATH at another version of the package it is that version that is measured.
"""

from __future__ import annotations

import argparse
import inspect
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from results import record

from alescrawl import assess_relevance
from alescrawl.entities.finder import Finder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from alescrawl.items import Mention

FACTS = Path(__file__).parent / "facts"
HALVES = ("tuned", "checked", "tuned 2", "checked 2", "checked 3")
FINDER = Finder()
SURE = 0.5
GARD = "30"


def found_in(text: str, title: str) -> list[Mention]:
    """Return what *text* names, with its *title* where the version measured takes one."""
    takes_title = "title" in inspect.signature(FINDER.find).parameters
    return FINDER.find(text, title=title) if takes_title else FINDER.find(text)


class Fact(NamedTuple):
    """One thing that was counted: of which kind, whether it holds, and what it is about."""

    kind: str
    holds: bool
    what: str


def lines(name: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the half and the cells of each line of a file of facts."""
    half = HALVES[0]
    for line in (FACTS / name).read_text("utf-8").splitlines():
        if line.startswith("=="):
            half = line.removeprefix("==").strip()
        elif line and not line.startswith("#"):
            yield half, [cell.strip() for cell in line.split("|")]


def plain(text: str | None) -> str:
    letters = unicodedata.normalize("NFKD", (text or "").replace("’", "'").casefold())
    return " ".join(re.findall(r"\w+", "".join(c for c in letters if not unicodedata.combining(c))))


def fits(gold: str, found: str | None) -> bool:
    """Whether *found* is one of the forms of *gold*, which are parted by /."""
    forms = {plain(form) if form != "-" else "" for form in gold.split("/")}
    return gold == "*" or "*" in gold.split("/") or plain(found) in forms


def roles(cells: list[str]) -> Iterator[Fact]:
    text, golds = cells
    persons = [m for m in FINDER.find(text) if m.kind == "person"]
    for gold in golds.split(";"):
        name, _, said = gold.partition(":")
        role, _, body = (part.strip() for part in said.partition("@"))
        found = next((p for p in persons if plain(name) in plain(p.surface) and p.role), None)
        has_role = found is not None and (found.score or 0) >= SURE
        yield from role_facts(name.strip(), role, body, found if has_role else None)


def role_facts(name: str, role: str, body: str, found: Mention | None) -> Iterator[Fact]:
    """Yield whether the role *found* is the one that the gold *role* and *body* say."""
    past = role.startswith(("past:", "future:"))
    forms = role.replace("past:", "").replace("future:", "")
    is_right = found is not None and fits(forms, found.role)
    if is_right and body and found and found.affiliation:
        is_right = fits(body, found.affiliation)
    elif is_right and not body and found and found.affiliation:
        is_right = "-" not in role.split("/") or len(role) > 1
    if past and is_right and found and not role.startswith("-"):
        is_right = bool(getattr(found, "tenure", None))
    shown = f"{name}: {role} @ {body} / {found and (found.role, found.affiliation)}"
    if found is not None:
        yield Fact("role given", is_right, shown)
    if "-" not in forms.split("/"):
        yield Fact("role stated", is_right, shown)


def homonyms(cells: list[str]) -> Iterator[Fact]:
    mark, name, title, text = cells
    found = [m for m in found_in(text, title) if plain(name) in plain(m.surface)]
    insee = [m.insee for m in found if m.kind == "place" and m.insee]
    in_gard = any(code.startswith(GARD) for code in insee)
    gard_body = any("commune-" in (m.entity_id or "") for m in found)
    scope = "gard" if mark == "0" else None  # what a source of the Gard writes is not all of it
    is_gard = assess_relevance(title, text, scope=scope).is_gard
    shown = f"{name}: {title} {text} / {insee} {is_gard}"
    kind = "namesake" if mark == "0" else "commune of the Gard"
    yield Fact(f"{kind}: INSEE", (in_gard or gard_body) == (mark == "1"), shown)
    yield Fact(f"{kind}: is_gard", is_gard == (mark == "1"), shown)


def short_forms(cells: list[str]) -> Iterator[Fact]:
    mark, name, title, text = cells
    found = [m for m in found_in(text, title) if plain(m.surface) == plain(name)]
    ids = {m.entity_id for m in found if m.entity_id}
    shown = f"{name}: {title} {text} / {ids}"
    if mark == "0":
        yield Fact("short form elsewhere", not any(map(of_the_gard, ids)), shown)
    else:
        yield Fact("short form in the Gard", any(i.startswith(mark) for i in ids), shown)


def of_the_gard(entity_id: str) -> bool:
    from alescrawl.entities.gazetteer.lists import institutions_by_id  # noqa: PLC0415 - late

    if entity_id.startswith(("region-occitanie", "region-languedoc")):
        return True
    return institutions_by_id()[entity_id].local


def prose(cells: list[str]) -> Iterator[Fact]:
    text, golds = cells
    found = {plain(m.surface) for m in FINDER.find(text) if m.kind == "institution"}
    for gold in map(str.strip, golds.split(";")):
        names = [plain(n) for n in gold[1:].split("/")]
        if gold[0] == "+":
            yield Fact("institution of prose", any(n in found for n in names), f"{gold}: {found}")
        else:
            met = any(set(n.split()) & set(f.split()) for f in found for n in names)
            yield Fact("no institution", not met, f"{gold}: {text} / {found}")


def identities(cells: list[str]) -> Iterator[Fact]:
    text, golds = cells
    found = FINDER.find(text)
    for gold in map(str.strip, golds.split(";")):
        name, _, said = (part.strip() for part in gold.rpartition(":"))
        met = [m for m in found if plain(m.surface) == plain(name)]
        stated = {m.kind for m in met} | {m.entity_id for m in met if m.entity_id}
        shown = f"{gold}: {text} / {stated}"
        forms = said.split("/")
        holds = any(s.startswith(f) for s in stated for f in forms) if stated else "-" in forms
        if "*" not in forms:
            is_none = forms == ["-"]
            yield Fact("word that is no name" if is_none else "name of several", holds, shown)


def jobs(cells: list[str]) -> Iterator[Fact]:
    text, golds = cells
    found = [m for m in FINDER.find(text) if m.kind in {"jobs", "amount"}]
    wanted = [] if golds == "none" else [_wanted(gold) for gold in golds.split(";")]
    for number, kind, whose, insee in wanted:
        met = next((m for m in found if m.number == number), None)
        yield from _value_facts(f"{text} / {golds}", met, kind, whose, insee)
    numbers = {number for number, *_ in wanted}
    for mention in found:
        if mention.number not in numbers and golds == "none":
            yield Fact("value where none is", holds=False, what=f"{text}: {mention.surface}")


def _wanted(gold: str) -> tuple[float, str, str, str]:
    match = re.fullmatch(r"\s*(\d+) ([\w/]+)(?: @ ([^#]+?))?(?: # (\d+))?\s*", gold)
    assert match, gold
    return float(match[1]), match[2], match[3] or "", match[4] or ""


def _value_facts(
    shown: str, met: Mention | None, kind: str, whose: str, insee: str
) -> Iterator[Fact]:
    stated = met and (met.unit if met.kind == "amount" else met.subtype)
    shown = f"{shown} / {met and (met.surface, stated, about(met), met.insee)}"
    yield Fact("value: kind", bool(met) and stated in kind.split("/"), shown)
    if met and about(met):
        yield Fact("value: whose, given", same_body(about(met), whose), shown)
    if met and met.insee:
        yield Fact("value: commune, given", met.insee == insee, shown)
    if whose:
        yield Fact("value: whose, stated", met is not None and same_body(about(met), whose), shown)
    if insee:
        yield Fact("value: commune, stated", bool(met) and met.insee == insee, shown)


def about(mention: Mention) -> str:
    from alescrawl.entities.gazetteer.lists import institutions_by_id  # noqa: PLC0415 - late

    told = getattr(mention, "about", None) or ""
    return institutions_by_id()[told].name if told in institutions_by_id() else told


def same_body(found: str, gold: str) -> bool:
    return bool(gold and found and (plain(gold) in plain(found) or plain(found) in plain(gold)))


KINDS: dict[str, Callable[[list[str]], Iterator[Fact]]] = {
    "roles.txt": roles,
    "homonyms.txt": homonyms,
    "short_forms.txt": short_forms,
    "prose.txt": prose,
    "identities.txt": identities,
    "jobs.txt": jobs,
}


def measured(*, shown: bool = False) -> dict[str, Counter[tuple[str, bool]]]:
    """Return by kind how many facts hold and how many do not, in each half."""
    counts: dict[str, Counter[tuple[str, bool]]] = {}
    for name, judge in KINDS.items():
        for half, cells in lines(name):
            for fact in judge(cells):
                counts.setdefault(fact.kind, Counter())[half, fact.holds] += 1
                if shown and not fact.holds and half.startswith(HALVES[0]):
                    print(f"{fact.kind}\t{fact.what}")
    return counts


def table(counts: dict[str, Counter[tuple[str, bool]]]) -> Iterator[str]:
    yield "| fact |" + "".join(f" wrong, {half} | of |" for half in HALVES)
    yield "|---|" + "--:|--:|" * len(HALVES)
    for kind, of in counts.items():
        cells = [(of[h, False], of[h, False] + of[h, True]) for h in HALVES]
        yield f"| {kind} | " + " | ".join(f"{wrong} | {all_}" for wrong, all_ in cells) + " |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--errors", action="store_true", help="print what is wrong, tuned half")
    parser.add_argument("--no-record", action="store_true", help="leave RESULTS.md as it is")
    parser.add_argument("--section", default="False facts", help="title in RESULTS.md")
    options = parser.parse_args()
    text = "\n".join(table(measured(shown=options.errors)))
    print(text)
    if not options.no_record:
        record(options.section, text)


if __name__ == "__main__":
    main()
