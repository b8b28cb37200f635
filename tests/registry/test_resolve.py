"""`scrapy registry`: update, resolve, check, decide, and the SIRENs that readers then find."""

from __future__ import annotations

import pandas as pd
import pytest
import sirene_files as stock
from named_articles import article, write
from registry_command import registry
from sirene_files import establishment, siren, unit

import alescrawl
from alescrawl.dataset.errors import DatasetError
from alescrawl.entities.gazetteer.lists import institutions_by_id
from alescrawl.registry.decisions import Decision, read_decisions, write_decision

ALES, NIMES = ("30007", "ALES"), ("30189", "NIMES")
SAID = [
    article(1, "À Alès, Mécalzen et son atelier d'usinage recrutent.", "Mécalzen"),
    article(2, "Laines Peyrolle annonce un bon semestre.", "Laines Peyrolle"),
    article(3, "La CCI du Gard, à Nîmes, reçoit Ocrelia.", ("CCI du Gard", "chamber"), "Ocrelia"),
]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("stock")
    units = [unit(1, "MECALZEN"), unit(2, "LAINES PEYROLLE"), unit(3, "LAINES PEYROLLE")]
    places = [establishment(1, ALES), establishment(2, ALES), establishment(3, NIMES)]
    stock.write(folder, units=units, establishments=places)
    return folder


@pytest.fixture
def output(files, tmp_path):
    write(tmp_path, SAID)
    done = registry(tmp_path, "update", files)
    assert done.code == 0, done.stderr
    assert "3 companies of 3 with an establishment in 30" in done.stdout
    assert "Licence Ouverte 2.0" in done.stdout
    return tmp_path


def test_a_company_that_is_sure_is_linked_and_the_others_wait(output):
    done = registry(output, "resolve")
    assert "3 institutions: 1 linked, 0 decided by you" in done.stdout
    assert "1 are doubtful (`scrapy registry check`), 1 are not in the register" in done.stdout
    links = alescrawl.load_links(output)
    assert links[["institution", "siren", "company", "origin"]].to_numpy().tolist() == [
        ["Mécalzen", siren(1), "MECALZEN", "evidence"]
    ]
    assert 0.9 <= links["probability"].iloc[0] < 1
    assert "named with it: Alès (1)" in links["evidence"].iloc[0]


def test_mentions_have_the_siren_whatever_columns_are_asked_for(output):
    registry(output, "resolve")
    mentions = alescrawl.load_mentions(output)
    of_it = mentions[mentions["name"] == "Mécalzen"]
    assert of_it["siren"].tolist() == [siren(1)]
    assert mentions.loc[mentions["name"] != "Mécalzen", "siren"].isna().all()
    assert list(alescrawl.load_mentions(output, columns=["siren", "surface"])) == [
        "siren",
        "surface",
    ]
    plain = pd.read_parquet(output / "mentions")
    assert plain["siren"].isna().all(), "what is published stays what was read"
    assert mentions.dtypes.astype(str).to_dict() == _types_without_links(output)


def _types_without_links(output):
    (output / "links" / "links.parquet").unlink()
    return alescrawl.load_mentions(output).dtypes.astype(str).to_dict()


def test_institutions_are_told_with_what_the_register_knows(output):
    registry(output, "resolve")
    found = alescrawl.load_institutions(output).set_index("institution")
    assert found.loc["Mécalzen", ["siren", "company", "seat_commune", "activity"]].tolist() == [
        siren(1),
        "MECALZEN",
        "ALES",
        "25.62B",
    ]
    assert pd.isna(found.loc["Ocrelia", "siren"])
    assert alescrawl.load_companies(output)["siren"].tolist() == [siren(1)]


def test_what_is_doubtful_is_printed_with_its_evidence(output):
    registry(output, "resolve")
    told = registry(output, "check").stdout
    assert "Laines Peyrolle (Laines Peyrolle) may be" in told
    assert f"{siren(2)}  LAINES PEYROLLE, ALES: name: LAINES PEYROLLE" in told
    assert f"{siren(3)}  LAINES PEYROLLE, NIMES" in told
    assert "Mécalzen" not in told


def test_a_decision_wins_and_stays(output):
    registry(output, "resolve")
    done = registry(output, "decide", "Laines Peyrolle", siren(3), "--note", "elle m'a dit Nîmes")
    assert f"Laines Peyrolle is {siren(3)}, LAINES PEYROLLE" in done.stdout
    registry(output, "decide", "Mécalzen", "none")
    registry(output, "resolve")
    links = alescrawl.load_links(output).set_index("institution")
    assert links.loc["Laines Peyrolle", "siren"] == siren(3)
    assert links.loc["Laines Peyrolle", "evidence"] == ["elle m'a dit Nîmes"]
    assert pd.isna(links.loc["Mécalzen", "siren"])
    mentions = alescrawl.load_mentions(output).set_index("name")["siren"]
    assert mentions["Laines Peyrolle"] == siren(3)
    assert pd.isna(mentions["Mécalzen"])
    assert "nothing is doubtful" in registry(output, "check").stdout


def test_a_decision_wins_over_the_gazetteer(output):
    known = next(e for e in _with_siren() if e.subtype == "company")
    said = article(4, f"{known.name} recrute.", known.name)
    said.mentions[0].entity_id, said.mentions[0].siren = known.id, known.siren
    write(output, [*SAID, said])
    registry(output, "resolve")
    assert known.siren in alescrawl.load_mentions(output)["siren"].tolist()
    registry(output, "decide", known.id, siren(3))
    sirens = alescrawl.load_mentions(output)["siren"].tolist()
    assert siren(3) in sirens
    assert known.siren not in sirens


def _with_siren():
    return (entity for entity in institutions_by_id().values() if entity.siren)


def test_links_survive_that_tables_are_published_again(output):
    registry(output, "resolve")
    write(output, SAID)
    assert siren(1) in alescrawl.load_mentions(output)["siren"].tolist()


def test_a_decision_that_nothing_names_is_told(output):
    write_decision(output / "registry.csv", Decision("Filature Perdue", siren(2)))
    registry(output, "resolve")
    assert "your decision on Filature Perdue is not used" in registry(output, "check").stdout


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name,siren\nMécalzen,1\n", "1: the column institution is missing"),
        ("institution,siren\nMécalzen,123456789\n", "2: '123456789' is no SIREN"),
        ("institution;siren\n;none\n", "2: no institution"),
        (f"institution,siren\nA,{siren(1)}\nA,none\n", "3: A is decided twice"),
    ],
)
def test_mistakes_of_the_file_of_decisions_are_told_by_line(output, text, told):
    (output / "registry.csv").write_text(text, "utf-8")
    done = registry(output, "resolve")
    assert done.code == 1
    assert told in done.stderr
    assert not (output / "links").exists(), "nothing is linked by half of the decisions"


def test_what_french_spreadsheets_write_is_read(tmp_path):
    path = tmp_path / "registry.csv"
    path.write_bytes(
        f"\ufeffInstitution;SIREN;note\nMécalzen;{siren(1)[:3]} {siren(1)[3:]};ok\n".encode()
    )
    assert read_decisions(path) == {"Mécalzen": Decision("Mécalzen", siren(1), "ok")}


def test_without_a_file_of_companies_the_remedy_is_told(tmp_path):
    write(tmp_path, SAID)
    done = registry(tmp_path, "resolve")
    assert done.code == 1
    assert "`scrapy registry update` makes it" in done.stderr


def test_without_links_the_tables_are_empty_and_have_their_columns(tmp_path):
    write(tmp_path, SAID)
    assert len(alescrawl.load_links(tmp_path)) == len(alescrawl.load_companies(tmp_path)) == 0
    assert "probability" in alescrawl.load_links(tmp_path)
    with pytest.raises(DatasetError, match="no dataset"):
        alescrawl.load_links(tmp_path / "nowhere")
