"""The stand-in of Objectif Gard: two domains, and addresses and pages of four generations."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from standin.lists import listing, rss
from standin.pages import day, frame, iso, paragraphs, signed
from standin.sites import Form, Site
from standin.stories import slug
from standin.web import moved

if TYPE_CHECKING:
    from collections.abc import Mapping

    from standin.pages import Around
    from standin.stories import Story
    from standin.web import Page


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
    """The old domain sends all that it had to the new one, path and number kept."""
    old = "https://www.objectifgard.com"
    current, archived = [*site.of(0), *site.of(1)], site.of(2)
    here: dict[str, Page] = {
        "/economie/feed": rss(site.name, current[:3], bare=True),
        "/feed/": rss(site.name, current, bare=True),
    }
    for each in archived:
        day = f"/{each.story.published:%Y/%m/%d}/"
        here[day] = listing(site.around(site.url(day)), [each])
        here[f"{_path(site, each.url)}?random-post=1"] = moved(each.url)
    left = [*here, *(_path(site, each.url) for each in site.written)]
    return here | {old + path: moved(site.url(path)) for path in left}


def _path(site: Site, url: str) -> str:
    return url.removeprefix(site.home.rstrip("/"))


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
                address="https://www.objectifsud.fr/{day:%Y/%m/%d}/{slug}/",
                page=_objectif_wordpress,
                days_before=1000,
                tells={"published", "authors"},
            ),
        ],
        routes=_objectif_routes,
    ),
]
