"""The kinds of mistakes in the annotated texts of the Gard, counted."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Any

from entity_sets import KINDS, gard_texts, mentions_of

from alescrawl.entities.gazetteer import lists

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alescrawl.items import Mention

COMMONEST = 10
NEAR = 120
"""Characters around a person within which a sentence may state the role."""
SINGULAR = {plural: kind for kind, plural in KINDS.items()}


def error_lines(*, shown: bool = False) -> Iterator[str]:
    """Yield a table of the commonest kinds of mistakes, by half; with *shown*, print each."""
    halves = {}
    for half in ("even", "odd"):
        found = [e for text in gard_texts(half) for e in _errors(text)]
        halves[half] = Counter(kind for kind, _ in found)
        if shown and half == "even":
            print("\n".join(f"{kind}\t{what}" for kind, what in sorted(found)))
    total = halves["even"] + halves["odd"]
    yield "| commonest mistakes on gard_dev | both halves | even | odd |"
    yield "|---|--:|--:|--:|"
    for kind, count in total.most_common(COMMONEST):
        yield f"| {kind} | {count} | {halves['even'][kind]} | {halves['odd'][kind]} |"


def _errors(text: dict[str, Any]) -> Iterator[tuple[str, str]]:
    mentions = mentions_of(text)
    for plural, kind in SINGULAR.items():
        ours = [m for m in mentions if m.kind == kind]
        golds = text[plural]
        for gold in golds:
            yield from _errors_at(gold, _over(gold, ours), kind, text["text"])
        for mention in ours:
            if not any(_overlap(g, mention) for g in (*golds, *text["ignore"])):
                yield f"{kind}: found where there is none", mention.surface


def _overlap(gold: dict[str, Any], mention: Mention) -> bool:
    return bool(mention.start < gold["end"] and gold["start"] < mention.end)


def _over(gold: dict[str, Any], mentions: list[Mention]) -> Mention | None:
    return next((m for m in mentions if _overlap(gold, m)), None)


def _errors_at(
    gold: dict[str, Any], found: Mention | None, kind: str, text: str
) -> Iterator[tuple[str, str]]:
    surface = gold["surface"]
    if found is None:
        yield f"{kind}: missed{_listed(surface) if kind == 'institution' else ''}", surface
        return
    if (found.start, found.end) != (gold["start"], gold["end"]):
        yield f"{kind}: wrong extent", f"{surface} / {found.surface}"
    name = gold.get("canonical") or gold.get("name")
    if name and _plain(name) != _plain(found.name):
        yield (
            f"{kind}: another name than the annotation's (aliases not merged)",
            f"{name} / {found.name}",
        )
    if kind == "institution" and found.subtype != gold["kind"]:
        yield "institution: wrong kind", f"{surface}: {gold['kind']} / {found.subtype}"
    if gold.get("role") and _plain(gold["role"]) != _plain(found.role):
        yield _role_error(gold, found, text), f"{surface}: {gold['role']} / {found.role}"


def _listed(surface: str) -> str:
    return ", though listed" if lists.institutions().get(surface) else ", not listed"


def _role_error(gold: dict[str, Any], found: Mention, text: str) -> str:
    near = _plain(text[max(0, gold["start"] - NEAR) : gold["end"] + NEAR])
    if _plain(gold["role"]) not in near:
        return "role: not in the words around the name"
    return "role: another one found" if found.role else "role: stated, not found"


def _plain(text: str | None) -> str:
    letters = unicodedata.normalize("NFKD", (text or "").replace("’", "'").casefold())
    words = re.findall(r"[^\W_]+", "".join(c for c in letters if not unicodedata.combining(c)))
    return " ".join(words)
