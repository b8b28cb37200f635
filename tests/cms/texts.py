"""What the editors of the sites under test write: invented news, and all that is no article."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice, product
from typing import Literal
from zoneinfo import ZoneInfo

from alescrawl.newsroom.stories import Block, Story, all_stories
from alescrawl.newsroom.typography import typographic_apostrophes

PARIS = ZoneInfo("Europe/Paris")
ARTICLES = 50
DAYS_APART = 7.3

State = Literal["published", "draft", "private", "protected", "scheduled"]


@dataclass(frozen=True, kw_only=True)
class Text:
    """One text as its author hands it in; *published* has the zone of Paris.

    ``split`` says that it is shown on two pages, ``canonical`` that the page names another
    address as its own, ``page`` that it is no article but, say, the imprint.
    """

    title: str
    blocks: list[Block]
    published: datetime
    lead: str = ""
    authors: list[str] = field(default_factory=list)
    section: str = ""
    tags: list[str] = field(default_factory=list)
    caption: str = ""
    comments: list[str] = field(default_factory=list)
    state: State = "published"
    page: bool = False
    split: bool = False
    sticky: bool = False
    canonical: str = ""


def articles() -> list[Text]:
    """Return fifty published articles, the newest first, the last of them about a year old."""
    stories = [story for story in all_stories() if story.kind == "article" and _is_plain(story)]
    texts = [_of_story(story) for story in stories] + _briefs(ARTICLES - len(stories))
    now = datetime.now(PARIS).replace(microsecond=0)
    dated = [replace(text, published=_moment(now, place)) for place, text in enumerate(texts)]
    dated[6] = replace(dated[6], split=True)
    dated[9] = replace(dated[9], canonical="https://www.example.org/une-autre-adresse/")
    dated[30] = replace(dated[30], sticky=True)
    return dated


def _moment(now: datetime, place: int) -> datetime:
    """Return when the article at *place* appeared: an hour ago, or in the daytime of a day."""
    if place == 0:
        return now - timedelta(hours=1)
    return (now - timedelta(days=DAYS_APART * place)).replace(hour=7 + place % 12)


def others() -> list[Text]:
    """Return what must not appear among the articles: pages, and what is not published."""
    now = datetime.now(PARIS).replace(microsecond=0)
    hidden: list[tuple[State, datetime]] = [
        ("draft", now - timedelta(days=2)),
        ("private", now - timedelta(days=3)),
        ("protected", now - timedelta(days=4)),
        ("protected", now - timedelta(days=40)),
        ("scheduled", now + timedelta(days=30)),
    ]
    texts = [
        Text(
            title=f"Un texte qui ne se montre pas, numéro {number}",
            blocks=[_paragraph(f"Le texte numéro {number} n’est pas à lire : {state}.")] * 3,
            published=published,
            authors=["Hugo Maubrun"],
            section="Industrie",
            state=state,
        )
        for number, (state, published) in enumerate(hidden, start=1)
    ]
    return [*texts, *_pages(now - timedelta(days=300))]


def _pages(published: datetime) -> list[Text]:
    about = (
        "Ce journal est inventé. Il paraît pour les essais d’un programme et pour eux seuls.",
        "Notre rédaction compte dix personnes qui n’existent pas, à Alzenac et à Valmourgue.",
    )
    contact = ("Pour nous écrire : la poste d’Alzenac garde notre courrier, boîte 12.",)
    return [
        Text(title=title, blocks=list(map(_paragraph, lines)), published=published, page=True)
        for title, lines in (("À propos", about), ("Contact", contact))
    ]


def _paragraph(text: str) -> Block:
    return Block("paragraph", text)


def _is_plain(story: Story) -> bool:
    return "](" not in story.body


def _of_story(story: Story) -> Text:
    return Text(
        title=_typeset(story.title),
        lead=_typeset(story.lead),
        blocks=[
            Block(block.kind, _typeset(block.text))
            for block in story.blocks
            if block.kind != "figure"
        ],
        published=datetime.now(PARIS),
        authors=story.authors,
        section=story.section,
        tags=story.tags,
        caption=_typeset(story.caption),
        comments=["Bravo pour cet article, il manquait."] if story.tracked else [],
    )


PLACES = ("Alzenac", "Valmourgue", "Castelvire", "Montaubert", "Trémoulède")
TRADES = (
    ("une scierie", "du bois de châtaignier", "charpentiers"),
    ("une brasserie", "de l’orge du plateau", "brasseurs"),
    ("un atelier de vélos", "des cadres en acier", "soudeurs"),
    ("une conserverie", "des châtaignes et des cèpes", "conducteurs de ligne"),
)


def _briefs(number: int) -> list[Text]:
    """Return *number* short articles, each of another place and trade."""
    return [_brief(n, *pair) for n, pair in enumerate(islice(product(TRADES, PLACES), number))]


def _brief(number: int, trade: tuple[str, str, str], place: str) -> Text:
    what, material, workers = trade
    jobs, cost = 4 + number, 200 + 35 * number
    return Text(
        title=f"{place} : {what} s’installe et cherche {jobs} {workers}",
        lead=f"Le conseil municipal de {place} a vendu le terrain. L’ouverture est annoncée "
        "pour le printemps.",
        blocks=[
            _paragraph(
                f"On y travaillera {material}. Les {jobs} premiers {workers} seront embauchés "
                f"en janvier, et autant un an plus tard si les commandes suivent."
            ),
            _paragraph(
                f"Le bâtiment de {place} coûtera {cost} 000 euros, dont un tiers vient de la "
                "région. « Nous avons cherché deux ans avant de trouver ces murs », raconte "
                "la fondatrice."
            ),
            _paragraph(
                f"Les riverains, réunis lundi à la mairie de {place}, ont demandé que les "
                "camions ne passent pas devant l’école. La commune a promis un autre chemin."
            ),
        ],
        published=datetime.now(PARIS),
        authors=[("Claire Vasserot", "Hugo Maubrun")[number % 2]],
        section="Industrie",
        tags=["emploi", place],
    )


def _typeset(text: str) -> str:
    """Return *text* with what a content management system would make of it by itself."""
    return typographic_apostrophes(text).replace("4x4", "4×4")
