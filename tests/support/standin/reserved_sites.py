"""Stand-ins of the sources that reserve text and data mining: metadata alone is kept of them."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from loopback import Answer

from standin.lists import rss
from standin.pages import frame, minute, paragraphs, signed, weekday
from standin.sites import Form, Site
from standin.systems import paged, structured
from standin.web import moved

if TYPE_CHECKING:
    from collections.abc import Mapping

    from standin.pages import Around
    from standin.stories import Story
    from standin.web import Page

TDM = (
    "<meta name='tdm-reservation' content='1'>"
    "<meta name='tdm-policy' content='https://journal.example/tdm-policy.json'>"
)
RESERVED = {"text": None, "authors": [], "tags": [], "section": None, "tdm_reserved": True}


def _reserved(_story: Story) -> Mapping[str, object]:
    return RESERVED


def _midilibre(story: Story, around: Around) -> str:
    page = structured(story, around, head=TDM)
    dates = f"Publié le {minute(story.published)}, mis à jour {minute(story.published)}"
    return page.replace(
        "<div class='chapo'>", f"<span>Abonnés</span><p>{dates}</p><div class='chapo'>"
    )


def _midilibre_routes(site: Site) -> Mapping[str, Page]:
    return {
        "/gard/rss.xml": rss(site.name, site.written),
        "/gard/ales/rss.xml": rss(site.name, site.written[:3]),
        "/gard/nimes/rss.xml": rss(site.name, site.written[2:4]),
        "/gard/bagnols-sur-ceze/rss.xml": rss(site.name, site.written[4:5]),
        **paged(site, "/economie/emploi/", "/economie/emploi/2/"),
        **paged(site, "/gard/", "/gard/2/"),
    }


def _ici(story: Story, around: Around) -> str:
    names = f"Par {signed(story.authors)}, France Bleu Gard Lozère"
    main = (
        f"<main><h1>{escape(story.title)}</h1><p class='byline'>{names}</p><p>"
        f"{weekday(story.published)} à {story.published:%H:%M}</p><p>{story.town}, France</p>"
        f"{paragraphs(story.words)}<p>© Radio France - {story.authors[0]}</p></main>"
    )
    return frame(around, main, title=story.title)


def _ici_routes(site: Site) -> Mapping[str, Page]:
    reserved = Answer(
        '[{"location": "/*", "tdm-reservation": 1, "tdm-policy": "https://www.ici.fr/tdm.json"}]',
        type="application/json",
    )
    old = site.of(1)
    return {
        "/.well-known/tdmrep.json": reserved,
        "https://www.francebleu.fr/.well-known/tdmrep.json": reserved,
        "/rss/gard-lozere/a-la-une.xml": rss(site.name, site.written[:5]),
        "/rss/gard-lozere/rubrique/infos.xml": rss(site.name, site.written),
        **paged(site, "/gard-lozere", "/gard-lozere?p=2"),
        **{each.url.replace("www.ici.fr", "www.francebleu.fr"): moved(each.url) for each in old},
    }


def _lesechos_routes(site: Site) -> Mapping[str, Page]:
    """The feeds refuse what is no reader's program."""
    feeds = "https://services.lesechos.fr/rss"
    return {
        f"{feeds}/les-echos-economie.xml": Answer("", status=403),
        f"{feeds}/les-echos-pme-regions.xml": Answer("", status=403),
        **paged(site, "/pme-regions/occitanie", "/pme-regions/occitanie?page=2"),
    }


SITES = [
    Site(
        source="midilibre",
        name="Midi Libre",
        home="https://www.midilibre.fr/",
        forms=[
            Form(
                address="https://www.midilibre.fr/{day:%Y/%m/%d}/{s.glued_slug}-{n}690.php",
                page=_midilibre,
                reads=_reserved,
            ),
            Form(
                address="https://www.midilibre.fr/{day:%Y/%m/%d}/{slug},{n}.php",
                page=_midilibre,
                reads=_reserved,
            ),
        ],
        routes=_midilibre_routes,
    ),
    Site(
        source="ici",
        name="ici",
        home="https://www.ici.fr/",
        forms=[
            Form(
                address="https://www.ici.fr/infos/economie-social/{slug}-{n}97",
                page=_ici,
                precision="minute",
                reads=_reserved,
            ),
            Form(
                address="https://www.ici.fr/infos/economie-social/{slug}-{s.epoch}",
                page=_ici,
                precision="minute",
                reads=_reserved,
            ),
            Form(
                address="https://www.ici.fr/emissions/l-invite-de-7h45-d-ici-gard-lozere/{slug}-{n}97",
                page=_ici,
                precision="minute",
                reads=_reserved,
            ),
        ],
        routes=_ici_routes,
    ),
    Site(
        source="lesechos",
        name="Les Echos",
        home="https://www.lesechos.fr/",
        forms=[
            Form(
                address="https://www.lesechos.fr/pme-regions/occitanie/{slug}-{n}21",
                page=lambda story, around: structured(story, around, head=TDM),
                reads=_reserved,
            )
        ],
        routes=_lesechos_routes,
    ),
]
