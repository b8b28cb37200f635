"""The page of a story: its layout filled with the text and with all that surrounds it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from alescrawl.newsroom.body import body_html, inline
from alescrawl.newsroom.dates import day_in_words, moment_in_words
from alescrawl.newsroom.structured import NAME, stamp, str_iso, structured_data
from alescrawl.newsroom.templates import fill
from alescrawl.newsroom.typography import typeset_html

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from alescrawl.newsroom.stories import Story

LINKED = 5
POLICY_PATH = "/droits/fouille-de-textes.html"
CHARSETS = {
    "utf-8": '<meta charset="utf-8">',
    "iso-8859-1": '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">',
}


def story_page(story: Story, online: Sequence[Story], base: str) -> str:
    """Return the page of *story*, which links to others that are *online* (newest first)."""
    layout = story.layout
    values = _story_values(story, online, base)
    values["body"] = body_html(story, layout, _aside(story, online) if layout == "modern" else "")
    values["head"] = fill("head", values)
    return fill(layout, values)


def variant_page(story: Story, variant: str, online: Sequence[Story], base: str) -> str:
    """Return the AMP or print version of *story*; its canonical link names the story's page."""
    values = _story_values(story, online, base)
    values["body"] = body_html(story, variant)
    return fill(variant, values)


def variant_path(story: Story, variant: str) -> str:
    """Return where the *variant* (amp, print) of *story* lies, or nothing if it has none."""
    if variant not in story.variants:
        return ""
    return {"amp": "/amp", "print": "/imprimer"}[variant] + story.path


def plain_values(title: str, path: str, online: Sequence[Story], base: str) -> dict[str, str]:
    """Return what the templates of all pages ask for, those of no story among them."""
    values = dict.fromkeys(("amphtml", "reservation", "policy", "data", "section", "body"), "")
    values |= {"title": title, "site": NAME, "base": base, "canonical": base + path}
    values |= {"charset": CHARSETS["utf-8"], "page_type": "page"}
    values["menu"] = "\n".join(
        f'<li><a href="{path}">{name}</a></li>'
        for path, name in sorted({(story.section_path, story.section) for story in online})
    )
    values["newsletter"] = fill("newsletter", values)
    values["comments"] = fill("comments", values)
    values["top"], values["bottom"] = fill("top", values), fill("bottom", values)
    values["head"] = fill("head", values)
    return values


def link(story: Story) -> str:
    """Return a list item that leads to *story*."""
    return f'<li><a href="{story.path}">{inline(story.title, story)}</a></li>'


def _story_values(story: Story, online: Sequence[Story], base: str) -> dict[str, str]:
    values = plain_values("", story.path, online, base)
    values |= _texts(story) | _rights(story, base) | _links(story, online, base)
    values |= {
        "charset": CHARSETS[story.charset],
        "data": structured_data(story, base),
        "page_type": "article",
        "section": story.section,
        "section_path": story.section_path,
        "byline": _byline(story),
        "author": ", ".join(story.authors),
        "date": _date(story),
        "day": day_in_words(story.published) if story.published else "",
        "published": stamp(story, story.published),
        "modified": stamp(story, story.modified),
        "image": f"{base}/images/{story.image}" if story.caption else "",
        "paywall": fill("paywall", values) if story.kind == "paywalled" else "",
    }
    return values


def _texts(story: Story) -> dict[str, str]:
    names = ("kicker", "title", "lead", "caption", "credit")
    texts = {name: typeset_html(getattr(story, name), story.typography) for name in names}
    tags = (
        f'<a href="/tag/{tag.replace(" ", "-")}">{inline(tag, story)}</a>' for tag in story.tags
    )
    return texts | {"tags": ", ".join(tags)}


def _rights(story: Story, base: str) -> dict[str, str]:
    if story.reserved_by != "meta":
        return {}
    return {"reservation": "1", "policy": base + POLICY_PATH}


def _links(story: Story, online: Sequence[Story], base: str) -> dict[str, str]:
    others = [other for other in online if other.path != story.path]
    same = [other for other in others if other.section == story.section]
    amp, printed = variant_path(story, "amp"), variant_path(story, "print")
    share = {"url": base + story.path, "print_url": printed or "javascript:window.print()"}
    return {
        "related": "\n".join(map(link, same[:LINKED])),
        "latest": "\n".join(map(link, others[:LINKED])),
        "amphtml": base + amp if amp else "",
        "share": fill("share", share),
    }


def _aside(story: Story, online: Sequence[Story]) -> str:
    """Return the link to another story that the newest layout puts between paragraphs."""
    other = next(other for other in online if other.path != story.path)
    title = inline(other.title, other)
    anchor = f'<a href="{other.path}">{title}</a>'
    return f'<div class="encart"><strong>À lire aussi :</strong> {anchor}</div>'


def _byline(story: Story) -> str:
    byline = typeset_html(story.byline, story.typography)
    if story.layout != "modern":
        return byline
    names = "|".join(re.escape(typeset_html(name, story.typography)) for name in story.authors)
    return (
        re.sub(f"({names})", r'<a rel="author" href="/auteurs">\1</a>', byline) if names else byline
    )


def _date(story: Story) -> str:
    if story.date_printed or story.published is None:
        return typeset_html(story.date_printed, story.typography)
    date = f"Publié le {_time(story, story.published)}"
    if story.modified is None:
        return date
    return f"{date}, mis à jour le {_time(story, story.modified)}"


def _time(story: Story, moment: datetime) -> str:
    words = day_in_words(moment) if story.day_only else moment_in_words(moment)
    return f'<time datetime="{stamp(story, moment) or str_iso(moment)}">{words}</time>'
