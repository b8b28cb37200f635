"""Stand-ins of sources that are as their system makes them: a line each."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from standin.lists import rss
from standin.pages import day
from standin.sites import EVERYTHING, NO_SECTION, Form, Site
from standin.systems import (
    DRUPAL,
    SPIP,
    WORDPRESS,
    drupal,
    home_page,
    paged,
    plain,
    spip,
    structured,
    wordpress,
    wordpress_lists,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from standin.pages import Around
    from standin.stories import Story
    from standin.web import Page


class System(NamedTuple):
    """How a system shows and lists articles; see :class:`~standin.sites.Form`."""

    page: Callable[[Story, Around], str]
    routes: Callable[[Site], Mapping[str, Page]]
    tells: Iterable[str] = EVERYTHING
    precision: str = "second"
    menu: Mapping[str, str] = MappingProxyType({})


def feed_at(path: str, **home: Any) -> Callable[[Site], Mapping[str, Page]]:
    """Return a home page and a feed at *path*."""
    return lambda site: {"/": home_page(site, **home), path: rss(site.name, site.written)}


def _dated(story: Story, around: Around) -> str:
    return plain(story, around, date=f"<p class='date'>Publié le {day(story.published)}</p>")


def listed_at(path: str) -> System:
    """Return pages that print their day and say no more, on a listing below the home page."""
    return System(
        _dated,
        lambda site: {"/": home_page(site), **paged(site, path, f"{path}?page=2")},
        frozenset({"published"}),
        "day",
        {"Actualités": path},
    )


def drupal_listed_at(path: str) -> System:
    """Return nodes of Drupal on a listing at *path*."""
    return System(drupal, lambda site: paged(site, path, f"{path}?page=2", head=DRUPAL), NO_SECTION)


def json_ld_at(path: str) -> System:
    """Return pages that say all in JSON-LD, with a feed at *path*."""
    return System(structured, feed_at(path))


WORDPRESS_SITE = System(wordpress, wordpress_lists())
DRUPAL_SITE = System(drupal, feed_at("/rss.xml", head=DRUPAL), NO_SECTION)
SPIP_SITE = System(spip, feed_at("/spip.php?page=backend", head=SPIP), NO_SECTION)
JSON_LD_SITE = json_ld_at("/feed/")


def like(source: str, system: System, address: str) -> Site:
    """Return a site of *system*, whose articles have addresses such as *address*."""
    parts = urlsplit(address)
    return Site(
        source=source,
        name=source.replace("_", " ").title(),
        home=f"{parts.scheme}://{parts.netloc}/",
        forms=[
            Form(
                address=address,
                page=system.page,
                tells=system.tells,
                precision=system.precision,
            )
        ],
        routes=system.routes,
        menu=system.menu,
    )


SITES = [
    like(
        "agefiph",
        drupal_listed_at("/occitanie"),
        "https://www.agefiph.fr/actualites-handicap/{slug}",
    ),
    like("cci_gard", DRUPAL_SITE, "https://www.gard.cci.fr/actualites/{slug}"),
    like("cma_gard", WORDPRESS_SITE, "https://www.cma-gard.fr/{slug}/"),
    like(
        "emploilr",
        listed_at("/actualites"),
        "https://www.emploilr.com/actualites/{slug}_{n}.php",
    ),
    like(
        "france_travail",
        listed_at("/regions/occitanie.html"),
        "https://www.francetravail.org/regions/occitanie/actualites/{slug}.html",
    ),
    like(
        "gardrhodanien", listed_at("/actualites"), "https://www.gardrhodanien.fr/actualite/{slug}"
    ),
    like(
        "gazette_du_midi",
        listed_at("/au-sommaire/collectivites"),
        "https://gazette-du-midi.fr/au-sommaire/collectivites/{slug}",
    ),
    like(
        "lejournaltoulousain",
        System(wordpress, feed_at("/occitanie/gard/feed/", head=WORDPRESS), NO_SECTION),
        "https://www.lejournaltoulousain.fr/occitanie/gard/{slug}-{n}/",
    ),
    like("ria", json_ld_at("/rss"), "https://www.ria.fr/actualites/{slug}"),
    like(
        "lamarseillaise",
        json_ld_at("/rss.xml"),
        "https://www.lamarseillaise.fr/economie/{slug}-{n}",
    ),
    like("lemag_ales", listed_at("/actualites"), "https://lemag.ales.fr/actualites/{s.glued_slug}"),
    like("medef_gard", listed_at("/fr/actualite"), "https://www.upe30.com/fr/actualite/{slug}"),
    like(
        "nimes",
        # Where its news lies was not seen; its pages of today do not end in .html.
        listed_at("/actualites"),
        "https://www.nimes.fr/ma-ville/actualites/{slug}",
    ),
    like(
        "tribunal_nimes",
        listed_at("/decisions-de-justice/dernieres-decisions"),
        "https://nimes.tribunal-administratif.fr/decisions-de-justice/dernieres-decisions/{slug}",
    ),
    like(
        "vingt_minutes",
        json_ld_at("/feeds/rss-occitanie.xml"),
        "https://www.20minutes.fr/economie/{n}21-{day:%Y%m%d}-{slug}",
    ),
]
