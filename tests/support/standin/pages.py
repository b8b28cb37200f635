"""Pieces of pages: the frame that stands around an article, its text, and dates as printed."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from alescrawl.newsroom.dates import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from standin.stories import Story

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
POLITE = (
    "Ce site raconte la vie économique de la région depuis vingt ans, et ses lecteurs la font.",
    "Le directeur de la publication en est le gérant ; l'hébergeur se trouve à Roubaix.",
    "Toute reproduction demande notre accord écrit, même pour un court extrait.",
)


@dataclass(frozen=True)
class Around:
    """What stands around a page: its site, its address, other articles and the menu's sections."""

    site: str
    url: str
    others: Sequence[tuple[str, str]] = ()
    menu: Sequence[tuple[str, str]] = ()


def frame(around: Around, main: str, *, title: str = "", head: str = "", classes: str = "") -> str:
    """Return a whole page: menu, *main*, other headlines, what a foot says."""
    menu = "".join(f'<li><a href="{url}">{name}</a></li>' for name, url in around.menu)
    others = "".join(f'<li><a href="{url}">{escape(t)}</a></li>' for t, url in around.others[:4])
    aside = f"<aside class='sidebar'><h3>Les plus lus</h3><ul>{others}</ul></aside>"
    return (
        f'<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{escape(title)} - '
        f"{around.site}</title>{head}</head><body class='{classes}'><header><a href='/'>"
        f"{around.site}</a><nav class='menu'><ul>{menu}</ul></nav></header>{main}"
        f"{aside if others else ''}<footer><a href='/mentions-legales'>Mentions légales</a> "
        "<a href='/contact'>Contact</a> <a href='/une-charte-pour-nos-lecteurs'>Une charte pour "
        "nos lecteurs</a></footer></body></html>"
    )


def paragraphs(texts: Iterable[str]) -> str:
    """Return *texts* as paragraphs."""
    return "".join(f"<p>{escape(text, quote=False)}</p>" for text in texts)


def standing(title: str) -> str:
    """Return the body of a page that is no article."""
    return f"<main><h1>{title}</h1>{paragraphs(POLITE * 2)}</main>"


def teaser(story: Story, url: str, date: str = "") -> str:
    """Return a card of a list."""
    return (
        f"<article class='teaser'><h2><a href='{url}'>{escape(story.title)}</a></h2>{date}"
        f"<p>{escape(story.lead[:90])}…</p></article>"
    )


def day(moment: datetime) -> str:
    """Return « 3 mars 2025 »."""
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def weekday(moment: datetime) -> str:
    """Return « lundi 3 mars 2025 »."""
    return f"{DAYS[moment.weekday()]} {day(moment)}"


def minute(moment: datetime) -> str:
    """Return « 3 mars 2025 à 07:45 »."""
    return f"{day(moment)} à {moment:%H:%M}"


def iso(moment: datetime) -> str:
    """Return the moment with its offset."""
    return moment.isoformat(timespec="seconds")


def signed(names: Sequence[str]) -> str:
    """Return « A et B »."""
    return " et ".join(names)
