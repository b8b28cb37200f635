"""The gazetteers that come with the program, read when first asked for."""

from __future__ import annotations

import gzip
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, NamedTuple

from alescrawl.entities.gazetteer.gazetteer import Entity, Gazetteer, Name
from alescrawl.entities.gazetteer.word_lists import words_of
from alescrawl.entities.gazetteer.words import LINKS, key

if TYPE_CHECKING:
    from collections.abc import Iterator

_AMBIGUOUS: Final = "~"
GARD: Final = "30"
ABROAD: Final = "99"
_FREQUENT: Final = 40.0
"""Births in a million."""


def rows(name: str) -> Iterator[list[str]]:
    """Yield the cells of each row but the first of the table *name* in the data folder."""
    raw = (files("alescrawl") / "data" / name).read_bytes()
    if name.endswith(".gz"):
        raw = gzip.decompress(raw)
    for line in raw.decode("utf-8").split("\n")[1:]:
        if line:
            yield line.split("\t")


def plain_name(name: str) -> str:
    """Return *name* without the ending in brackets that only tells homonyms apart."""
    return name.split(" (", 1)[0] if name.endswith(")") else name


@cache
def institution_names() -> tuple[Name, ...]:
    """Return every name of every known institution."""
    names = []
    marked = _marked()
    # A site or a project of a body that has its own row is not what its bare name means.
    whole = {cells[1] for cells in rows("institutions.tsv")}
    for cells in rows("institutions.tsv"):
        id_, name, kind, aliases, first, last, _next, siren, commune, scope = cells
        entity = Entity(
            id_, plain_name(name), "institution", kind, first, last, siren, commune, scope == "gard"
        )
        others = list(filter(None, aliases.split("|")))
        is_doubtful = key(entity.name) in marked or _is_word(entity)
        if entity.name == name or first or last or entity.name not in whole:
            names.append(Name(entity, entity.name, ambiguous=False, doubtful=is_doubtful))
        for written in others:
            plain = written.removesuffix(_AMBIGUOUS)
            if written != entity.name:
                names.append(Name(entity, plain, plain != written))
    known = {key(name.written) for name in names}
    return tuple(name for name in names if not _is_site(name, known))


def _marked() -> set[str]:
    """Return what any body is called and what may mean something else."""
    aliases = (alias for cells in rows("institutions.tsv") for alias in cells[3].split("|"))
    return {key(alias) for alias in aliases if alias.endswith(_AMBIGUOUS)}


def _is_word(entity: Entity) -> bool:
    """Whether a body that is called without an article is called like a word."""
    written = key(entity.name)
    is_homograph = written in words_of("doubtful_names", "homographs", plain=True)
    return entity.subtype in {"company", "media", "party"} and (
        is_homograph or is_common_word(written)
    )


def _is_site(name: Name, known: set[str]) -> bool:
    """Whether it is a *known* company with the commune of its site, a place apart."""
    company, _, last = name.written.rpartition(" ")
    is_local = name.entity.subtype == "company" and last in _communes_of_the_gard()
    return (
        is_local
        and company[-1].isalnum()
        and key(company.rpartition(" ")[2]) not in LINKS
        and key(company) in known
    )


@cache
def _communes_of_the_gard() -> frozenset[str]:
    return frozenset(cells[1] for cells in rows("communes_gard.tsv"))


@cache
def institutions() -> Gazetteer:
    """Return the institutions, and the programmes, labels and events that are none."""
    gazetteer = Gazetteer(institution_names())
    for name, kind in rows("other_names.tsv"):
        gazetteer.add(Name(Entity("", name, "other", kind), name, ambiguous=False))
    return gazetteer


@cache
def institutions_by_id() -> dict[str, Entity]:
    """Return the known institutions by their identifier."""
    return {name.entity.id: name.entity for name in institution_names()}


@cache
def places() -> Gazetteer:
    """Return the communes of France, departments, regions, countries, natural regions, sites."""
    gazetteer = Gazetteer()
    for words, insee, name, population in rows("communes.tsv.gz"):
        gazetteer.add_later(words, _Commune(insee, name, population))
    for name, _, _ in rows("world_cities.tsv.gz"):
        gazetteer.add_later(key(name), _WorldCity(name))
    for name, kind, aliases, commune, departments in rows("places.tsv"):
        usual = name.removesuffix(_AMBIGUOUS)
        is_commune = kind == "commune"
        id_ = f"insee-{commune}" if is_commune else f"{kind}-{key(name)}".replace(" ", "-")
        entity = Entity(
            id_,
            usual,
            "place",
            kind,
            insee=commune,
            local=departments == GARD,
            departments=tuple(filter(None, departments.split("|"))),
        )
        for written in (name, *filter(None, aliases.split("|"))):
            plain = written.removesuffix(_AMBIGUOUS)
            gazetteer.add(Name(entity, plain, plain != written))
    return gazetteer


class _WorldCity(NamedTuple):
    """A town abroad."""

    name: str

    def name_of(self) -> Name:
        id_ = f"city-{key(self.name)}".replace(" ", "-")
        entity = Entity(id_, self.name, "place", "city", departments=(ABROAD,))
        return Name(entity, self.name, ambiguous=False)


class _Commune(NamedTuple):
    """A row of the communes: 35,000, of which a text names few."""

    insee: str
    name: str
    population: str

    def name_of(self) -> Name:
        entity = Entity(
            f"insee-{self.insee}",
            self.name,
            "place",
            "commune",
            insee=self.insee,
            local=self.insee.startswith(GARD),
            population=int(self.population or 0),
        )
        return Name(entity, self.name, ambiguous=False)


@cache
def given_names() -> dict[str, bool]:
    """Return each given name in plain form, and whether it is also a common word or a town."""
    return {cells[0]: cells[2] == "1" for cells in rows("given_names.tsv.gz")}


@cache
def frequent_given_names() -> frozenset[str]:
    """Return the given names that are common enough to be believed without a surname."""
    names = rows("given_names.tsv.gz")
    return frozenset(cells[0] for cells in names if float(cells[1]) > _FREQUENT)


@cache
def feminine_given_names() -> frozenset[str]:
    """Return the given names that more women than men bear."""
    return frozenset(cells[0] for cells in rows("given_names.tsv.gz") if cells[3] == "1")


@cache
def common_words() -> frozenset[str]:
    """Return the words of French news that are no names, in plain form: 13,000."""
    return frozenset(cells[0] for cells in rows("common_words.tsv.gz"))


def is_common_word(word: str) -> bool:
    """Whether *word*, in plain form, is one of French news that is no name, in the plural too."""
    common = common_words()
    return word in common or word.removesuffix("s") in common
