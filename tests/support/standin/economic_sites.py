"""Stand-ins of the economic press and of the blogs that run no WordPress."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from loopback import Answer

from standin.lists import listing, rss, sitemap
from standin.pages import day, frame, iso, minute, paragraphs, signed
from standin.sites import NO_SECTION, Form, Site
from standin.systems import DRUPAL, SPIP, home_page, paged, plain, spip, structured
from standin.web import moved

if TYPE_CHECKING:
    from collections.abc import Mapping

    from standin.pages import Around
    from standin.sites import Written
    from standin.stories import Story
    from standin.web import Page


def _lettre(story: Story, around: Around) -> str:
    """Department, sector and date on one line; the signature is a name and a mail address."""
    name = story.authors[0]
    mail = f"{name.split()[-1].lower().replace('é', 'e')}@lalettrem.net"
    moment = story.published
    department = "Ailleurs" if story.elsewhere else "Gard"
    main = (
        f"<div class='block'><h2>Fil infos</h2></div><main><p class='rubrique'>{department} | "
        f"{story.section} | {moment.day}/{moment:%m/%Y}</p><h1>{escape(story.title)}</h1>"
        f"<div class='content'>{paragraphs(story.words)}<p>{name} / {mail}</p>"
        "<p>A lire également :</p></div><p>Hebdo du mardi</p><p>Bloc Abonnement</p><p>La Lettre M "
        "sur votre bureau chaque mardi, la newsletter quotidienne à 18h</p></main>"
    )
    return frame(
        around, main, title=story.title, head=DRUPAL, classes="path-node page-node-type-article"
    )


def _lettre_routes(site: Site) -> Mapping[str, Page]:
    """The reader's view of a node is the same item."""
    zen = {
        f"/lecture-zen/{each.story.number}21?height=400px&scrolling=false&width=800px": moved(
            each.url
        )
        for each in site.of(0)
    }
    return {
        "/taxonomy/term/3/feed": rss(site.name, site.written, bare=True),
        "/rss.xml": rss(site.name, site.written[:4], bare=True),
        "/sitemap.xml": sitemap([*site.written, *map(site.url, [*zen, *site.standing])]),
        **paged(site, "/taxonomy/term/3", "/taxonomy/term/3?page=1"),
        **zen,
    }


def _tribune(story: Story, around: Around) -> str:
    """The author alone on a line under the standfirst; a line with the number of words."""
    main = (
        f"<main><article><h1>{escape(story.title)}</h1><div class='chapo'><p>"
        f"{escape(story.lead, quote=False)}</p></div><div class='author'>{signed(story.authors)}"
        f"</div><p>{minute(story.published)}</p><p>|   |  311  mots</p><figure><img src='/a.jpg'>"
        f"<figcaption>Légende : l'atelier (Crédits : DR)</figcaption></figure>"
        f"{paragraphs(story.paragraphs)}<p>Lire également : une autre nouvelle</p></article></main>"
    )
    return frame(around, main, title=story.title)


def _tribune_routes(site: Site) -> Mapping[str, Page]:
    """The edition was last cited years ago; what of it is still there, its own home page lists."""
    edition = "https://objectif-languedoc-roussillon.latribune.fr/"
    older = [*site.of(1), *site.of(2)]
    return {
        "/": home_page(site),
        "/feed.xml": rss(site.name, site.of(0)),
        "/rss/rubriques/actualite.html": rss(site.name, site.of(0)[:2]),
        edition: listing(site.around(edition), older, dated=_moment),
    }


def _moment(each: Written) -> str:
    return f"<time datetime='{iso(each.story.published)}'>{day(each.story.published)}</time>"


def _wall(story: Story, around: Around) -> str:
    """The text stops at the subscribers' wall."""
    return spip(
        story,
        around,
        words=f"<div class='chapo'>{paragraphs([story.lead])}</div><div class='texte'>"
        f"{paragraphs(story.paragraphs[:1])}<p>(…)</p></div><div class='abonnes'><p>La lecture de "
        "cet article est réservée aux abonnés :</p></div>",
    )


def _is_cut(story: Story) -> Mapping[str, object]:
    return {"text": "\n\n".join(story.words[:2]), "access": "paid"}


def _release(story: Story, around: Around) -> str:
    """The author is an institution, and the headline stands there three times."""
    title = escape(story.title)
    main = (
        f"<main><p>{title}</p><h1>{title}</h1><p class='byline'>Par RÉGION OCCITANIE, le "
        f"{story.published:%d} {day(story.published).split()[1].title()} {story.published.year}</p>"
        f"<p><strong>{title}</strong></p>{paragraphs(story.words)}</main>"
    )
    return frame(around, main, title=story.title)


def _photographed(story: Story, around: Around) -> str:
    date = f"<p class='date'>{day(story.published)}</p>"
    page = plain(story, around, date=date)
    drop_cap = f"<p><span class='lettrine'>{story.lead[0]}</span>{story.lead[1:]}"
    page = page.replace(f"<p>{story.lead}", drop_cap)
    return page.replace("</div></main>", "<p>[Crédit photo : Inès Delmas]</p></div></main>")


def _agency(story: Story, around: Around) -> str:
    date = f"<p class='date'>{day(story.published)}</p>"
    page = plain(story, around, date=date)
    return page.replace("</main>", "<p>lire l'article</p><p>contact</p><p>téléphone</p></main>")


def _agency_routes(site: Site) -> Mapping[str, Page]:
    """Both hosts show the same texts."""
    other = "https://www.arthur-loyd.com"
    twins = {
        f"{other}/actualites/{each.story.slug}": Answer(
            each.form.page(each.story, site.around(each.url))
        )
        for each in site.written
    }
    return {"/": home_page(site), **paged(site, "/actualites", "/actualites?page=2"), **twins}


def _published(story: Story, around: Around) -> str:
    return plain(story, around, date=f"<p class='date'>Publié le {day(story.published)}</p>")


def _one_author(story: Story) -> Mapping[str, object]:
    return {"authors": story.authors[:1]}


SITES = [
    Site(
        source="lalettrem",
        name="La Lettre M",
        home="https://www.lalettrem.fr/",
        forms=[
            Form(
                address=address,
                page=_lettre,
                tells={"published", "authors"},
                reads=_one_author,
            )
            for address in (
                "https://www.lalettrem.fr/node/{n}21",
                "https://www.lalettrem.fr/actualites/{slug}",
                "https://www.lalettrem.fr/contenu/{slug}",
            )
        ],
        routes=_lettre_routes,
    ),
    Site(
        source="lejournaldesentreprises",
        name="Le Journal des Entreprises",
        home="https://www.lejournaldesentreprises.com/",
        forms=[
            Form(
                address="https://www.lejournaldesentreprises.com/article/{slug}-{n}03",
                page=structured,
            )
        ],
        routes=lambda site: {
            "/rss-occitanie": rss(site.name, site.written[:5]),
            "/rss-region-sud": rss(site.name, site.written[4:6]),
            **paged(site, "/occitanie", "/occitanie?page=2"),
        },
    ),
    Site(
        source="latribune",
        name="La Tribune",
        home="https://www.latribune.fr/",
        forms=[
            Form(
                address="https://www.latribune.fr/regions/occitanie/{slug}-{n}8.html",
                page=_tribune,
                precision="minute",
                tells=NO_SECTION,
            ),
            Form(
                address="https://objectif-languedoc-roussillon.latribune.fr/economie/collectivites/{day:%Y-%m-%d}/{slug}-{n}8.html",
                page=_tribune,
                precision="minute",
                tells={"published", "authors"},
            ),
            Form(
                address="https://objectif-languedoc-roussillon.latribune.fr/languedoc-roussillon/Actualites/{s.capital_slug}_{n}.html",
                page=_tribune,
                precision="minute",
                tells={"published", "authors"},
            ),
        ],
        routes=_tribune_routes,
    ),
    Site(
        source="touleco",
        name="ToulÉco",
        home="https://www.touleco.fr/",
        forms=[
            Form(address="https://www.touleco.fr/{s.cut_slug},{n}", page=spip, tells=NO_SECTION),
            Form(
                address="https://www.touleco.fr/{s.cut_slug},{n}",
                page=_wall,
                reads=_is_cut,
                tells=NO_SECTION,
            ),
        ],
        routes=lambda site: {
            "/": home_page(site, head=SPIP),
            "/spip.php?page=backend": rss(site.name, site.written),
            "/spip.php?page=sitemap.xml": sitemap(
                [*(each.url for each in site.written), *map(site.url, site.standing)]
            ),
        },
    ),
    Site(
        source="entreprises_occitanie",
        name="Entreprises Occitanie",
        home="https://www.entreprises-occitanie.com/",
        forms=[
            Form(
                address="https://www.entreprises-occitanie.com/actualites/{s.glued_slug}",
                page=structured,
            )
        ],
        routes=lambda site: {
            "/sitemap.xml": sitemap([*site.written, *map(site.url, site.standing)]),
            **paged(site, "/actualites", "/actualites?page=2"),
        },
    ),
    Site(
        source="occitanie_tribune",
        name="Occitanie Tribune",
        home="https://www.occitanie-tribune.com/",
        forms=[
            Form(
                address="https://www.occitanie-tribune.com/articles/{n}/{slug}/",
                page=_release,
                tells={"published"},
                precision="day",
            )
        ],
        routes=lambda site: {
            "/": home_page(site),
            **paged(site, "/articles", "/articles?page=2"),
        },
        menu={"Communiqués": "/articles"},
    ),
    Site(
        source="usinenouvelle",
        name="L'Usine Nouvelle",
        home="https://www.usinenouvelle.com/",
        forms=[
            Form(
                address=f"https://www.usinenouvelle.com/{form}",
                page=lambda story, around: structured(
                    story, around, text=paragraphs([*story.paragraphs, "Quotidien des Usines"])
                ),
            )
            # Of the system of today no address was seen: the first is one of many that it may be.
            for form in (
                "industrie/{slug}-{n}/",
                "article/{slug}.N{n}49",
                "article/communique-{slug}.N{n}49",
            )
        ],
        routes=lambda site: {
            "/rss/": Answer("", status=403),
            "/arc/outboundfeeds/rss/": rss(site.name, site.written),
        },
    ),
    Site(
        source="vitisphere",
        name="Vitisphere",
        home="https://www.vitisphere.com/",
        forms=[
            Form(
                address="https://www.vitisphere.com/actualite-{n}-{slug}.html",
                page=_photographed,
                tells={"published"},
            )
        ],
        routes=lambda site: {
            "/": home_page(site),
            "/index.php?mode=rss": rss(site.name, site.written, bare=True),
            **paged(
                site,
                "/rubrique-vin-4-1-gens-du-vin.html",
                "/rubrique-vin-4-2-gens-du-vin.html",
            ),
        },
        menu={"Gens du vin": "/rubrique-vin-4-1-gens-du-vin.html"},
    ),
    Site(
        source="paysandumidi",
        name="Paysan du Midi",
        home="https://www.paysandumidi.fr/",
        forms=[
            Form(
                address=f"https://www.paysandumidi.fr/articles/{{slug}}-{{n}}.{end}",
                page=_published,
                tells={"published"},
                precision="day",
            )
            for end in ("htm", "html")
        ],
        routes=lambda site: {"/": home_page(site), **paged(site, "/articles", "/articles?page=2")},
        menu={"Articles": "/articles"},
    ),
    Site(
        source="arthur_loyd",
        name="Arthur Loyd",
        home="https://www.arthur-loyd-nimes.com/",
        forms=[
            Form(
                address="https://www.arthur-loyd-nimes.com/actualites/territoire-vie-economique/{slug}",
                page=_agency,
                tells={"published"},
                precision="day",
            )
        ],
        routes=_agency_routes,
        menu={"Actualités": "/actualites"},
    ),
]
