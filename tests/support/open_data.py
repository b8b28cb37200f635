"""Stand-ins on loopback of the State's search of companies and of the gazette's notices.

They answer in the documented forms: pages, totals, JSON in strings; and fail as servers do.
"""

import json
import re
import threading
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


class OpenData:
    """A context manager; ``companies`` and ``records`` are what it knows.

    ``failures`` is a list of what it does instead of answering, one a request: a status, or
    « cut » for an answer that breaks off.
    """

    def __init__(self):
        self.companies = []
        self.records = []
        self.failures = []
        self.headers = {}
        self.queries = []
        self.agents = set()
        self._walked = None
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()

    def answer(self, path, query):
        """Return what is answered to a request."""
        self.queries.append(query)
        return self._search(query) if path == "/search" else self._records(query)

    def _search(self, query):
        page, per_page = int(query["page"]), int(query["per_page"])
        words = set(query["q"].split())
        found = [c for c in self.companies if words <= _words(c)]
        pages = -(-len(found) // per_page)
        return {
            "results": found[(page - 1) * per_page : page * per_page],
            "total_results": len(found),
            "page": page,
            "per_page": per_page,
            "total_pages": pages,
        }

    def _records(self, query):
        offset, limit = int(query.get("offset", 0)), int(query["limit"])
        assert limit <= 100
        assert offset + limit <= 10_000, "the interface refuses more"
        if self._walked is None or self._walked[0] != (query["where"], len(self.records)):
            chosen = (r for r in self.records if _asked_for(r, query["where"]))
            in_order = sorted(chosen, key=lambda r: (str(r.get("dateparution")), str(r.get("id"))))
            self._walked = (query["where"], len(self.records)), in_order
        found = self._walked[1]
        return {"total_count": len(found), "results": found[offset : offset + limit]}


def _words(company):
    from alescrawl.registry.company_names import company_key  # noqa: PLC0415 - slow to import

    brands = company["siege"].get("liste_enseignes") or []
    return set(" ".join(company_key(n) for n in (company["nom_complet"], *brands)).split())


def _asked_for(record, where):
    registers, departments, since = _condition(where)
    is_meant = not registers.isdisjoint(record["registre"])
    return (is_meant or record["numerodepartement"] in departments) and (
        record["dateparution"] >= since
    )


@cache
def _condition(where):
    return (
        frozenset(re.findall(r'registre = "([^"]+)"', where)),
        frozenset(re.findall(r'numerodepartement = "([^"]+)"', where)),
        re.search(r"dateparution >= date'([\d-]+)'", where)[1],
    )


def _handler(data):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            data.agents.add(self.headers["User-Agent"])
            asked = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(asked.query).items()}
            failure = data.failures.pop(0) if data.failures else None
            if isinstance(failure, int):
                return self._answer(failure, b"{}")
            if failure is not None and failure != "cut":
                return self._answer(200, failure.encode())
            body = json.dumps(data.answer(asked.path, query)).encode()
            return self._answer(200, body[: len(body) // 2] if failure == "cut" else body)

        def _answer(self, status, body):
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            for name, value in data.headers.items() if status != 200 else ():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    return Handler


def company(siren, name, commune=("30007", "ALES"), **columns):
    """Return a company as the search answers."""
    place = {"siret": f"{siren}00011", "commune": commune[0], "libelle_commune": commune[1]}
    return {
        "siren": siren,
        "nom_complet": name,
        "nom_raison_sociale": name,
        "sigle": None,
        "nombre_etablissements": 1,
        "siege": place | {"liste_enseignes": None, "nom_commercial": None},
        "activite_principale": "25.62B",
        "categorie_entreprise": "PME",
        "date_creation": "2001-04-02",
        "date_fermeture": None,
        "etat_administratif": "A",
        "nature_juridique": "5710",
        "tranche_effectif_salarie": "12",
        "statut_diffusion": "O",
        "dirigeants": [],
        "matching_etablissements": [place],
        "complements": {"est_entrepreneur_individuel": False, "identifiant_association": None},
    } | columns


def record(id_, siren, name="MECALZEN", *, family="collective", published="2025-03-20", **columns):
    """Return a notice as the gazette's dataset has it: its own JSON in strings."""
    person = {
        "typePersonne": "pm",
        "denomination": name,
        "formeJuridique": "Société par actions simplifiée",
        "numeroImmatriculation": {
            "codeRCS": "RCS",
            "numeroIdentification": spaced(siren),
            "nomGreffeImmat": "Nîmes",
        },
    }
    empty = ("listeetablissements", "jugement", "acte", "modificationsgenerales", "depot", "divers")
    return (
        dict.fromkeys((*empty, "radiationaurcs", "listeprecedentproprietaire"))
        | {
            "id": id_,
            "publicationavis": id_[0],
            "publicationavis_facette": f"Bodacc {id_[0]}",
            "parution": id_[1:9],
            "dateparution": published,
            "numeroannonce": int(id_[9:]),
            "typeavis": "annonce",
            "typeavis_lib": "Avis initial",
            "familleavis": family,
            "numerodepartement": "30",
            "departement_nom_officiel": "Gard",
            "region_code": 76,
            "tribunal": "Greffe du Tribunal de Commerce de Nîmes",
            "commercant": name,
            "ville": "Alès",
            "cp": "30100",
            "registre": [spaced(siren), siren],
            "listepersonnes": json.dumps({"personne": person}),
            "listeprecedentexploitant": None,
            "parutionavisprecedent": None,
            "url_complete": f"https://www.bodacc.example/pages/annonces/{id_}",
        }
        | columns
    )


def spaced(siren):
    """Return a SIREN as the gazette prints it."""
    return f"{siren[:3]} {siren[3:6]} {siren[6:]}"


def judgment(nature, family="Jugement d'ouverture", day="2025-03-12", more=""):
    """Return the JSON of a judgment."""
    told = {"type": "initial", "famille": family, "nature": nature, "date": day}
    return json.dumps(told | {"complementJugement": more}, ensure_ascii=False)


def previous(id_):
    """Return the JSON by which a notice names the one that it is of."""
    return json.dumps(
        {
            "nomPublication": f"BODACC {id_[0]}",
            "numeroParution": id_[1:9],
            "dateParution": "20 mars 2025",
            "numeroAnnonce": int(id_[9:]),
        }
    )


def natural(siren, surname="VASSEROT", given="Claire"):
    """Return the JSON of a natural person's entry."""
    person = {
        "typePersonne": "pp",
        "nom": surname,
        "prenom": given,
        "nationalite": "française",
        "numeroImmatriculation": {"numeroIdentification": spaced(siren)},
    }
    return json.dumps({"personne": person})
