"""The stock files become a compact file of the Gard's companies, whatever form they come in."""

from __future__ import annotations

from datetime import date

import pytest
import sirene_files as stock
from partial_files import PartialFiles
from sirene_files import establishment, siren, unit

from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.folder import Folder
from alescrawl.registry.companies import FILE, read_companies, registry_folder
from alescrawl.registry.updating import update

ALES, NIMES, UZES, LYON = (
    ("30007", "ALES"),
    ("30189", "NIMES"),
    ("30334", "UZES"),
    ("69123", "LYON"),
)

UNITS = [
    unit(1, "MECALZEN", sigle="MCZ", denominationUsuelle1="MECALZEN PRECISION"),
    unit(2, "ALGOSEL HOLDING", activitePrincipale="64.20Z", nicSiege="00029"),
    unit(3, "LAINES PEYROLLE", etatAdministratif="C", dateDebut=date(2019, 5, 31)),
    unit(4, None, categorieJuridique=1000, nom="VASSEROT", prenom1="CLAIRE", prenomUsuel="CLAIRE"),
    unit(5, None, categorieJuridique=1000, nom="MAUBRUN", prenom1="HUGO", prenomUsuel="HUGO"),
    unit(6, "CUIRS MAUBELLE", statutDiffusion="P"),
    unit(7, "TOUT AILLEURS"),
    unit(8, "[ND]"),
    unit(9, None, categorieJuridique=1000, nom="DELORGUE", statutDiffusion="P"),
    unit(10, "FILATURE DU VAL PERDU"),
]
PLACES = [
    establishment(1, ALES, enseigne1="ATELIERS MECALZEN"),
    establishment(1, NIMES, "00029", enseigne1="[ND]"),
    establishment(2, UZES, "00011", Siege=False),
    establishment(2, LYON, "00029", Siege=True),
    establishment(3, ALES),
    establishment(4, ALES, enseigne1="L'ATELIER DES OCRES"),
    establishment(5, ALES, enseigne1="HUGO MAUBRUN", denominationUsuelle="MAUBRUN"),
    establishment(6, ALES),
    establishment(7, LYON),
    establishment(8, ALES),
    establishment(9, ALES, enseigne1="CHEZ DELORGUE"),
    establishment(10, ALES, statutDiffusion="P"),
    establishment(10, NIMES, "00029", etatAdministratif="F"),
]
HISTORY = [
    {
        "siren": siren(1),
        "dateDebut": begin,
        "dateFin": end,
        "denominationUniteLegale": name,
        "nicSiegeUniteLegale": nic,
    }
    for begin, end, name, nic in (
        (date(2001, 4, 2), date(2009, 12, 31), "MECANIQUE ALZON", "00029"),
        (date(2010, 1, 1), date(2014, 6, 30), "MECANIQUE ALZON", "00011"),
        (date(2014, 7, 1), None, "MECALZEN", "00011"),
    )
]
SUCCESSIONS = [
    {
        "siretEtablissementPredecesseur": f"{siren(3)}00011",
        "siretEtablissementSuccesseur": f"{siren(1)}00011",
        "dateLienSuccession": date(2019, 5, 31),
        "continuiteEconomique": True,
    },
    {
        "siretEtablissementPredecesseur": f"{siren(2)}00011",
        "siretEtablissementSuccesseur": f"{siren(1)}00011",
        "dateLienSuccession": date(2018, 1, 1),
        "continuiteEconomique": False,
    },
]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("stock")
    stock.write(
        folder, units=UNITS, establishments=PLACES, history=HISTORY, successions=SUCCESSIONS
    )
    return folder


@pytest.fixture(scope="module")
def updated(files, tmp_path_factory):
    folder = Folder(tmp_path_factory.mktemp("output"))
    told = update(folder, str(files), "tests")
    provenance, rows = read_companies(folder)
    assert provenance == told.provenance
    return told, {row["siren"]: row for row in rows}


def test_companies_of_the_department_are_kept_with_what_the_stock_knows(updated):
    _, rows = updated
    found = rows[siren(1)]
    assert found["name"] == "MECALZEN"
    assert found["sigle"] == "MCZ"
    assert found["brands"] == ["MECALZEN PRECISION", "ATELIERS MECALZEN"]
    assert (found["seat"], found["seat_commune"]) == ALES
    assert found["communes"] == ["30007", "30189"]
    assert (found["legal_form"], found["activity"], found["headcount"]) == ("5710", "25.62B", "12")
    assert found["created"] == date(2001, 4, 2)
    assert found["active"]
    assert siren(7) not in rows


def test_a_seat_elsewhere_of_who_has_an_establishment_here_is_known(updated):
    found = updated[1][siren(2)]
    assert (found["seat"], found["seat_commune"], found["communes"]) == (*LYON, ["30334"])


def test_who_ceased_stays_with_the_day(updated):
    found = updated[1][siren(3)]
    assert not found["active"]
    assert found["closed"] == date(2019, 5, 31)


def test_a_persons_business_is_its_trade_name_alone(updated):
    told, rows = updated
    assert rows[siren(4)]["name"] == "L'ATELIER DES OCRES"
    assert siren(5) not in rows, "a trade name that is the person's name is none"
    assert told.counts.persons == 1
    assert "VASSEROT" not in repr(rows)
    assert "MAUBRUN" not in repr(rows)


def test_who_objected_to_diffusion_stays_out(updated):
    told, rows = updated
    assert {siren(6), siren(9)}.isdisjoint(rows)
    assert told.counts.hidden == 2
    assert siren(8) not in rows, "a name that is hidden is none"
    assert rows[siren(10)]["communes"] == ["30189"], "nor is a hidden address told"
    assert rows[siren(10)]["seat"] is None


def test_former_names_seats_and_successors_have_their_dates(updated):
    _, rows = updated
    assert rows[siren(1)]["former_names"] == [
        {"value": "MECANIQUE ALZON", "since": date(2001, 4, 2), "until": date(2014, 6, 30)}
    ]
    assert [(s["value"], s["until"]) for s in rows[siren(1)]["seats"]] == [
        ("30189", date(2009, 12, 31)),
        ("30007", None),
    ]
    assert rows[siren(3)]["successors"] == [
        {"value": siren(1), "since": date(2019, 5, 31), "until": None}
    ]
    assert rows[siren(2)]["successors"] == [], "without economic continuity nobody took over"


def test_licence_and_counts_are_told(updated):
    told, rows = updated
    assert told.provenance.licence == "Licence Ouverte 2.0"
    assert told.provenance.companies == len(rows) == told.counts.kept == 5
    assert told.counts.units == 9
    assert told.missing == []


def test_files_at_an_address_are_read_in_parts(files, tmp_path, updated):
    folder = Folder(tmp_path)
    with PartialFiles(files) as server:
        server.fail_once = {"StockUniteLegale_utf8.parquet": 503}
        told = update(folder, server.url, "alescrawl/0 (+nobody)")
        assert server.agents == {"alescrawl/0 (+nobody)"}
    assert {row["siren"] for row in read_companies(folder)[1]} == set(updated[1])
    assert told.counts == updated[0].counts


def test_history_and_successions_may_be_missing(tmp_path):
    stock.write(tmp_path / "stock", units=UNITS, establishments=PLACES)
    told = update(Folder(tmp_path), str(tmp_path / "stock"), "tests")
    assert len(told.missing) == 2
    assert told.counts.kept == 5


@pytest.mark.parametrize("without", ["units", "establishments"])
def test_a_stock_file_that_is_not_there_is_told_and_what_was_there_stays(tmp_path, without):
    kinds = {"units": UNITS, "establishments": PLACES}
    stock.write(tmp_path / "stock", **kinds)
    folder = Folder(tmp_path)
    update(folder, str(tmp_path / "stock"), "tests")
    before = (registry_folder(folder) / FILE).read_bytes()
    (tmp_path / "stock" / stock.FILES[without][0]).unlink()
    with pytest.raises(DatasetError, match="is not there"):
        update(folder, str(tmp_path / "stock"), "tests")
    assert (registry_folder(folder) / FILE).read_bytes() == before


def test_a_file_that_is_another_or_none_is_told(tmp_path):
    stock.write(tmp_path / "stock", units=UNITS, establishments=PLACES)
    name = stock.FILES["establishments"][0]
    (tmp_path / "stock" / name).write_bytes(
        (tmp_path / "stock" / stock.FILES["units"][0]).read_bytes()
    )
    with pytest.raises(DatasetError, match="has no column siret"):
        update(Folder(tmp_path), str(tmp_path / "stock"), "tests")
    (tmp_path / "stock" / name).write_bytes(b"<html>not found</html>")
    with pytest.raises(DatasetError, match="cannot be read as Parquet"):
        update(Folder(tmp_path), str(tmp_path / "stock"), "tests")


def test_a_server_that_gives_no_parts_or_changes_the_file_is_told(files, tmp_path):
    with PartialFiles(files) as server:
        server.gives_parts = False
        with pytest.raises(DatasetError, match="gives no parts"):
            update(Folder(tmp_path), server.url, "tests")
        server.gives_parts = True
        server.changes_after = 3
        with pytest.raises(DatasetError, match="changed while it was read"):
            update(Folder(tmp_path), server.url, "tests")
