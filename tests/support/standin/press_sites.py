"""Stand-ins of the general press, each in the form of its own system."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from standin.lists import rss
from standin.pages import day, frame, iso, paragraphs, signed, weekday
from standin.sites import Form, Site
from standin.systems import JOOMLA, home_page, paged, plain, structured
from standin.web import moved

if TYPE_CHECKING:
    from collections.abc import Mapping

    from standin.pages import Around
    from standin.stories import Story
    from standin.web import Page


def _france3(story: Story, around: Around) -> str:
    lines = (
        "De la vie quotidienne aux grands enjeux, découvrez les sujets qui font la société locale.",
        "France Télévisions utilise votre adresse e-mail afin de vous envoyer la newsletter.",
        "©France 3 Occitanie",
    )
    return structured(story, around, text=paragraphs([*story.paragraphs, *lines]))


def _france3_routes(site: Site) -> Mapping[str, Page]:
    """Nobody says that the feeds of the old host still answer."""
    old = "https://france3-regions.francetvinfo.fr"
    return {
        "/occitanie/gard/rss": rss(site.name, site.written[:7]),
        "/occitanie/gard/nimes/rss": rss(site.name, site.written[2:4]),
        "/occitanie/actu/rss": rss(site.name, site.written[:3]),
        **paged(site, "/occitanie/gard/", "/occitanie/gard/?page=2"),
        **{each.url.replace(site.home.rstrip("/"), old): moved(each.url) for each in site.written},
    }


def _reveil(story: Story, around: Around) -> str:
    """The day of the crawl in the header, a neighbour's moment below, the standfirst twice."""
    icons = "".join(
        f"<a href='#'><img alt='icône blanche {name}' src='/{name}.png'></a>"
        for name in ("facebook", "twitter")
    )
    main = (
        f"<div class='top'>{icons}<span>Jeudi25Avril2024</span></div><main>"
        f"<h1>{escape(story.title)}</h1><p class='resume'>{escape(story.lead, quote=False)}</p>"
        f"<div class='date'><img alt='icône belue pendule' src='/h.png'>date<span>"
        f"{weekday(story.published).title()}</span></div><p>durée de lecture<span>Temps de lecture "
        f"96 sec</span></p>{paragraphs(story.words)}<p>journal d’information générale et politique "
        "habilité à publier les annonces judiciaires et légales du gard</p></main>"
    )
    near = (
        "<div class='autres'><a href='/politique/une-autre-nouvelle'>Une autre nouvelle</a> "
        "2021-10-01 10:15:33</div>"
    )
    return frame(around, main + near, title=story.title)


def _republicain(story: Story, around: Around) -> str:
    page = plain(story, around, date=f"<p class='date'>{day(story.published)}</p>")
    return page.replace(
        "</main>", "<p>Ce champ est invalide</p><p>RSS</p><p>Savoir-Faire</p></main>"
    )


def _joomla(story: Story, around: Around) -> str:
    main = (
        f"<main><div class='item-page' itemscope itemtype='https://schema.org/Article'><h1 "
        f"itemprop='headline'>{escape(story.title)}</h1><dl class='article-info'><dd "
        f"class='createdby' itemprop='author' itemscope itemtype='https://schema.org/Person'>"
        f"Écrit par <span itemprop='name'>{signed(story.authors)}</span></dd><dd class='published'>"
        f"<time datetime='{iso(story.published)}' itemprop='datePublished'>Publication : "
        f"{day(story.published)}</time></dd></dl><div itemprop='articleBody'>"
        f"{paragraphs(story.words)}</div></div></main>"
    )
    return frame(around, main, title=story.title, head=JOOMLA)


SITES = [
    Site(
        source="france3_occitanie",
        name="France 3 Occitanie",
        home="https://france3-regions.franceinfo.fr/",
        forms=[
            Form(
                address=f"https://france3-regions.franceinfo.fr/occitanie/{place}{{slug}}-{{n}}81.html",
                page=_france3,
            )
            for place in ("gard/{s.town_slug}/", "gard/", "")
        ],
        routes=_france3_routes,
    ),
    Site(
        source="lereveildumidi",
        name="Le Réveil du Midi",
        home="https://www.lereveildumidi.fr/",
        forms=[
            Form(
                address=f"https://www.lereveildumidi.fr/{section}/{{slug}}",
                page=_reveil,
                tells={"published"},
                precision="day",
            )
            for section in ("%C3%A9conomie/artisanat", "%C3%A9conomie")
        ],
        routes=lambda site: paged(site, "/%C3%A9conomie", "/%C3%A9conomie?page=2"),
        others={"/politique/une-autre-nouvelle": "Contact"},
    ),
    Site(
        source="lagazettedenimes",
        name="La Gazette de Nîmes",
        home="https://www.lagazettedenimes.fr/",
        forms=[
            Form(
                address="https://www.lagazettedenimes.fr/economie/{n}-{slug}",
                page=_joomla,
                tells={"published", "authors"},
            )
        ],
        routes=lambda site: {
            "/": home_page(site, head=JOOMLA),
            **paged(site, "/economie", "/economie?start=5", head=JOOMLA),
        },
        menu={"Économie": "/economie"},
    ),
    Site(
        source="bfmtv",
        name="BFMTV",
        home="https://www.bfmtv.com/",
        forms=[
            Form(
                address="https://www.bfmtv.com/economie/{slug}_AN-{day:%Y%m%d%H%M}.html",
                page=structured,
            ),
            Form(
                address="https://www.bfmtv.com/economie/entreprises/{slug}_AD-{day:%Y%m%d%H%M}.html",
                page=structured,
            ),
        ],
        routes=lambda site: {
            "/rss/economie/": rss(site.name, site.written),
            "/rss/economie/entreprises/": rss(site.name, site.of(1)),
            "https://bfmbusiness.bfmtv.com/": moved("https://www.bfmtv.com/economie/"),
        },
    ),
    Site(
        source="lerepublicainduzes",
        name="Le Républicain d'Uzès et du Gard",
        home="https://www.lerepublicainduzes.fr/",
        forms=[
            Form(
                address="https://www.lerepublicainduzes.fr/fr/dans-actualites/id-{n}-{slug}",
                page=_republicain,
                tells={"published"},
                precision="day",
            )
        ],
        routes=lambda site: {
            "/": home_page(site),
            **paged(site, "/fr/dans-actualites", "/fr/dans-actualites?page=2"),
        },
        menu={"Actualités": "/fr/dans-actualites"},
    ),
]
