"""A judged set of invented companies and articles that name them: homonyms, groups, traps.

`cases()` gives what articles say of some 250 institutions and which company each of them is, or
none; `companies()` the register's rows for them, among two thousand others. Both halves have names
and sentences of their own: one is for tuning, the other is kept apart.
"""

from __future__ import annotations

import random
import sys
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))
from sirene_files import siren

from alescrawl.entities.gazetteer.communes import commune_names
from alescrawl.registry.linking.named import Named, read_article

ALES, NIMES, UZES, BAGNOLS, VIGAN = "30007", "30189", "30334", "30028", "30350"
BEAUCAIRE, ANDUZE, SOMMIERES, VAUVERT, ALZON = "30032", "30010", "30321", "30341", "30009"
TOWNS = (ALES, NIMES, UZES, BAGNOLS, VIGAN, BEAUCAIRE, ANDUZE, SOMMIERES, VAUVERT)
FAR = ("34172", "69123", "13055", "31555", "84007", "48095")

WORDS = """
Mécalzen Algosel Valdorne Peyromat Cardouze Brizonnel Ferralune Toumezan Gardéquip Sylvérac
Ocrelia Vistrane Cévénor Rhônadis Salinéo Galeizan Lézanor Aubrétec Pradelix Combazur Estélan
Mourvédix Lussanor Barjanel Castillonne Trélysia Vézéna Fontarelle Grisolane Marquésia Tavelor
Laudunex Chusclaron Orsanel Bessegia Robiacor Ganiéror Molièrix Rochebelia Tamarisel Destivalle
Croisetec Quissacor Sauvélia Lasallix Monoblan Cardétan Tornacor Massillarg Ribautec Bouquétan
Vallerix Brouzétec Seynéla Navacellix Mégiéro Méjanix Potellor Belvézor Fonsaral Montagnix
Crespiane Combaillor Parignane Gajanor Fontanix Dionéla Caveirax Langladix Bernisor Uchaudel
Vergézia Codognix Mussélor Aimarguel Marsilor Gallargix Aubaïor Junasel Villevix Salinellor
Aspérix
""".split()  # noqa: SIM905 - a list of so many is not read
FAMILIES = """
Vasserot Maubrun Delorgue Belkhodjat Peyrolle Maubelle Tressandier Guiralet Combescuret
Roumejoux Vielzeuf Bancilhan Soustelix Chazalnoël Mazaudier Puechméjan Lacrouzette Thibérac
Fabréguette Nogarédix Valmalette Bruguerolle Sabatelle Crouzonnel
""".split()  # noqa: SIM905 - a list of so many is not read
GENERIC = (
    "Boulangerie du Centre", "Garage de la Gare", "Hôtel du Parc", "Menuiserie du Midi",
    "Pharmacie du Pont", "Transports du Sud", "Café de la Place", "Imprimerie de la Tour",
    "Le Fournil", "Jardins du Soleil", "Maison de la Presse", "Électricité Générale",
)  # fmt: skip
TRADES: dict[str, tuple[str, str]] = {
    "25.62B": ("Usinage", "L'atelier d'usinage et de chaudronnerie"),
    "10.71C": ("Boulangerie", "La boulangerie et ses deux fours"),
    "16.23Z": ("Menuiserie", "La menuiserie, qui pose des charpentes,"),
    "49.41A": ("Transports", "Le transporteur et ses camions"),
    "13.10Z": ("Filature", "La filature de laine"),
    "55.10Z": ("Hôtel", "L'hôtel et ses chambres"),
    "43.22A": ("Plomberie", "Le plombier et ses chauffagistes"),
    "62.01Z": ("Logiciels", "L'éditeur de logiciels, champion du numérique,"),
    "38.32Z": ("Recyclage", "Le centre de tri et de recyclage"),
    "46.31Z": ("Négoce", "Le grossiste du négoce de fruits"),
    "22.29A": ("Plastiques", "L'usine de plastiques et d'emballages"),
    "15.12Z": ("Cuirs", "Le maroquinier et ses cuirs"),
}
OPENINGS = {
    0: (
        "{name} recrute trente personnes à {town}.",
        "À {town}, {name} agrandit son site cet automne.",
        "L'entreprise {name}, installée à {town}, cherche un repreneur.",
        "Le directeur de {name} a reçu les élus à {town} mardi.",
    ),
    1: (
        "Bonne nouvelle pour {town} : {name} y double ses effectifs.",
        "La société {name} quitte le centre de {town} pour la zone d'activités.",
        "« Nous restons à {town} », assure la direction de {name}.",
        "Grève chez {name} : les salariés de {town} ont cessé le travail.",
    ),
}
BARE = {
    0: ("{name} annonce un bon semestre.", "Le carnet de commandes de {name} est plein."),
    1: ("Les comptes de {name} sont à l'équilibre.", "{name} change de directeur général."),
}


class Case(NamedTuple):
    """An institution as articles have it, and the SIREN it is; empty where the file has it not."""

    kind: str
    half: int
    named: Named
    truth: str


class _Set:
    """The set while it is made."""

    def __init__(self) -> None:
        self.chance = random.Random(19)
        self.companies: list[dict[str, Any]] = []
        self.cases: list[Case] = []
        self.half = 0
        self._number = 7_000_000
        words = list(WORDS)
        self.chance.shuffle(words)
        self._words = {0: words[::2], 1: words[1::2]}
        self._families = {0: list(FAMILIES[::2]), 1: list(FAMILIES[1::2])}
        self._generic = {0: list(GENERIC[::2]), 1: list(GENERIC[1::2])}

    def word(self) -> str:
        """Return a name of one word that no other case has."""
        if self._words[self.half]:
            return self._words[self.half].pop()
        parts = ("al", "bor", "ca", "dur", "el", "fri", "gal", "mar", "nor", "pey", "rol", "vaz")
        return "".join(self.chance.choices(parts, k=4)).capitalize()

    def name(self) -> str:
        """Return a name of one or two words."""
        if self.chance.choice((True, False)):
            return self.word()
        return f"{self.chance.choice(list(TRADES.values()))[0]} {self.word()}"

    def family(self) -> str:
        family = self._families[self.half].pop(0)
        self._families[self.half].append(family)
        return family

    def generic(self) -> str:
        found = self._generic[self.half].pop(0)
        self._generic[self.half].append(found)
        return found

    def company(self, name: str, town: str, **columns: Any) -> str:  # noqa: ANN401 - of a row
        """Add a company to the register; return its SIREN."""
        self._number += self.chance.randrange(1, 40)
        trades = [code for code, (word, _) in TRADES.items() if name.startswith(f"{word} ")]
        given = {
            "siren": siren(self._number),
            "name": name.upper(),
            "sigle": None,
            "brands": [],
            "former_names": [],
            "legal_form": self.chance.choice(("5710", "5499", "5599")),
            "created": date(self.chance.randrange(1975, 2018), 3, 1),
            "closed": None,
            "active": True,
            "activity": trades[0] if trades else self.chance.choice(list(TRADES)),
            "headcount": self.chance.choice(("01", "02", "03", "11", "12", "21", "NN")),
            "category": "PME",
            "association": None,
            "seat": town,
            "seat_commune": commune_names()[town].upper(),
            "communes": [town] if town.startswith("30") else [self.town()],
            "seats": [],
            "successors": [],
        }
        self.companies.append(given | columns)
        return str(given["siren"])

    def town(self, *, besides: str = "") -> str:
        return self.chance.choice([town for town in TOWNS if town != besides])

    def case(self, kind: str, name: str, truth: str, texts: list[str], **more: Any) -> None:  # noqa: ANN401 - of a case
        """Add an institution of which articles say *texts*, in which places are found."""
        found: dict[str, Named] = {}
        day = more.get("day", datetime(2023, 5, 4, 8, tzinfo=UTC))
        for number, text in enumerate(texts):
            row = {
                "published": day + timedelta(days=40 * number),
                "first_seen": None,
                "text": text,
                "duplicate_of": None,
            }
            subtype = more.get("subtype", "company")
            mentions = [*_mentions(name, text, subtype), *more.get("mentions", ())]
            read_article(row, mentions, found)
        self.cases.append(Case(kind, self.half, found[name], truth))

    def said(self, name: str, town: str, activity: str = "") -> str:
        opening = self.chance.choice(OPENINGS[self.half])
        lead = opening.format(name=name, town=commune_names()[town])
        return f"{lead} {TRADES[activity][1]} tourne jour et nuit." if activity else lead

    def bare(self, name: str, activity: str = "") -> str:
        lead = self.chance.choice(BARE[self.half]).format(name=name)
        return f"{lead} {TRADES[activity][1]} tourne jour et nuit." if activity else lead


def _mentions(name: str, text: str, subtype: str) -> list[dict[str, Any]]:
    empty = dict.fromkeys(("entity_id", "siren", "insee", "affiliation", "about", "number"))
    start = text.index(name)
    made = [
        empty
        | {
            "kind": "institution",
            "surface": name,
            "start": start,
            "end": start + len(name),
            "name": name,
            "subtype": subtype,
        }
    ]
    for code in (*TOWNS, *FAR):
        town = commune_names()[code]
        at = text.find(town)
        if at >= 0 and not start <= at < start + len(name):
            place = {"kind": "place", "surface": town, "start": at, "end": at + len(town)}
            made.append(empty | place | {"name": town, "subtype": "commune", "insee": code})
    return made


def _unique_with_town(made: _Set) -> None:
    name, town = made.name(), made.town()
    own = made.company(name, town)
    made.case("unique, its town", name, own, [made.said(name, town)])


def _unique_several(made: _Set) -> None:
    name, town = made.name(), made.town()
    own = made.company(name, town, activity="25.62B")
    texts = [made.said(name, town), made.bare(name, "25.62B"), made.bare(name)]
    made.case("unique, several articles", name, own, texts)


def _unique_activity(made: _Set) -> None:
    name = made.name()
    activity = made.chance.choice(list(TRADES))
    own = made.company(name, made.town(), activity=activity, headcount="12")
    made.case("unique, its activity", name, own, [made.bare(name, activity)])


def _unique_bare(made: _Set) -> None:
    name = made.word()
    own = made.company(name, made.town())
    made.case("unique, nothing told", name, own, [made.bare(name)])


def _homonyms_town(made: _Set) -> None:
    name, town = made.name(), made.town()
    own = made.company(name, town)
    made.company(name, made.town(besides=town))
    made.case("homonyms, town decides", name, own, [made.said(name, town)])


def _homonyms_alike(made: _Set) -> None:
    name, town = made.name(), made.town()
    own = made.company(name, town, activity="49.41A", headcount="11")
    made.company(name, town, activity="49.41A", headcount="11")
    made.case("homonyms, nothing decides", name, own, [made.said(name, town, "49.41A")])


def _homonyms_bare(made: _Set) -> None:
    name, town = made.name(), made.town()
    own = made.company(name, town)
    made.company(name, made.town(besides=town))
    made.case("homonyms, nothing told", name, own, [made.bare(name)])


def _homonyms_activity(made: _Set) -> None:
    name, town = made.word(), made.town()
    own = made.company(name, town, activity="62.01Z", headcount="12")
    made.company(name, town, activity="43.22A", headcount="11")
    made.case("homonyms, activity decides", name, own, [made.said(name, town, "62.01Z")])


def _namesake_far(made: _Set) -> None:
    name = made.name()
    made.company(name, made.town())
    far = made.chance.choice(FAR)
    made.case("namesake of a company elsewhere", name, "", [made.said(name, far)])


def _namesake_other_town(made: _Set) -> None:
    name, town = made.name(), made.town()
    made.company(name, town, activity="43.22A")
    text = made.said(name, made.town(besides=town), "62.01Z")
    made.case("namesake in another town", name, "", [text])


def _namesake_activity(made: _Set) -> None:
    name = made.word()
    made.company(name, made.town(), activity="43.22A")
    made.case("namesake of another activity", name, "", [made.bare(name, "62.01Z")])


def _not_in_file(made: _Set) -> None:
    name = made.name()
    made.case("not in the file", name, "", [made.said(name, made.town())])


def _trade_name(made: _Set) -> None:
    name, town = f"L'Atelier {made.word()}", made.town()
    own = made.company(name, town, legal_form="1000", headcount="NN")
    made.case("a person's trade name", name, own, [made.said(name, town)])


def _surname(made: _Set) -> None:
    family, town = made.family(), made.town()
    made.company(f"MENUISERIE {family}", town, legal_form="1000", headcount="NN")
    made.case("a surname alone", family, "", [made.said(family, town)])


def _sigle(made: _Set) -> None:
    letters = "".join(made.chance.choices("BCDFGKLMPRTVZ", k=4))
    town = made.town()
    own = made.company(f"Société {made.word()} de mécanique", town, sigle=letters, headcount="21")
    made.case("a sigle", letters, own, [made.said(letters, town), made.said(letters, town)])


def _renamed(made: _Set) -> None:
    before, after, town = made.name(), made.word(), made.town()
    former = {"value": before.upper(), "since": date(2001, 1, 1), "until": date(2020, 6, 30)}
    own = made.company(after, town, former_names=[former], created=date(2001, 1, 1))
    day = datetime(2018, 9, 1, 8, tzinfo=UTC)
    made.case("its former name", before, own, [made.said(before, town)], day=day)


def _ceased(made: _Set) -> None:
    name, town = made.name(), made.town()
    made.company(name, town, active=False, closed=date(2009, 3, 1), created=date(1980, 1, 1))
    made.case("ceased long before", name, "", [made.said(name, town)])


def _not_yet(made: _Set) -> None:
    name, town = made.name(), made.town()
    made.company(name, town, created=date(2021, 3, 1))
    day = datetime(2017, 9, 1, 8, tzinfo=UTC)
    made.case("created long after", name, "", [made.said(name, town)], day=day)


def _group(made: _Set) -> None:
    name, town = made.word(), made.town()
    own = made.company(name, town, headcount="21")
    made.company(f"{name} Holding", town, activity="64.20Z", headcount="NN")
    made.company(f"SCI {name}", town, activity="68.20B", legal_form="6540", headcount=None)
    made.case("a company with its holding and walls", name, own, [made.said(name, town)])


def _same_walls(made: _Set) -> None:
    name, town = made.name(), made.town()
    own = made.company(name, town, headcount="12")
    made.company(name, town, activity="68.20B", legal_form="6540", headcount=None)
    made.case("its walls bear its name", name, own, [made.said(name, town)])


def _franchise(made: _Set) -> None:
    name = f"{made.word()} Market"
    town, *others = made.chance.sample(TOWNS, k=5)
    own = made.company(f"SARL {made.word()}", town, brands=[name.upper()], activity="46.31Z")
    for other in others:
        made.company(f"SARL {made.word()}", other, brands=[name.upper()], activity="46.31Z")
    made.case("a brand of many, its town", name, own, [made.said(name, town)])


def _franchise_bare(made: _Set) -> None:
    name = f"{made.word()} Express"
    own, *_ = [
        made.company(f"SARL {made.word()}", t, brands=[name.upper()], activity="46.31Z")
        for t in made.chance.sample(TOWNS, k=3)
    ]
    made.case("a brand of many, nothing told", name, own, [made.bare(name)])


def _generic_town(made: _Set) -> None:
    name, town = made.generic(), made.town()
    own = made.company(name, town)
    for other in made.chance.sample([t for t in TOWNS if t != town], k=2):
        made.company(name, other)
    name = f"{name} {made.word()}"
    own = made.company(name, town)
    made.case("a common name with a word of its own", name, own, [made.said(name, town)])


def _generic_unknown(made: _Set) -> None:
    name, town = made.generic(), made.town()
    made.company(name, town, activity="68.20B")
    made.case("a common name, another's", name, "", [made.said(name, made.town(besides=town))])


def _more_words(made: _Set) -> None:
    name, town = made.word(), made.town()
    own = made.company(f"{name} Industries France", town, headcount="21")
    made.case("words left out", name, own, [made.said(name, town, "25.62B")])


def _association(made: _Set) -> None:
    name, town = f"Les Amis de {made.word()}", made.town()
    own = made.company(name, town, legal_form="9220", activity="94.99Z", association="W302000001")
    made.company(name, town)
    made.case("an association", name, own, [made.said(name, town)], subtype="association")


def _with_commune(made: _Set) -> None:
    name, town = made.word(), made.town()
    own = made.company(name, town, headcount="12")
    made.company(name, made.town(besides=town))
    written = f"{name} {commune_names()[town]}"
    made.case("the town in its name", written, own, [made.bare(written)])


def _size(made: _Set) -> None:
    name, town = made.word(), made.town()
    own = made.company(name, town, headcount="31", activity="22.29A")
    made.company(name, town, headcount="01", activity="22.29A")
    jobs = {"kind": "jobs", "subtype": "counted", "number": 220.0, "about": name}
    empty = dict.fromkeys(("entity_id", "siren", "insee", "affiliation", "name", "surface"))
    mentions = [empty | {"start": 0, "end": 1} | jobs]
    made.case("size decides", name, own, [made.said(name, town, "22.29A")], mentions=mentions)


def _other_activity(made: _Set) -> None:
    name, town = made.word(), made.town()
    own = made.company(name, town, activity="25.62B", headcount="12")
    made.case("its customers' activity is told", name, own, [made.said(name, town, "62.01Z")])


def _stranger_here(made: _Set) -> None:
    name, town = made.word(), made.town()
    made.company(name, town, activity="43.22A")
    made.case("a stranger in its town", name, "", [made.said(name, town, "22.29A")])


def _several_towns(made: _Set) -> None:
    name = made.name()
    town, *others = made.chance.sample(TOWNS, k=3)
    own = made.company(name, town, headcount="11")
    named = " et ".join(commune_names()[each] for each in others)
    text = f"{made.said(name, town)} Ses clients sont à {named}."
    made.case("several towns", name, own, [text])


def _comes_from_far(made: _Set) -> None:
    name, town = made.word(), made.town()
    made.company(name, town)
    far = commune_names()[made.chance.choice(FAR)]
    opening = ("Venu de {0}, {1} ouvre une agence à {2}.", "Basée à {0}, {1} vise {2}.")[made.half]
    text = opening.format(far, name, commune_names()[town])
    made.case("comes from elsewhere, a namesake here", name, "", [text])


def _common_here(made: _Set) -> None:
    name, town = made.generic(), made.town()
    own = made.company(name, town)
    truth = own if made.chance.choice((True, False)) else ""
    made.case("a common name in its town", name, truth, [made.said(name, town)])


KINDS = (
    *((_other_activity, 6), (_stranger_here, 3), (_several_towns, 6), (_comes_from_far, 4)),
    *((_common_here, 5),),
    *((_unique_with_town, 15), (_unique_several, 8), (_unique_activity, 6), (_unique_bare, 4)),
    *((_homonyms_town, 13), (_homonyms_alike, 6), (_homonyms_bare, 4), (_homonyms_activity, 5)),
    *((_namesake_far, 8), (_namesake_other_town, 6), (_namesake_activity, 4), (_not_in_file, 4)),
    *((_trade_name, 4), (_surname, 4), (_sigle, 3), (_renamed, 5), (_ceased, 3), (_not_yet, 2)),
    *((_group, 5), (_same_walls, 4), (_franchise, 4), (_franchise_bare, 2), (_generic_town, 3)),
    *((_generic_unknown, 3), (_more_words, 4), (_association, 3), (_with_commune, 3), (_size, 2)),
)
"""What is made, and how often in each half."""


@cache
def _made() -> _Set:
    made = _Set()
    for half in (0, 1):
        made.half = half
        for make, count in KINDS:
            for _ in range(count):
                make(made)
    made.half = 0
    for number in range(2_000):
        word = "".join(made.chance.choices(("bi", "cho", "dré", "fou", "gui", "lé", "mo"), k=4))
        trade = made.chance.choice(list(TRADES.values()))[0]
        made.company(f"{trade} {word}" if number % 2 else word, made.town())
    return made


def cases() -> list[Case]:
    """Return the cases of both halves."""
    return _made().cases


def companies() -> list[dict[str, Any]]:
    """Return the register's rows."""
    return _made().companies
