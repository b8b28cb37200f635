"""The CSV file with which users extend the gazetteer."""

import pytest

from alescrawl.entities.finder import Finder
from alescrawl.entities.gazetteer.own_names import OwnNamesError, is_siren, read


@pytest.fixture
def names(tmp_path):
    def write(text):
        path = tmp_path / "names.csv"
        path.write_text(text, "utf-8")
        return path

    return write


def test_a_name_and_its_aliases_are_found_and_linked(names):
    own = read(names("name,kind,aliases,id,siren\nRavalou SAS,company,RVL,ravalou,732829320\n"))
    found = Finder(own).find("Hier, RVL a ouvert une usine.")
    assert [(m.surface, m.entity_id, m.siren) for m in found if m.kind == "institution"] == [
        ("RVL", "ravalou", "732829320")
    ]


def test_a_name_of_ones_own_wins_over_the_lists(names):
    own = read(names("name,kind,id\nPerrier,company,mine\n"))
    found = Finder(own).find("L'usine Perrier recrute.")
    assert [m.entity_id for m in found if m.kind == "institution"] == ["mine"]


def test_a_place_of_ones_own_is_a_place(names):
    own = read(names("name,kind\nPré aux Ânes,place\n"))
    (found,) = [m for m in Finder(own).find("Sur le Pré aux Ânes, on bâtit.") if m.kind == "place"]
    assert (found.surface, found.name) == ("Pré aux Ânes", "Pré aux Ânes")


def test_a_name_counts_only_while_it_was_borne(names):
    own = read(names("name,kind,id,valid_from\nRavalou,company,ravalou,2020\n"))
    text = "Le maire a visité Ravalou."
    assert any(m.entity_id == "ravalou" for m in Finder(own).find(text, "2021-05-01"))


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("", ":1: is empty"),
        ("name,sort\nA,company\n", ":1: unknown column 'sort'"),
        ("name,aliases\nA,B\n", ":1: the column kind is missing"),
        ("name,kind\n,company\n", ":2: no name"),
        ("name,kind\nA,firm\n", ":2: unknown kind 'firm'"),
        ("name,kind\nA,company,b\n", ":2: 3 cells, but 2 columns"),
        ("name,kind,siren\nA,company,732829321\n", ":2: siren '732829321' is not a SIREN"),
        ("name,kind,insee\nA,place,3000\n", ":2: insee '3000' is not"),
        ("name,kind,valid_from\nA,company,2024-13\n", ":2: valid_from '2024-13' is not a day"),
        ("name,kind,id\nA,company,a\nB,company,a\n", ":3: the id a is on line 2 too"),
    ],
)
def test_every_mistake_is_told_with_its_line(names, text, mistake):
    with pytest.raises(OwnNamesError, match=r"names\.csv") as caught:
        read(names(text))
    assert mistake in str(caught.value)


def test_all_mistakes_are_told_at_once(names):
    with pytest.raises(OwnNamesError) as caught:
        read(names("name,kind\n,firm\nB,shop\n"))
    assert len(str(caught.value).splitlines()) == 3


def test_a_file_that_is_not_there_or_not_text_is_told(tmp_path):
    with pytest.raises(OwnNamesError, match="cannot be read"):
        read(tmp_path / "none.csv")
    (tmp_path / "names.csv").write_bytes(b"name,kind\n\xff\xfe,company\n")
    with pytest.raises(OwnNamesError, match="cannot be read"):
        read(tmp_path / "names.csv")


def test_siren():
    assert is_siren("732829320")
    assert not is_siren("732829321")
    assert not is_siren("73282932")
