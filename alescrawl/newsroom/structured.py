"""What a page says to machines: JSON-LD in its many shapes, OpenGraph, and meta tags."""

from __future__ import annotations

import json
from datetime import UTC
from typing import TYPE_CHECKING, Any

from alescrawl.newsroom.dates import PARIS
from alescrawl.newsroom.templates import fill
from alescrawl.newsroom.typography import named_entities, typeset, typeset_html

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from alescrawl.newsroom.stories import Story

NAME = "Le Courrier du Sarvan"
CONTEXT = "https://schema.org"
QUIET = ("apostrophes", "spaces", "decomposed")
"""The treatments that structured data keep; hyphens and zero-width spaces are the body's."""


def stamp(story: Story, moment: datetime | None) -> str:
    """Return *moment* in ISO 8601 as the story's system writes it; empty without one."""
    if moment is None:
        return ""
    if story.day_only:
        return moment.astimezone(PARIS).date().isoformat()
    if story.data_date == "utc":
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    local = moment.astimezone(PARIS)
    return local.replace(tzinfo=None).isoformat() if story.data_date == "naive" else str_iso(local)


def str_iso(moment: datetime) -> str:
    """Return *moment* in ISO 8601 with its offset, to the second."""
    return moment.isoformat(timespec="seconds")


def structured_data(story: Story, base: str) -> str:
    """Return the part of the head that carries what ``story.data`` asks for."""
    return "\n".join(FORMS[form](story, base) for form in story.data)


def _said(story: Story, text: str) -> str:
    quiet = [name for name in story.typography if name in QUIET]
    plain = typeset(text, quiet)
    return named_entities(plain) if "entities" in story.typography else plain


def _author(story: Story) -> Any:  # noqa: ANN401 - a JSON value
    if story.data_author == "publisher" or not (story.authors or story.agencies):
        return {"@type": "Organization", "name": NAME}
    if story.data_author == "string":
        return " et ".join([*story.authors, *story.agencies])
    persons = [{"@type": "Person", "name": name} for name in story.authors]
    desks = [{"@type": "Organization", "name": name} for name in story.agencies]
    return [*persons, *desks]


def _news_article(story: Story, base: str) -> dict[str, Any]:
    said: dict[str, Any] = {
        "@type": "NewsArticle",
        "mainEntityOfPage": {"@type": "WebPage", "@id": base + story.path},
        "headline": _said(story, story.title),
        "description": _said(story, story.lead),
        "articleSection": story.section,
        "keywords": story.tags,
        "author": _author(story),
        "publisher": _publisher(base),
        "datePublished": stamp(story, story.published),
        "dateModified": stamp(story, story.modified or story.published),
        "image": [f"{base}/images/{story.image}"] if story.caption else [],
    }
    if story.kind == "paywalled":
        said |= {"isAccessibleForFree": False, "hasPart": _locked_part()}
    return {key: value for key, value in said.items() if value or value is False}


def _publisher(base: str) -> dict[str, Any]:
    logo = {"@type": "ImageObject", "url": f"{base}/images/logo.png", "width": 600}
    return {"@type": "Organization", "name": NAME, "url": f"{base}/", "logo": logo}


def _locked_part() -> dict[str, Any]:
    return {
        "@type": "WebPageElement",
        "isAccessibleForFree": False,
        "cssSelector": ".reserve-abonnes",
    }


def _breadcrumbs(story: Story, base: str) -> dict[str, Any]:
    steps = [("Accueil", f"{base}/"), (story.section, base + story.section_path)]
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": url}
        for place, (name, url) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _script(value: Any) -> str:  # noqa: ANN401 - a JSON value
    return _raw_script(json.dumps(value, ensure_ascii=False))


def _raw_script(source: str) -> str:
    harmless = source.replace("</", "<\\/")
    return f'<script type="application/ld+json">{harmless}</script>'


def _in_context(value: dict[str, Any]) -> dict[str, Any]:
    return {"@context": CONTEXT, **value}


def _plain(story: Story, base: str) -> str:
    return _script(_in_context(_news_article(story, base)))


def _graph(story: Story, base: str) -> str:
    """Return one graph in which the article names its author and publisher by ``@id``."""
    persons = [
        {"@type": "Person", "@id": f"{base}/#/auteur/{place}", "name": name}
        for place, name in enumerate(story.authors)
    ]
    website = {"@type": "WebSite", "@id": f"{base}/#site", "name": NAME, "url": f"{base}/"}
    page = {"@type": "WebPage", "@id": base + story.path, "name": f"{story.title} - {NAME}"}
    article = _news_article(story, base)
    if persons and story.data_author == "persons":
        article["author"] = [{"@id": person["@id"]} for person in persons]
    return _script(
        {
            "@context": CONTEXT,
            "@graph": [website, page, _breadcrumbs(story, base), article, *persons],
        }
    )


def _array(story: Story, base: str) -> str:
    parts = (_breadcrumbs(story, base), _news_article(story, base))
    return _script([_in_context(part) for part in parts])


def _several(story: Story, base: str) -> str:
    parts = (_publisher(base), _breadcrumbs(story, base), _news_article(story, base))
    return "\n".join(_script(_in_context(part)) for part in parts)


def _broken_comma(story: Story, base: str) -> str:
    """Return JSON-LD with a comma after the last member, as hand-written templates leave it."""
    source = json.dumps(_in_context(_news_article(story, base)), ensure_ascii=False, indent=1)
    return _raw_script(source[: source.rindex("\n}")] + ",\n}")


def _broken_newline(story: Story, base: str) -> str:
    """Return JSON-LD whose description holds a line break that was not escaped."""
    article = _news_article(story, base)
    article["description"] = article["description"].replace(". ", ".\n\t", 1) + "\n"
    source = json.dumps(_in_context(article), ensure_ascii=False)
    return _raw_script(source.replace("\\n", "\n").replace("\\t", "\t"))


def _values(story: Story, base: str) -> dict[str, str]:
    signed = [*story.authors, *story.agencies]
    return {
        "title": typeset_html(story.title, story.typography),
        "lead": typeset_html(story.lead, story.typography),
        "author": typeset_html(", ".join(signed), ()),
        "published": stamp(story, story.published),
        "modified": stamp(story, story.modified),
        "section": typeset_html(story.section, ()),
        "tags": typeset_html(", ".join(story.tags), ()),
        "site": NAME,
        "url": base + story.path,
        "image": f"{base}/images/{story.image}" if story.caption else "",
    }


def _from_template(name: str) -> Callable[[Story, str], str]:
    return lambda story, base: fill(name, _values(story, base))


FORMS: Mapping[str, Callable[[Story, str], str]] = {
    "json-ld": _plain,
    "graph": _graph,
    "array": _array,
    "several": _several,
    "broken-comma": _broken_comma,
    "broken-newline": _broken_newline,
    "opengraph": _from_template("opengraph"),
    "meta": _from_template("meta"),
}
"""The names that a story's ``data`` may hold."""
