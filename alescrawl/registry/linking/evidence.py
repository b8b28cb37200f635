"""What speaks for and against a company being the institution that is meant: figures and words."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from math import log1p
from typing import TYPE_CHECKING, Final

from alescrawl.entities.gazetteer.communes import commune_names, gard_communes
from alescrawl.entities.gazetteer.lists import (
    GARD,
    common_words,
    given_names,
    is_common_word,
)
from alescrawl.entities.gazetteer.word_lists import words_of
from alescrawl.entities.gazetteer.words import key
from alescrawl.registry.company_names import company_key
from alescrawl.registry.company_rows import PERSON
from alescrawl.registry.linking.activities import divisions_in
from alescrawl.registry.linking.name_index import BRAND, FORMER, KINDS, SAME
from alescrawl.registry.terms import facts, name_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from alescrawl.registry.linking.name_index import Candidate
    from alescrawl.registry.linking.named import Named

FEATURES: Final = (
    "some",
    *(kind.replace(" ", "_") for kind in KINDS),
    *("common_name", "several_words", "rivals"),
    *("commune", "commune_against", "around", "elsewhere", "seat"),
    *("site", "site_against"),
    *("activity", "activity_against"),
    *("ceased", "not_yet", "unnamed_then"),
    *("size", "size_against", "employs"),
    *("person", "form", "form_against", "holds", "trade"),
)
_HOLDING: Final = ("64.20", "64.30", "66.30", "68.20", "68.32", "70.10")
"""Activities of companies that hold what another one does: participations, walls."""
_CIVIL: Final = "65"
_LAG: Final = timedelta(days=400)
"""A company is told before it is registered, and after it ceased."""
_LONG_AFTER: Final = timedelta(days=5 * 365)
_TWO_WORDS: Final = 2


class Weighed:
    """The evidence on one candidate: *figures* by feature, and why in words."""

    def __init__(self, named: Named, candidate: Candidate, rivals: int) -> None:
        self.figures = dict.fromkeys(FEATURES, 0.0)
        self.figures["some"] = 1.0
        self.words: list[str] = []
        self.is_impossible = False
        self.needs_person = False
        """Whether only a person can say so: many a company may bear such a name."""
        self._named, self._candidate, self._company = named, candidate, candidate.company
        self._weigh_name(rivals)
        self._weigh_places()
        self._weigh_activity()
        self._weigh_dates()
        self._weigh_size()
        self._weigh_form()

    @property
    def vector(self) -> list[float]:
        """The figures in the order of FEATURES."""
        return [self.figures[name] for name in FEATURES]

    def _say(self, feature: str, figure: float, words: str = "") -> None:
        self.figures[feature] = figure
        if words and figure:
            self.words.append(words)

    def _weigh_name(self, rivals: int) -> None:
        match, written = self._candidate.match, self._candidate.written
        self._say(match.replace(" ", "_"), 1.0, f"{match}: {written}")
        words = company_key(written).split()
        is_common = all(map(_says_little, words))
        self._say("common_name", float(is_common))
        self.needs_person = is_common and len(words) <= _TWO_WORDS
        self._say("several_words", float(len(words) >= _TWO_WORDS))
        self._say("rivals", log1p(rivals), f"{rivals} other companies may be meant")
        if not rivals:
            self.words.append("no other company of that name in the file")
        if self._company["legal_form"] == PERSON:
            self._guard_person(words)

    def _guard_person(self, words: list[str]) -> None:
        """Link a person's own business by its whole trade name only, never by a person's name."""
        self._say("trade", 1.0)
        is_whole = self._candidate.match in {SAME, BRAND}
        is_persons = any(word in given_names() for word in words) and len(words) <= _TWO_WORDS
        if not is_whole or is_persons or len(words) < _TWO_WORDS:
            self.is_impossible = True

    def _weigh_places(self) -> None:
        named, here = self._named, self._communes()
        near = +named.near
        if self._candidate.commune:
            near[self._candidate.commune] += 1
        fitting = sum(count for code, count in near.items() if code in here)
        others = sum(near.values()) - fitting
        if fitting:
            share = fitting / (fitting + others / 2)
            self._say("commune", share, f"named with it: {_communes(near, here)}")
        elif others:
            self._say("commune_against", min(others, 3) / 3)
            self.words.append(f"named with other communes: {_communes(near, set(near))}")
        self._weigh_sites(here)
        all_named = set(near) | set(named.around)
        self._say("around", float(bool(here & set(named.around))))
        self._say(
            "elsewhere",
            float(bool(all_named) and not any(code.startswith(GARD) for code in all_named)),
            "only communes of other departments are named",
        )
        if named.seat:
            self.needs_person &= named.seat not in here
            self._say("seat", 1.0 if named.seat in here else -1.0)

    def _weigh_sites(self, here: set[str]) -> None:
        sites = self._named.sites
        fitting = sum(count for code, count in sites.items() if code in here)
        others = sum(sites.values()) - fitting
        if fitting > others:
            self._say("site", 1.0, f"said to be at home in {_communes(sites, here)}")
        elif others > fitting:
            self._say("site_against", 1.0)
            self.words.append(f"said to be at home in {_communes(sites, set(sites) - here)}")

    def _communes(self) -> set[str]:
        company = self._company
        former = (period["value"] for period in company["seats"])
        return {code for code in (company["seat"], *company["communes"], *former) if code}

    def _weigh_activity(self) -> None:
        division = (self._company["activity"] or "")[:2]
        told = set(self._named.activities) | divisions_in(self._named.name)
        if division and division in told:
            self._say("activity", 1.0, f"its activity ({self._company['activity']}) is told")
        elif told and not self._holds():
            self._say("activity_against", 1.0)

    def _weigh_dates(self) -> None:
        company, named = self._company, self._named
        first, last = named.first, named.last
        if first is None or last is None:
            return
        if company["closed"] is not None and first > company["closed"] + _LAG:
            self._say("ceased", 1.0, f"ceased {company['closed']}, before the articles")
            self.is_impossible |= first > company["closed"] + _LONG_AFTER
        if company["created"] is not None and last < company["created"] - _LAG:
            self._say("not_yet", 1.0, f"created {company['created']}, after the articles")
            self.is_impossible = True
        elif company["created"] is not None:
            self.words.append(f"exists since {company['created']}")
        if self._candidate.match == FORMER:
            self._say("unnamed_then", float(not self._bore_name(first)))

    def _bore_name(self, day: date) -> bool:
        periods = (
            period
            for period in self._company["former_names"]
            if period["value"] == self._candidate.written
        )
        return any(period["until"] is None or day <= period["until"] + _LAG for period in periods)

    def _weigh_size(self) -> None:
        band = facts()["headcounts"].get(self._company["headcount"] or "")
        self._say("employs", float(band is not None and band[1] > 0))
        if not self._named.headcounts:
            return
        told = max(self._named.headcounts)
        if band is not None and band[0] / 2 <= told <= band[1] * 2:
            self._say("size", 1.0, f"its size ({band[0]} to {band[1]}) is told")
        elif told > (band[1] if band is not None else 0) * 5 + 10:
            self._say("size_against", 1.0)

    def _weigh_form(self) -> None:
        form = self._company["legal_form"] or ""
        is_association = form.startswith("92") or bool(self._company["association"])
        wants_one = self._named.subtype == "association"
        self._say("form", float(is_association and wants_one))
        self._say("form_against", float(is_association != wants_one and _is_told(self._named)))
        self._say("holds", float(self._holds()))

    def _holds(self) -> bool:
        company = self._company
        activity = company["activity"] or ""
        return activity.startswith(_HOLDING) or (company["legal_form"] or "").startswith(_CIVIL)

    def weigh_managers(self, managers: frozenset[str]) -> None:
        """Weigh the *managers* (folded names) that the register tells of the company."""
        if managers & self._named.persons:
            self.needs_person = False
            self._say("person", 1.0, "a manager of the register is named as its officer")


def _is_told(named: Named) -> bool:
    return named.subtype in {"company", "association"}


def _says_little(word: str) -> bool:
    """Whether a word of a name is one that many names have."""
    generic = words_of("institution_words", "generic", plain=True)
    return (
        word in generic
        or word in common_words()
        or is_common_word(word)
        or word in given_names()
        or word.isdigit()
        or word in name_words("common")
        or bool(divisions_in(word))
        or word in _commune_words()
    )


@cache
def _commune_words() -> frozenset[str]:
    return frozenset(word for commune in gard_communes() for word in key(commune.name).split())


def _communes(counted: Mapping[str, int], chosen: set[str]) -> str:
    names = commune_names()
    found = sorted((code for code in counted if code in chosen), key=lambda c: (-counted[c], c))
    return ", ".join(f"{names.get(code, code)} ({counted[code]})" for code in found[:3])
