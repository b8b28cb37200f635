"""Stand-ins of the sources with weekly letters of many items: WordPress, both by one author."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from standin.pages import day, paragraphs
from standin.sites import EVERYTHING, Form, Site
from standin.stories import slug, stories
from standin.systems import wordpress, wordpress_lists, wordpress_with

if TYPE_CHECKING:
    from standin.pages import Around
    from standin.stories import Story


def _indiscretions(story: Story, around: Around) -> str:
    """The name of an advertisement comes first, and each caption twice."""
    caption = f"{story.authors[0]}, groupe d'entreprises du Gard"
    figure = f"<figure><img src='/a.jpg'><figcaption>{caption}</figcaption></figure>"
    return wordpress_with(
        story,
        around,
        f"<p>B2-Region Occitanie-4 mars 2024</p>{figure}<p class='wp-caption-text'>{caption}</p>"
        f"{paragraphs(story.words)}<p>J'en apprends plus ici</p>",
        meta=f"<p class='date'>{day(story.published)}</p>",
    )


def _letter_items(story: Story) -> list[tuple[str, Story]]:
    """Half of the headings have an anchor of their own."""
    items = stories(story.slug, 5, elsewhere=True)
    return [(f"b{n}" if n % 2 else slug(each.title), each) for n, each in enumerate(items)]


def _letter(story: Story, around: Around) -> str:
    """Many items on a page, below a line of greeting."""
    items = "".join(
        f"<h3{f' id={anchor}' if anchor.startswith('b') and len(anchor) == 2 else ''}>"
        f"{escape(each.title)}</h3>{paragraphs(each.words)}"
        for anchor, each in _letter_items(story)
    )
    return wordpress_with(
        story,
        around,
        f"<p>B2-Region Occitanie-4 mars 2024</p><p>{escape(story.lead)}</p><h2>Sur le gril cette "
        f"semaine</h2>{items}<p>Bonnes lecture et semaine !</p>",
        meta=f"<p class='date'>Semaine du {day(story.published)}</p>",
    )


def _vialatte(story: Story, around: Around) -> str:
    lines = (
        "Tags: Gard, Les Echos",
        "Share This",
        "Suivez Les Indiscrétions sur les réseaux sociaux :",
    )
    return wordpress(story, around, below=paragraphs(lines))


SITES = [
    Site(
        source="lesindiscretions",
        name="Les Indiscrétions",
        home="https://www.lesindiscretions.com/",
        forms=[
            Form(
                address=f"https://www.lesindiscretions.com/{rubric}/{{slug}}/",
                page=_indiscretions,
            )
            for rubric in ("zoom", "decodage")
        ]
        + [
            Form(
                address="https://www.lesindiscretions.com/les-indiscretions/{slug}/",
                page=_letter,
                items=_letter_items,
            )
        ],
        routes=wordpress_lists("/les-indiscretions/"),
    ),
    Site(
        source="hubertvialatte",
        name="Hubert Vialatte",
        home="https://www.hubertvialatte.com/",
        forms=[
            Form(address="https://www.hubertvialatte.com/billetdulundi/{slug}/", page=_vialatte),
            Form(
                address="https://www.hubertvialatte.com/industrie-services/{slug}", page=_vialatte
            ),
            Form(
                address="https://www.hubertvialatte.com/les_indiscretions/{slug}/",
                page=_letter,
                # The name of the blog is that of who writes it.
                tells=EVERYTHING - {"authors"},
                items=_letter_items,
            ),
        ],
        routes=wordpress_lists("/tag/gard/"),
    ),
]
