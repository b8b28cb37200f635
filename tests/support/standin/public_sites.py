"""Stand-ins of public bodies, chambers and associations."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from loopback import Answer

from standin.lists import rss
from standin.pages import day, frame, iso, paragraphs, weekday
from standin.sites import NO_SECTION, Form, Site
from standin.systems import DRUPAL, SPIP, drupal, home_page, paged, plain, spip
from standin.web import moved

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from standin.pages import Around
    from standin.stories import Story
    from standin.web import Page


def _dated(line: Callable[[Story], str]) -> Callable[[Story, Around], str]:
    """Return a plain page that prints its date as *line* says."""
    return lambda story, around: plain(story, around, date=line(story))


def _typo3(story: Story, around: Around) -> str:
    """Aids for readers above; the day again before the first sentence."""
    words = [f"{weekday(story.published).capitalize()} – {story.lead}", *story.paragraphs]
    main = (
        "<main><div class='tools'><p>Diminuer le texteAppuyer sur Ctrl - pour diminuer le texte</p>"
        "<p>Agrandir le texte Appuyer sur Ctrl +</p><p>Imprimer le contenu de la page (Nouvelle "
        f"fenêtre)</p></div><h1>{escape(story.title)}</h1><p class='date'>Publié le "
        f"{day(story.published)}</p><div class='news-text-wrap'>{paragraphs(words)}</div></main>"
    )
    return frame(
        around, main, title=story.title, head="<meta name='generator' content='TYPO3 CMS'>"
    )


def _with_dateline(story: Story) -> Mapping[str, object]:
    first = f"{weekday(story.published).capitalize()} – {story.lead}"
    return {"text": "\n\n".join([first, *story.paragraphs])}


def _times(story: Story, around: Around) -> str:
    """Two labels, whose days stand in time elements only."""
    moment = iso(story.published)
    date = (
        f"<p>Publié le<time datetime='{moment}'></time>- Mise à jour le<time datetime='{moment}'>"
        "</time></p>"
    )
    return plain(story, around, date=date)


def _tooltips(story: Story, around: Around) -> str:
    """Explanations of acronyms stand in the text, glued to them."""
    page = plain(story, around, date=f"<p>Mise à jour : {story.published:%d} {_month(story)}</p>")
    glued = (
        "<p>Le <abbr>CFA<span class='tooltip'>Centre de formation des apprentis</span></abbr> "
        "participe aussi à ce projet de la région.</p>"
    )
    return page.replace("</div></main>", f"{glued}</div></main>")


def _month(story: Story) -> str:
    return day(story.published).partition(" ")[2]


def _insee(story: Story, around: Around) -> str:
    """The label of the date is doubled and glued; authors with their house."""
    names = ", ".join(story.authors)
    main = (
        f"<main><h1>{escape(story.title)}</h1><p class='auteurs'>{names} (Insee)</p><p>Paru le "
        f":Paru le{story.published:%d/%m/%Y}</p><div class='corps'>{paragraphs(story.words)}"
        "<p>Figure 1 – Emploi salarié</p><p>Avertissement</p></div></main>"
    )
    return frame(around, main, title=story.title)


def _reprint(story: Story, around: Around) -> str:
    page = plain(story, around, date=f"<p class='date'>{day(story.published)}</p>")
    return page.replace("</main>", "<p>Partager :</p></main>")


def _metadata(_story: Story) -> Mapping[str, object]:
    return {"text": None, "rights_signals": ["source rights=metadata"]}


def _from_home(path: str, **more: str) -> Callable[[Site], Mapping[str, Page]]:
    """Return a home page that leads to a listing at *path*."""
    return lambda site: {
        "/": home_page(site, **more),
        **paged(site, path, f"{path}?page=2", **more),
    }


def _listing(path: str, **more: str) -> Callable[[Site], Mapping[str, Page]]:
    return lambda site: paged(site, path, f"{path}?page=2", **more)


def _prefecture_routes(site: Site) -> Mapping[str, Page]:
    """The same page lies at two addresses."""
    twins = {
        each.url.replace("/Actualites/", "/index.php/Actualites/"): moved(each.url)
        for each in site.written
    }
    return {
        "/syndication/flux/actualites": rss(site.name, site.written, bare=True),
        **paged(site, "/Actualites", "/Actualites/(offset)/5"),
        **twins,
    }


def _with_data_href(site: Site) -> Mapping[str, Page]:
    """Cards that a script opens: their addresses stand in no link."""
    pages = paged(site, "/fr/actualites", "/fr/actualites?page=1", head=DRUPAL)
    return {path: _scripted(answer) for path, answer in pages.items()}


def _scripted(answer: Answer) -> Answer:
    cards = re.sub(
        r"<article class='teaser'><h2><a href='([^']*)'>(.*?)</a></h2>",
        r"<article class='card' data-href='\1'><h2>\2</h2>",
        answer.body,
    )
    return replace(answer, body=cards)


ON_DAY = {"tells": {"published"}, "precision": "day"}
_PUBLISHED = _dated(lambda story: f"<p class='date'>Publié le {day(story.published)}</p>")

SITES = [
    Site(
        source="nimes_metropole",
        name="Nîmes Métropole",
        home="https://www.nimes-metropole.fr/",
        forms=[
            Form(
                address="https://www.nimes-metropole.fr/actualites/{slug}.html",
                page=_typo3,
                reads=_with_dateline,
                **ON_DAY,
            )
        ],
        routes=_listing("/actualites.html"),
    ),
    Site(
        source="departement_gard",
        name="Département du Gard",
        home="https://www.gard.fr/",
        forms=[
            Form(address="https://www.gard.fr/actualites/{slug}", page=_times, tells={"published"})
        ],
        routes=_listing("/actualites"),
        others={"/le-conseil-departemental/la-presidente": "La présidente"},
        menu={"La présidente": "/le-conseil-departemental/la-presidente"},
    ),
    Site(
        source="prefecture_gard",
        name="Préfecture du Gard",
        home="https://www.gard.gouv.fr/",
        forms=[
            Form(
                address="https://www.gard.gouv.fr/Actualites/{s.capital_slug}",
                page=_dated(lambda s: f"<p>Mis à jour le {s.published:%d/%m/%Y}</p>"),
                tells={"published"},
            )
        ],
        routes=_prefecture_routes,
    ),
    Site(
        source="prefecture_occitanie",
        name="Préfecture de région Occitanie",
        home="https://www.prefectures-regions.gouv.fr/",
        forms=[
            Form(
                address="https://www.prefectures-regions.gouv.fr/occitanie/Actualites/{s.capital_slug}",
                page=_tooltips,
                reads=lambda story: {
                    "text": "\n\n".join(
                        [*story.words, "Le CFA participe aussi à ce projet de la région."]
                    )
                },
                tells=(),
            )
        ],
        routes=_listing("/occitanie/Actualites"),
    ),
    Site(
        source="laregion",
        name="Région Occitanie",
        home="https://www.laregion.fr/",
        forms=[
            Form(
                address="https://www.laregion.fr/{s.capital_slug}",
                page=spip,
                tells={"published", "authors"},
            )
        ],
        routes=lambda site: {
            "/spip.php?page=backend": Answer("", status=500),
            **paged(site, "/-actualites-", "/-actualites-?debut_articles=5", head=SPIP),
        },
    ),
    Site(
        source="insee",
        name="Insee",
        home="https://www.insee.fr/",
        forms=[
            Form(
                address="https://www.insee.fr/fr/statistiques/{n}16",
                page=_insee,
                tells={"published", "authors"},
            ),
            Form(
                address="https://www.insee.fr/fr/statistiques/{n}16?sommaire={n}99",
                page=_insee,
                tells={"published", "authors"},
                canonical="https://www.insee.fr/fr/statistiques/{n}16",
            ),
        ],
        routes=lambda site: {
            "/fr/flux/1": rss(site.name, site.written[:5], bare=True),
            "/fr/flux/2": rss(site.name, site.written[4:], bare=True),
        },
    ),
    Site(
        source="banque_france",
        name="Banque de France",
        home="https://www.banque-france.fr/",
        forms=[
            Form(
                address="https://www.banque-france.fr/fr/publications-et-statistiques/{slug}",
                page=drupal,
                tells=NO_SECTION,
            )
        ],
        routes=lambda site: {
            "/rss.xml": Answer("", status=403),
            "/fr/rss.xml": Answer("", status=403),
            **_with_data_href(site),
        },
    ),
    Site(
        source="ceze_cevennes",
        name="Cèze Cévennes",
        home="https://www.ceze-cevennes.fr/",
        forms=[
            Form(
                address=f"https://www.ceze-cevennes.fr/fr/actualite/{{n}}/{begins}{{slug}}",
                page=_PUBLISHED,
                **ON_DAY,
            )
            for begins in ("", "25-juillet-2024-")
        ],
        routes=_from_home("/fr/actualites"),
        menu={"Actualités": "/fr/actualites"},
    ),
    Site(
        source="intramuros",
        name="IntraMuros",
        home="https://intramuros.org/",
        forms=[
            Form(
                address="https://intramuros.org/vergeze/actualites/{n}9",
                page=_dated(lambda s: f"<p>Publié le {weekday(s.published)} - Vergèze</p>"),
                **ON_DAY,
            )
        ],
        routes=_listing("/vergeze/actualites"),
    ),
    Site(
        source="bagnolssurceze",
        name="Ville de Bagnols-sur-Cèze",
        home="http://www.bagnolssurceze.fr/",
        forms=[
            Form(
                address="http://www.bagnolssurceze.fr/fr/{s.letters}.htm", page=_PUBLISHED, **ON_DAY
            )
        ],
        routes=_from_home("/fr/actualites.htm"),
        menu={"Actualités": "/fr/actualites.htm"},
    ),
    Site(
        source="imt_mines_ales",
        name="IMT Mines Alès",
        home="https://www.imt-mines-ales.fr/",
        forms=[
            Form(address="https://www.imt-mines-ales.fr/node/{n}", page=drupal, tells=NO_SECTION),
            Form(
                address="https://www.imt-mines-ales.fr/ecole/actualites/{slug}",
                page=drupal,
                tells=NO_SECTION,
            ),
        ],
        routes=lambda site: {"/rss.xml": rss(site.name, site.written)},
    ),
    Site(
        source="initiative_gard",
        name="Initiative Gard",
        home="https://www.initiativegard.fr/",
        forms=[
            Form(
                address="https://www.initiativegard.fr/presse/objectif-gard-{day:%d-%m-%Y}.html",
                page=_reprint,
                reads=_metadata,
                **ON_DAY,
            )
        ],
        routes=_from_home("/presse/"),
        menu={"Presse": "/presse/"},
    ),
]
