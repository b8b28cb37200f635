"""Publisher, section, tags and main image, as a page states them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from alescrawl.text.normalise import normalise

if TYPE_CHECKING:
    from alescrawl.extraction.page.meta import Head
    from alescrawl.extraction.page.selectors import Selection
    from alescrawl.extraction.page.structured import Structured
    from alescrawl.items import Origin

_PUBLISHER = ("og:site_name", "publisher", "dc.publisher", "dcterms.publisher", "application-name")
_SECTION = (
    "article:section",
    "og:article:section",
    "parsely-section",
    "sailthru.section",
    "cxenseparse:recs:category",
    "section",
    "category",
)
_TAGS = ("article:tag", "news_keywords", "keywords", "parsely-tags", "sailthru.tags", "dc.subject")
_IMAGE = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src")
_LONGEST_NAME = 60
"""A longer name is no headline only where the title does not hold it."""
_MOST_TAGS = 40
_LONGEST_TAG = 100


class Stated(NamedTuple):
    """A text, "" where none is stated, and where it was read."""

    text: str
    origin: Origin | None


def read_publisher(head: Head, structured: Structured) -> Stated:
    """Return the name of the publishing organisation."""
    title = head.first("og:title") or head.title
    return _first(
        (_name(structured.text("publisher", "sourceOrganization"), title), "json-ld"),
        (_name(head.first(*_PUBLISHER), title), "meta"),
        (_item(head, "publisher"), "microdata"),
    )


def house_names(head: Head, structured: Structured, url: str) -> list[str]:
    """Return the names that the publisher goes by on the page, its host among them."""
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        host = ""
    stated = [structured.text("publisher", "sourceOrganization"), *map(head.first, _PUBLISHER)]
    names = [*stated, host, host.rpartition(".")[0], host.rpartition(".")[0].rpartition(".")[2]]
    return list(dict.fromkeys(name for name in names if name))


def read_section(head: Head, structured: Structured, picked: Selection) -> Stated:
    """Return the publisher's section."""
    return _first(
        (structured.text("articleSection"), "json-ld"),
        (picked.text("section"), "selector"),
        (head.first(*_SECTION), "meta"),
        (_item(head, "articleSection"), "microdata"),
    )


def read_tags(head: Head, structured: Structured) -> tuple[list[str], Origin | None]:
    """Return the publisher's keywords, each once, in order."""
    stated = [_text(value) for value in structured.values("keywords")]
    for origin, values in (("json-ld", stated), ("meta", head.all(*_TAGS))):
        tags = _split(values)
        if tags:
            return tags, "json-ld" if origin == "json-ld" else "meta"
    return [], None


def read_image(head: Head, structured: Structured, url: str) -> Stated:
    """Return the absolute address of the main image."""
    image, origin = _first(
        (head.first(*_IMAGE), "meta"),
        (_image_address(structured), "json-ld"),
        (head.link("image_src"), "meta"),
    )
    try:
        address = urljoin(url, image) if image else ""
    except ValueError:
        address = ""
    # No picture in the page itself (data:), no script, no file.
    is_stored = address.lower().startswith(("http://", "https://"))
    return Stated(address, origin) if is_stored else Stated("", None)


def _first(*stated: tuple[str, Origin]) -> Stated:
    return next((Stated(text, origin) for text, origin in stated if text), Stated("", None))


def _name(text: str, title: str) -> str:
    """Return *text* unless it is an address, or a headline, put where a name belongs."""
    is_headline = len(text) > _LONGEST_NAME and text in title
    return "" if "://" in text or is_headline else text


def _item(head: Head, name: str) -> str:
    for element in head.items.get(name, ()):
        inner: Any = element.xpath(".//*[@itemprop='name']")
        named = inner[0] if inner else element
        text = normalise(named.get("content") or " ".join(named.itertext()))
        if 0 < len(text) <= _LONGEST_TAG:
            return text
    return ""


def _image_address(structured: Structured) -> str:
    for value in structured.values("image"):
        address = value.get("url") or value.get("contentUrl") if isinstance(value, dict) else value
        if isinstance(address, str) and address:
            return address
    return ""


def _split(values: list[str]) -> list[str]:
    """Return the tags in *values*; a value alone may be a list of them, with commas."""
    parts = values[0].split(";" if ";" in values[0] else ",") if len(values) == 1 else values
    tags = [normalise(part) for part in parts]
    return list(dict.fromkeys(t for t in tags if 0 < len(t) <= _LONGEST_TAG))[:_MOST_TAGS]


def _text(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("name")
    return value if isinstance(value, str) else ""
