"""Stand-ins of Insee's stock files: real Parquet with their columns, of invented companies."""

import random
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

_TEXT, _DAY = pa.string(), pa.date32()
UNITS = pa.schema(
    [
        *((n, _TEXT) for n in ("siren", "statutDiffusionUniteLegale")),
        ("unitePurgeeUniteLegale", pa.bool_()),
        ("dateCreationUniteLegale", _DAY),
        *((n, _TEXT) for n in ("sigleUniteLegale", "sexeUniteLegale")),
        *((f"prenom{n}UniteLegale", _TEXT) for n in (1, 2, 3, 4)),
        *((n, _TEXT) for n in ("prenomUsuelUniteLegale", "pseudonymeUniteLegale")),
        *((n, _TEXT) for n in ("identifiantAssociationUniteLegale", "trancheEffectifsUniteLegale")),
        ("anneeEffectifsUniteLegale", pa.int64()),
        ("dateDernierTraitementUniteLegale", pa.timestamp("us")),
        ("nombrePeriodesUniteLegale", pa.int64()),
        ("categorieEntreprise", _TEXT),
        ("anneeCategorieEntreprise", pa.int64()),
        ("dateDebut", _DAY),
        *((n, _TEXT) for n in ("etatAdministratifUniteLegale", "nomUniteLegale")),
        *((n, _TEXT) for n in ("nomUsageUniteLegale", "denominationUniteLegale")),
        *((f"denominationUsuelle{n}UniteLegale", _TEXT) for n in (1, 2, 3)),
        ("categorieJuridiqueUniteLegale", pa.int64()),
        *((n, _TEXT) for n in ("activitePrincipaleUniteLegale",)),
        ("nomenclatureActivitePrincipaleUniteLegale", _TEXT),
        *((n, _TEXT) for n in ("nicSiegeUniteLegale", "economieSocialeSolidaireUniteLegale")),
        *((n, _TEXT) for n in ("societeMissionUniteLegale", "caractereEmployeurUniteLegale")),
        ("activitePrincipaleNAF25UniteLegale", _TEXT),
    ]
)
_ADDRESS = (
    *("complementAdresse", "numeroVoie", "indiceRepetition", "dernierNumeroVoie"),
    *("indiceRepetitionDernierNumeroVoie", "typeVoie", "libelleVoie", "codePostal"),
    *("libelleCommune", "libelleCommuneEtranger", "distributionSpeciale", "codeCommune"),
    *("codeCedex", "libelleCedex", "codePaysEtranger", "libellePaysEtranger"),
)
_SECOND = tuple(n for n in _ADDRESS if "ernierNumero" not in n)
ESTABLISHMENTS = pa.schema(
    [
        *((n, _TEXT) for n in ("siren", "nic", "siret", "statutDiffusionEtablissement")),
        ("dateCreationEtablissement", _DAY),
        ("trancheEffectifsEtablissement", _TEXT),
        ("anneeEffectifsEtablissement", pa.int64()),
        ("activitePrincipaleRegistreMetiersEtablissement", _TEXT),
        ("dateDernierTraitementEtablissement", pa.timestamp("us")),
        ("etablissementSiege", pa.bool_()),
        ("nombrePeriodesEtablissement", pa.int64()),
        *((f"{n}Etablissement", _TEXT) for n in _ADDRESS),
        ("identifiantAdresseEtablissement", _TEXT),
        ("coordonneeLambertAbscisseEtablissement", _TEXT),
        ("coordonneeLambertOrdonneeEtablissement", _TEXT),
        *((f"{n}2Etablissement", _TEXT) for n in _SECOND),
        ("dateDebut", _DAY),
        ("etatAdministratifEtablissement", _TEXT),
        *((f"enseigne{n}Etablissement", _TEXT) for n in (1, 2, 3)),
        *((f"{n}Etablissement", _TEXT) for n in ("denominationUsuelle", "activitePrincipale")),
        ("nomenclatureActivitePrincipaleEtablissement", _TEXT),
        ("caractereEmployeurEtablissement", _TEXT),
        ("activitePrincipaleNAF25Etablissement", _TEXT),
    ]
)
HISTORY = pa.schema(
    [
        ("siren", _TEXT),
        *((n, _DAY) for n in ("dateFin", "dateDebut")),
        ("etatAdministratifUniteLegale", _TEXT),
        *((n, _TEXT) for n in ("nomUniteLegale", "nomUsageUniteLegale")),
        ("denominationUniteLegale", _TEXT),
        ("changementDenominationUniteLegale", pa.bool_()),
        *((f"denominationUsuelle{n}UniteLegale", _TEXT) for n in (1, 2, 3)),
        ("categorieJuridiqueUniteLegale", pa.int64()),
        ("activitePrincipaleUniteLegale", _TEXT),
        ("nicSiegeUniteLegale", _TEXT),
        ("changementNicSiegeUniteLegale", pa.bool_()),
    ]
)
SUCCESSIONS = pa.schema(
    [
        ("siretEtablissementPredecesseur", _TEXT),
        ("siretEtablissementSuccesseur", _TEXT),
        ("dateLienSuccession", _DAY),
        ("transfertSiege", pa.bool_()),
        ("continuiteEconomique", pa.bool_()),
        ("dateDernierTraitementLienSuccession", pa.timestamp("us")),
    ]
)
FILES = {
    "units": ("StockUniteLegale_utf8.parquet", UNITS),
    "establishments": ("StockEtablissement_utf8.parquet", ESTABLISHMENTS),
    "history": ("StockUniteLegaleHistorique_utf8.parquet", HISTORY),
    "successions": ("StockEtablissementLiensSuccession_utf8.parquet", SUCCESSIONS),
}


def siren(number):
    """Return the SIREN of an invented company: nine digits, the last a check digit."""
    digits = f"{number:08d}"
    doubled = (int(d) * (1 + place % 2) for place, d in enumerate(reversed(digits), 1))
    total = sum(n - 9 * (n > 9) for n in doubled)
    return f"{digits}{-total % 10}"


def unit(number, name, **columns):
    """Return a row of the legal units; *columns* without their ending UniteLegale."""
    given = {
        "statutDiffusion": "O",
        "dateCreation": date(2001, 4, 2),
        "etatAdministratif": "A",
        "denomination": name,
        "categorieJuridique": 5710,
        "activitePrincipale": "25.62B",
        "nicSiege": "00011",
        "trancheEffectifs": "12",
    } | columns
    plain = {"dateDebut", "categorieEntreprise"}
    row = {n if n in plain else f"{n}UniteLegale": value for n, value in given.items()}
    return {
        "siren": siren(number),
        "dateDebut": date(2020, 1, 1),
        "categorieEntreprise": "PME",
    } | row


def establishment(number, commune, nic="00011", **columns):
    """Return a row of the establishments; *columns* without their ending Etablissement."""
    code, name = commune
    given = {
        "statutDiffusion": "O",
        "Siege": nic == "00011",
        "codeCommune": code,
        "libelleCommune": name,
        "etatAdministratif": "A",
    } | columns
    row = {
        "etablissementSiege" if n == "Siege" else f"{n}Etablissement": v for n, v in given.items()
    }
    return {"siren": siren(number), "nic": nic, "siret": f"{siren(number)}{nic}"} | row


def write(folder, **rows):
    """Write the files of the kinds named in *rows* below *folder*."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for kind, given in rows.items():
        name, schema = FILES[kind]
        whole = ({column: row.get(column) for column in schema.names} for row in given)
        pq.write_table(pa.Table.from_pylist(list(whole), schema=schema), folder / name)


COMMUNES = (("30007", "ALES"), ("30189", "NIMES"), ("30334", "UZES"), ("30028", "BAGNOLS-SUR-CEZE"))
ELSEWHERE = (("34172", "MONTPELLIER"), ("69123", "LYON"), ("13055", "MARSEILLE"))
_SYLLABLES = (
    "al",
    "bor",
    "ca",
    "dur",
    "el",
    "fri",
    "gal",
    "mar",
    "nor",
    "pey",
    "rol",
    "vas",
    "zen",
)


def write_many(folder, count, seed=3, share_here=0.012):
    """Write *count* generated legal units of an establishment each, a share of them in the Gard."""
    chance = random.Random(seed)
    names = ["".join(chance.choices(_SYLLABLES, k=4)).upper() for _ in range(4096)]
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    writers = {
        kind: pq.ParquetWriter(folder / FILES[kind][0], FILES[kind][1])
        for kind in ("units", "establishments")
    }
    for begin in range(0, count, 50_000):
        numbers = range(begin + 1, min(begin + 50_000, count) + 1)
        here = [chance.random() < share_here for _ in numbers]
        units = [unit(n, f"{chance.choice(names)} {n % 97}") for n in numbers]
        places = [
            establishment(n, chance.choice(COMMUNES if h else ELSEWHERE))
            for n, h in zip(numbers, here, strict=True)
        ]
        for kind, rows in (("units", units), ("establishments", places)):
            writers[kind].write_table(pa.Table.from_pylist(rows, schema=FILES[kind][1]))
    for writer in writers.values():
        writer.close()
