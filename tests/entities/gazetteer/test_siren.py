"""A SIREN is one body's, has its check digit, and says where it was read."""

from collections import Counter

from alescrawl.entities.gazetteer import lists
from alescrawl.entities.gazetteer.own_names import is_siren


def numbers():
    return {cells[0]: cells[7] for cells in lists.rows("institutions.tsv") if cells[7]}


def test_every_number_has_its_check_digit():
    assert not [(id_, siren) for id_, siren in numbers().items() if not is_siren(siren)]


def test_no_number_is_on_two_bodies_but_one_that_changed_its_name():
    successors = {cells[0]: cells[6] for cells in lists.rows("institutions.tsv")}
    last = {id_: siren for id_, siren in numbers().items() if not successors[id_]}
    counts = Counter(last.values())
    assert not [siren for siren, count in counts.items() if count > 1]


def test_every_number_with_a_source_is_the_one_of_the_list():
    found = numbers()
    sources = list(lists.rows("siren_sources.tsv"))
    assert all(found[id_] == siren and source for id_, siren, source in sources)
    assert len({id_ for id_, *_ in sources}) == len(sources)
    assert len(sources) > 100


def test_companies_that_papers_name_most_have_theirs():
    found = numbers()
    named = (
        "edf",
        "sncf",
        "la-poste",
        "orange",
        "totalenergies",
        "carrefour",
        "renault",
        "chu-nimes",
    )
    assert all(id_ in found for id_ in named)
