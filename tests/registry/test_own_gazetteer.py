"""`scrapy registry gazetteer`: linked companies that are often named become names of the user's."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import sirene_files as stock
from named_articles import article, write
from registry_command import registry
from sirene_files import establishment, siren, unit

from alescrawl.entities.finder import Finder
from alescrawl.entities.gazetteer import own_names

ALES = ("30007", "ALES")
SAID = [
    *(article(n, "À Alès, Mécalzen recrute des usineurs.", "Mécalzen") for n in range(1, 4)),
    article(4, "À Alès, Ocrelia s'agrandit.", "Ocrelia"),
]


@pytest.fixture(scope="module")
def output(tmp_path_factory):
    folder = tmp_path_factory.mktemp("stock")
    units = [unit(1, "MECALZEN", sigle="MCZ"), unit(2, "OCRELIA")]
    stock.write(folder, units=units, establishments=[establishment(n, ALES) for n in (1, 2)])
    output = tmp_path_factory.mktemp("dataset")
    write(output, SAID)
    assert registry(output, "update", folder).code == 0
    assert registry(output, "resolve").code == 0
    return output


def rows(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_what_is_named_often_is_added_once(output, tmp_path):
    path = tmp_path / "names.csv"
    done = registry(output, "gazetteer", path)
    assert done.stdout.startswith("+ Mécalzen\n1 companies added"), done.stderr
    (row,) = rows(path)
    assert (row["name"], row["kind"], row["siren"]) == ("Mécalzen", "company", siren(1))
    assert (row["aliases"], row["insee"]) == ("MCZ~", "30007")
    assert "0 companies added" in registry(output, "gazetteer", path).stdout
    assert len(rows(path)) == 1
    own = own_names.read(path)
    found = Finder(own_names=own).find("Mécalzen embauche à Alès. MCZ y construit un atelier.")
    assert [m.siren for m in found if m.kind == "institution"] == [siren(1), siren(1)]


def test_what_the_user_wrote_stays(output, tmp_path):
    path = tmp_path / "names.csv"
    path.write_text("name,kind\nPré aux Ânes,place\nMECALZEN,company\n", "utf-8")
    done = registry(output, "gazetteer", path, "--least", "1")
    assert "+ Ocrelia" in done.stdout
    assert [row["name"] for row in rows(path)] == ["Pré aux Ânes", "MECALZEN", "Ocrelia"]


def test_a_file_with_mistakes_is_not_touched(output, tmp_path):
    path = tmp_path / "names.csv"
    path.write_text("name,kind\nAlgosel,compagnie\n", "utf-8")
    done = registry(output, "gazetteer", path)
    assert done.code == 1
    assert "names.csv:2: unknown kind 'compagnie'" in done.stderr
    assert Path(path).read_text("utf-8") == "name,kind\nAlgosel,compagnie\n"
