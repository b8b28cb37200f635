"""Stand-ins of the sources that run WordPress, each with what its owner made of it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from loopback import Answer

from standin.lists import rss
from standin.pages import day, paragraphs, signed
from standin.sites import NO_SECTION, Form, Site
from standin.systems import (
    WORDPRESS,
    home_page,
    paged,
    plain,
    wordpress,
    wordpress_lists,
    wordpress_with,
)
from standin.web import moved

if TYPE_CHECKING:
    from collections.abc import Mapping

    from standin.pages import Around
    from standin.stories import Story
    from standin.web import Page

# fmt: off
_SHORT = ("JANV", "FÉVR", "MARS", "AVR", "MAI", "JUIN",
          "JUIL", "AOÛT", "SEPT", "OCT", "NOV", "DÉC")
# fmt: on


def _ecomnews(story: Story, around: Around) -> str:
    """Surname first, month in short capitals, an orphan line of a video player."""
    names = " et ".join(f"{name.split()[1]} {name.split()[0]}" for name in story.authors)
    moment = story.published
    meta = (
        f"<div class='meta'><span class='author'>Par {names}</span> <span class='date'>publié le "
        f"{moment:%d} {_SHORT[moment.month - 1]} {moment:%Y} à {moment:%H:%M}</span></div>"
    )
    text = paragraphs([*story.words[:2], "?id=x7f2kqz", *story.words[2:], "Ecomnews - Adds"])
    return wordpress_with(story, around, text, meta=meta)


def _ecomnews_legacy(story: Story, around: Around) -> str:
    """The engine before: a standfirst for machines that is cut in mid-word."""
    cut = escape(story.lead[:70])
    page = _ecomnews(story, around)
    return page.replace("</head>", f'<meta name="description" content="{cut}"></head>')


def _echo(story: Story, around: Around) -> str:
    below = "<p>© DR.</p><p>Partager cet article</p>"
    return wordpress(story, around, above="<p>Site icon</p>", below=below)


def _echo_routes(site: Site) -> Mapping[str, Page]:
    """The day of the crawl stands on print views and on tag pages in print."""
    read = "<p>21 octobre 2025 |</p><p>Ecrit par le 21 octobre 2025</p>"
    found: dict[str, Page] = {}
    for each in site.written:
        path = each.url.removeprefix(site.home.rstrip("/"))
        head = f"<link rel='canonical' href='{each.url}'>"
        page = Answer(plain(each.story, site.around(each.url), date=read, head=head))
        found |= {f"{path}?print=print-search": page, f"{path.rstrip('/')}/amp": page}
    others = [each._replace(url=f"{each.url.rstrip('/')}/amp") for each in site.written[:4]]
    others += [each._replace(url=f"{each.url}?print=print-search") for each in site.written[:4]]
    found["/category/economie/feed"] = rss(site.name, [*others, *site.written])
    return found


def _tribune_routes(site: Site) -> Mapping[str, Page]:
    """One of several papers on a host; its own of before sends each article there."""
    old = "https://www.herault-tribune.com"
    paths = [each.url.removeprefix(f"{site.home}herault-tribune") for each in site.written]
    return {
        "/": home_page(site, head=WORDPRESS),
        "/herault-tribune/articles/feed": rss(site.name, site.written),
        **{old + path: moved(site.url(f"/herault-tribune{path}")) for path in paths},
    }


def _tags(story: Story, around: Around, *lines: str) -> str:
    return wordpress(story, around, below=paragraphs(lines))


def _labels(story: Story, around: Around) -> str:
    """Labels are glued together above the text."""
    return wordpress(story, around, above="<div>Alès Agglomération<span>Économie</span></div>")


def _partner(story: Story, around: Around) -> str:
    return _tags(story, around, "En partenariat avec", "ToulÉco")


def _photo_credit(story: Story, around: Around) -> str:
    figure = (
        f"<figure><img src='/a.jpg'><figcaption>© {story.authors[0]} Photo : l'atelier"
        "</figcaption></figure>"
    )
    return wordpress(story, around, above=f"<p><strong>{escape(story.title)}</strong></p>{figure}")


def _premium(story: Story, around: Around) -> str:
    wall = "Ce contenu est accessible seulement aux membres Premium et Premium mensuel."
    return wordpress_with(
        story,
        around,
        f"{paragraphs(story.words[:2])}<div class='pmpro_content_message'><p>{wall}</p>"
        "<p>Se connecter S’enregistrer</p></div>",
        meta=f"<p class='date'>{day(story.published)}</p><p class='author'>Par "
        f"{signed(story.authors)}</p>",
    )


def _is_cut(story: Story) -> dict[str, object]:
    return {"text": "\n\n".join(story.words[:2]), "access": "paid"}


SITES = [
    Site(
        source="ecomnews",
        name="Ecomnews",
        home="https://ecomnews.fr/",
        forms=[
            Form(address="https://ecomnews.fr/news/{slug}/", page=_ecomnews, precision="minute"),
            Form(
                address="https://ecomnews.fr/article/{s.capital_slug}",
                page=_ecomnews_legacy,
                precision="minute",
            ),
        ],
        routes=wordpress_lists("/category/occitanie/"),
        menu={"Occitanie": "/category/occitanie/"},
    ),
    Site(
        source="echodumardi",
        name="L'Écho du Mardi",
        home="https://www.echodumardi.com/",
        forms=[
            Form(
                address=f"https://www.echodumardi.com/{section}/{{slug}}/",
                page=_echo,
                tells=NO_SECTION,
            )
            for section in ("economie", "actualite", "dossier")
        ],
        routes=_echo_routes,
    ),
    Site(
        source="herault_tribune",
        name="Hérault Tribune",
        home="https://echo-des-tribunes.com/",
        forms=[
            Form(
                address="https://echo-des-tribunes.com/herault-tribune/articles/{slug}",
                page=wordpress,
                tells=NO_SECTION,
            )
        ],
        routes=_tribune_routes,
    ),
    Site(
        source="infoccitanie",
        name="Infoccitanie",
        home="https://infoccitanie.fr/",
        forms=[Form(address="https://infoccitanie.fr/{slug}/", page=_photo_credit)],
        routes=wordpress_lists(),
    ),
    Site(
        source="dis_leur",
        name="Dis-Leur !",
        home="https://dis-leur.fr/",
        forms=[
            Form(address="https://dis-leur.fr/{slug}/", page=wordpress),
            Form(
                address="https://dis-leur.fr/{slug}/",
                page=_premium,
                reads=_is_cut,
            ),
        ],
        routes=wordpress_lists("/tag/gard/"),
    ),
    Site(
        source="midenews",
        name="MidE News",
        home="https://midenews.com/",
        forms=[Form(address="https://midenews.com/{s.glued_slug}/", page=_partner)],
        routes=wordpress_lists(),
    ),
    Site(
        source="entreprendreenlanguedoc",
        name="Entreprendre en Languedoc",
        home="http://entreprendreenlanguedoc.com/",
        forms=[
            Form(
                address="http://entreprendreenlanguedoc.com/{day:%Y/%m}/{slug}/",
                page=lambda story, around: _tags(
                    story, around, "Relayé depuis le site d’Alès Myriapolis", "Lire la suite"
                ),
            )
        ],
        routes=wordpress_lists("/tag/nimes-metropole/"),
    ),
    Site(
        source="ales",
        name="Alès Agglomération",
        home="https://www.ales.fr/",
        forms=[Form(address="https://www.ales.fr/actualites/{slug}/", page=_labels)],
        routes=wordpress_lists("/actualites/"),
        menu={"Actualités": "/actualites/"},
    ),
    Site(
        source="lagazettedescommunes",
        name="La Gazette des communes",
        home="https://www.lagazettedescommunes.com/",
        forms=[
            Form(
                address="https://www.lagazettedescommunes.com/{n}/{slug}/",
                page=lambda story, around: _tags(story, around, "Thèmes abordés"),
                tells=NO_SECTION,
            )
        ],
        routes=lambda site: {
            "/feed/": rss(site.name, site.written),
            **paged(site, "/regions/", "/regions/page/2/"),
        },
    ),
    Site(
        source="actu",
        name="actu.fr",
        home="https://actu.fr/",
        forms=[
            Form(
                address="https://actu.fr/occitanie/{s.town_slug}_{s.insee}/{slug}_{n}503.html",
                page=wordpress,
                tells=NO_SECTION,
            )
        ],
        routes=lambda site: {
            "/occitanie/rss.xml": rss(site.name, site.written[:5]),
            "/metropolitain/rss.xml": rss(site.name, site.written[4:]),
            **paged(site, "/occitanie/nimes_30189", "/occitanie/nimes_30189/page/2"),
        },
    ),
]  # fmt: skip
