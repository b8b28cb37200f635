"""A watch list is read as French spreadsheets write it; each mistake is one line."""

import pytest

from alescrawl.watch.lists import WatchListError, read_list
from alescrawl.watch.values import CellError, number


def written(tmp_path, text, name="liste.csv", encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def mistakes(tmp_path, text, name="liste.csv"):
    with pytest.raises(WatchListError) as told:
        read_list(written(tmp_path, text, name))
    return str(told.value).splitlines()


def test_all_kinds_and_conditions_of_a_list(tmp_path):
    read = read_list(
        written(
            tmp_path,
            "kind,value,label,topic,with,without,amount_above,jobs_above\n"
            "name,Mécalzen,Notre client,emploi,Laines Peyrolle|Algosel,football,1.5 M,20\n"
            "siren,200 066 918,,,,,,\n"
            "commune,ales,,,,,,\n"
            "epci,Nîmes Métropole,,,,,,\n"
            "topic,Énergie,,,,,,\n"
            '# a remark\nwords,"""plan social"" -football",,,,,,\n',
        )
    )
    first, *others = read.entries
    assert (first.label, first.topics, first.together) == (
        "Notre client",
        ("employment",),
        ("Laines Peyrolle", "Algosel"),
    )
    assert (first.without, first.amount_above, first.jobs_above) == (("football",), 1.5e6, 20)
    assert [(e.kind, e.value, e.label) for e in others] == [
        ("siren", "200066918", "Alès Agglomération"),
        ("commune", "30007", "Alès"),
        ("epci", "243000643", "Nîmes Métropole"),
        ("topic", "energy", "énergie"),
        ("words", '"plan social" -football', '"plan social" -football'),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_what_a_french_spreadsheet_saves_is_read(tmp_path, encoding):
    text = "Genre;Valeur;Libellé;Thème;Montant min\r\nNom;Mécalzen;;énergie;1 500 000\r\n;;;;\r\n"
    (entry,) = read_list(written(tmp_path, text, encoding=encoding)).entries
    assert (entry.kind, entry.value, entry.topics) == ("name", "Mécalzen", ("energy",))
    assert entry.amount_above == 1.5e6


def test_a_list_as_toml(tmp_path):
    text = """
title = "Veille du matin"
to = ["bureau@example.org"]
[[watch]]
kind = "name"
value = "Mécalzen"
with = ["Algosel", "Laines Peyrolle"]
amount_above = 500000
"""
    read = read_list(written(tmp_path, text, "matin.toml"))
    assert (read.name, read.title, read.recipients) == (
        "matin",
        "Veille du matin",
        ("bureau@example.org",),
    )
    assert read.entries[0].together == ("Algosel", "Laines Peyrolle")
    assert read.entries[0].amount_above == 500000


def test_each_mistake_is_a_line_with_its_place_and_what_was_meant(tmp_path):
    told = mistakes(
        tmp_path,
        "kind,value,topic,amount_above\n"
        "comune,Alès,,\n"
        "commune,Bagnol-sur-Cèze,,\n"
        "siren,200066919,,\n"
        "name,,,\n"
        "epci,Nime Métropole,,\n"
        "topic,energi,,\n"
        'words,"""plan social",,\n'
        "words,-football,,\n"
        "name,Mécalzen,emplois,beaucoup\n"
        "name,Algosel,,,,\n",
    )
    path = tmp_path / "liste.csv"
    assert [line.partition(": ")[0] for line in told] == [
        f"{path}:{n}" for n in (11, *range(2, 11))
    ]
    assert all("perhaps" in told[n] for n in (1, 2, 5, 6))
    for words in (
        "perhaps Bagnols-sur-Cèze",
        "no SIREN",
        "has no value",
        "perhaps Nîmes Métropole",
    ):
        assert words in "\n".join(told)
    assert "perhaps énergie" in told[6]
    assert ("not closed" in told[7], "must not be there" in told[8]) == (True, True)


def test_a_file_that_is_no_list_is_said_to_be_none(tmp_path):
    assert "value is missing" in "".join(mistakes(tmp_path, "kind,valeurs\nname,x\n"))
    assert "perhaps value" in mistakes(tmp_path, "kind,valu\nname,x\n")[0]
    assert "watches nothing" in mistakes(tmp_path, "kind,value\n")[0]
    assert "no TOML" in mistakes(tmp_path, "watch = [", "x.toml")[0]
    assert "perhaps title" in mistakes(tmp_path, 'titel = "x"', "x.toml")[0]
    assert "no mail address" in mistakes(tmp_path, 'to = "bureau"', "x.toml")[0]
    with pytest.raises(WatchListError, match="cannot be read"):
        read_list(tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("text", "value"),
    [("500000", 5e5), ("500 000 €", 5e5), ("1,5 M", 1.5e6), ("500.000", 5e5), ("3 k", 3e3)],
)
def test_numbers_are_read_as_they_are_written_in_france(text, value):
    assert number(text) == value
    for wrong in ("beaucoup", "-3", "1,5 X", "1,2,3"):
        with pytest.raises(CellError):
            number(wrong)
