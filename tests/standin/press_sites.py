"""Stand-ins of the general press, each in the form of its own system."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from loopback import Answer

from standin.lists import listing, rss, sitemap
from standin.pages import day, frame, iso, minute, paragraphs, signed, weekday
from standin.sites import Form, Site
from standin.stories import slug
from standin.systems import JOOMLA, home_page, paged, plain, structured
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


def _objectif(story: Story, around: Around, *, author: str, ending: str) -> str:
    """Four fields on a line, of which the first hangs on the day of the crawl; captions twice."""
    caption = f"L'atelier de {story.town} (Photo : {story.authors[0]} / Objectif Gard)"
    meta = (
        f"<div class='article-meta'>Publié il y a 3 ans - Mise à jour le {story.published:%d.%m.%Y}"
        f" - <span class='author'>{author}</span> - 3 min  - vu 412 fois</div>"
    )
    main = (
        f"<main><h1>{escape(story.title)}</h1>{meta}<figure><img src='/a.jpg'><figcaption>{caption}"
        f"</figcaption></figure><p>{caption}</p>{paragraphs(story.words)}<p>{ending}</p>"
        "<h3>Voir Plus</h3><p>Les pompiers sont intervenus hier soir pour un feu de broussailles "
        "au bord de la rivière.</p><h3>A la une</h3><p>La rentrée se prépare dans les écoles.</p>"
        "</main>"
    )
    return frame(around, main, title=story.title)


def _objectif_new(story: Story, around: Around) -> str:
    return _objectif(story, around, author=signed(story.authors), ending=signed(story.authors))


def _objectif_migrated(story: Story, around: Around) -> str:
    """The author is a slug here, and the signature an address."""
    name = slug(story.authors[0])
    mail = f"{name.replace('-', '.')}@objectifgard.com"
    initials = "".join(part[0] for part in name.upper().split("-"))
    return _objectif(story, around, author=name, ending=mail if story.number % 2 else initials)


def _objectif_wordpress(story: Story, around: Around) -> str:
    return frame(
        around,
        f"<main><h1 class='entry-title'>{escape(story.title)}</h1><time datetime='"
        f"{iso(story.published)}'>{day(story.published)}</time><div class='entry-content'>"
        f"{paragraphs(story.words)}<p>{signed(story.authors)}</p></div></main>",
        title=story.title,
        classes="single single-post",
    )


def _objectif_routes(site: Site) -> Mapping[str, Page]:
    """The old domain answers for its routes, and sends each article to the new one."""
    old = "https://www.objectifgard.com"
    current, archived = [*site.of(0), *site.of(1)], site.of(2)
    found: dict[str, Page] = {
        f"{old}/economie/feed": rss(site.name, current[:3], bare=True),
        f"{old}/feed/": rss(site.name, current, bare=True),
        f"{old}/sitemap.xml": sitemap([*current, site.url("/mentions-legales")]),
    }
    for each in current:
        path = each.url.removeprefix(site.home.rstrip("/"))
        found[old + path] = moved(each.url)
    for each in archived:
        address = f"{old}/{each.story.published:%Y/%m/%d}/"
        found[address] = listing(site.around(address), [each])
        found[f"{each.url}?random-post=1"] = found.get(each.url) or moved(each.url)
    return found


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


def _france3(story: Story, around: Around) -> str:
    lines = (
        "De la vie quotidienne aux grands enjeux, découvrez les sujets qui font la société locale.",
        "France Télévisions utilise votre adresse e-mail afin de vous envoyer la newsletter.",
        "©France 3 Occitanie",
    )
    return structured(story, around, text=paragraphs([*story.paragraphs, *lines]))


def _france3_routes(site: Site) -> Mapping[str, Page]:
    old = "https://france3-regions.francetvinfo.fr"
    return {
        f"{old}/occitanie/rss": rss(site.name, site.written[:5]),
        f"{old}/occitanie/gard/rss": rss(site.name, site.written),
        f"{old}/occitanie/gard/": moved(site.url("/occitanie/gard/")),
        **paged(site, "/occitanie/gard/", "/occitanie/gard/?page=2"),
        **{each.url.replace(site.home.rstrip("/"), old): moved(each.url) for each in site.written},
    }


def _lesechos_routes(site: Site) -> Mapping[str, Page]:
    feeds = "https://services.lesechos.fr/rss"
    return {
        f"{feeds}/les-echos-economie.xml": rss(site.name, site.written[:3]),
        f"{feeds}/les-echos-pme-regions.xml": rss(site.name, site.written[:6]),
        **paged(site, "/pme-regions/occitanie", "/pme-regions/occitanie?page=2"),
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
        source="objectifgard",
        name="Objectif Gard",
        home="https://www.objectifsud.fr/",
        forms=[
            Form(
                address="https://www.objectifsud.fr/economie/{slug}-{n}.php",
                page=_objectif_new,
                tells={"published", "authors"},
            ),
            Form(
                address="https://www.objectifsud.fr/gard/ales-cevennes/{slug}-{s.low_number}.php",
                page=_objectif_migrated,
                tells={"published", "authors"},
                # The slug has lost the accents.
                reads=lambda story: {"authors": [story.authors[0].replace("É", "E")]},
            ),
            Form(
                address="https://www.objectifgard.com/{day:%Y/%m/%d}/{slug}/",
                page=_objectif_wordpress,
                days_before=1000,
                tells={"published", "authors"},
                canonical="https://objectifsud.fr/{day:%Y/%m/%d}/{slug}/",
            ),
        ],
        routes=_objectif_routes,
    ),
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
        source="lamarseillaise",
        name="La Marseillaise",
        home="https://www.lamarseillaise.fr/",
        forms=[Form(address="https://www.lamarseillaise.fr/economie/{slug}-{n}", page=structured)],
        routes=lambda site: {"/rss.xml": rss(site.name, site.written)},
    ),
    Site(
        source="vingt_minutes",
        name="20 Minutes",
        home="https://www.20minutes.fr/",
        forms=[
            Form(
                address="https://www.20minutes.fr/economie/{n}21-{day:%Y%m%d}-{slug}",
                page=structured,
            )
        ],
        routes=lambda site: {"/feeds/rss-montpellier.xml": rss(site.name, site.written)},
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
            "https://bfmbusiness.bfmtv.com/rss/info/flux-rss/flux-toutes-les-actualites/": rss(
                site.name, site.written
            )
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
