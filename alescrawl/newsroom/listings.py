"""Pages that are no articles: the home page, sections, tags, and the legal ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alescrawl.newsroom.body import inline
from alescrawl.newsroom.dates import day_in_words
from alescrawl.newsroom.pages import POLICY_PATH, plain_values
from alescrawl.newsroom.structured import NAME
from alescrawl.newsroom.templates import fill

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alescrawl.newsroom.stories import Story

PER_PAGE = 5
ON_HOME_PAGE = 12
TAG = "emploi"
LEGAL_PATH = "/mentions-legales"
LEGAL = (
    "Ce site est édité par la société d'édition du Sarvan, 3, quai des Tanneurs, à Valmourgue.",
    "Vous pouvez demander à voir, à corriger ou à effacer les données qui vous concernent.",
    "Hébergement : une machine qui n'écoute que la boucle locale.",
)
POLICY = (
    "Les articles signalés ne servent à la fouille de textes qu'avec l'accord de la rédaction.",
)


def listing_pages(online: Sequence[Story], base: str) -> Iterator[tuple[str, str]]:
    """Yield path and HTML of each page that is no article; *online* is newest first."""
    yield "/", _listing(NAME, "/", online[:ON_HOME_PAGE], online, base)
    for section in sorted({story.section for story in online}):
        yield from _section_pages(section, online, base)
    tagged = [story for story in online if TAG in story.tags]
    yield f"/tag/{TAG}", _listing(f"Mot-clé : {TAG}", f"/tag/{TAG}", tagged, online, base)
    yield LEGAL_PATH, _plain("Mentions légales", LEGAL_PATH, LEGAL, online, base)
    yield POLICY_PATH, _plain("Fouille de textes", POLICY_PATH, POLICY, online, base)


def message_page(message: str, path: str, online: Sequence[Story], base: str) -> str:
    """Return the page that stands where there is no other, and says so."""
    return _plain(
        message, path, ("Retournez à l'accueil ou cherchez un autre sujet.",), online, base
    )


def _section_pages(section: str, online: Sequence[Story], base: str) -> Iterator[tuple[str, str]]:
    stories = [story for story in online if story.section == section]
    first = stories[0].section_path
    paths = [
        f"{first}page/{place // PER_PAGE + 1}/" if place else first
        for place in range(0, len(stories), PER_PAGE)
    ]
    numbers = " ".join(f'<a href="{path}">{place}</a>' for place, path in enumerate(paths, 1))
    for place, path in enumerate(paths):
        shown = stories[place * PER_PAGE : (place + 1) * PER_PAGE]
        yield path, _listing(section, path, shown, online, base, pages=numbers)


def _listing(
    title: str,
    path: str,
    shown: Sequence[Story],
    online: Sequence[Story],
    base: str,
    *,
    pages: str = "",
) -> str:
    values = plain_values(title, path, online, base)
    return fill("listing", values | {"teasers": "\n".join(map(_teaser, shown)), "pages": pages})


def _teaser(story: Story) -> str:
    return fill(
        "teaser",
        {
            "url": story.path,
            "title": inline(story.title, story),
            "date": day_in_words(story.published) if story.published else "",
            "lead": inline(story.lead, story),
        },
    )


def _plain(
    title: str, path: str, paragraphs: Sequence[str], online: Sequence[Story], base: str
) -> str:
    values = plain_values(title, path, online, base)
    return fill("plain", values | {"body": "\n".join(f"<p>{text}</p>" for text in paragraphs)})
