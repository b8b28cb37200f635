"""Reading the REST interface of WordPress: posts with dates, authors and terms, last changed first.

Source of the names: developer.wordpress.org/rest-api/reference/posts (seen in WordPress 6.1).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from alescrawl.crawling.routes.feed import load_json
from alescrawl.crawling.routes.model import Flaw, Onward, UnreadableRoute, WordPressRest
from alescrawl.crawling.routes.plain_text import plain_excerpt, plain_line, route_words
from alescrawl.crawling.routes.web_address import web_address
from alescrawl.dataset.ledger.hints import Listed
from alescrawl.extraction.dates.dates import parse_timestamp

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from alescrawl.crawling.routes.model import Answer


def read_wordpress_rest(answer: Answer) -> Iterator[Listed | Onward | Flaw]:
    """Yield the posts of a page and the page after it.

    A post behind a password is no article to publish and is passed over. The list is complete
    where it says how many posts there are. Raises
    :exc:`UnreadableRoute`: ``empty``, ``not_json`` or ``not_posts``.
    """
    posts = load_json(answer.body, answer.charset)
    if not isinstance(posts, list):
        raise UnreadableRoute("not_posts")
    listed_by = None if total_posts(answer) is None else answer.route.url
    if listed_by is None:
        yield Flaw("no_total", damaged=True)
    for post in posts:
        if isinstance(post, dict):
            yield _entry(post, answer.url, listed_by)
        else:
            yield Flaw("not_a_post")
    route = answer.route
    if isinstance(route, WordPressRest) and route.page < _pages(answer):
        yield Onward(replace(route, page=route.page + 1), next_page=True)


def _pages(answer: Answer) -> int:
    return _number(answer, "x-wp-totalpages") or 1


def total_posts(answer: Answer) -> int | None:
    """Return how many posts there are on all pages, those behind a password among them.

    ``None`` where the server does not say so, or not on how many pages.
    """
    return _number(answer, "x-wp-total") if _number(answer, "x-wp-totalpages") else None


def _number(answer: Answer, header: str) -> int | None:
    text = answer.headers.get(header, "")
    return int(text) if text.isdecimal() and len(text) < len("10000000") else None


def _entry(post: dict[str, Any], base: str, listed_by: str | None) -> Listed | Flaw:
    address = web_address(base, _text(post, "link") or "")
    if address is None:
        return Flaw("no_address")
    title = plain_line(_text(post, "title", "rendered"))
    if _is_protected(post, title):
        return Flaw("password_protected")
    return Listed(
        address,
        published=_moment(post, "date"),
        lastmod=_moment(post, "modified"),
        title=title,
        authors=_names(_at(post, "_embedded", "author")),
        section=next(iter(_terms(post, "category")), None),
        tags=_terms(post, "post_tag"),
        excerpt=plain_excerpt(_text(post, "excerpt", "rendered")),
        listed_by=listed_by,
    )


def _is_protected(post: dict[str, Any], title: str | None) -> bool:
    flags = (_at(post, name, "protected") for name in ("content", "excerpt"))
    told = [flag for flag in flags if isinstance(flag, bool)]
    return any(told) if told else (title or "").startswith(tuple(route_words()["protected"]))


def _moment(post: dict[str, Any], name: str) -> datetime | None:
    """Return a time: the one in UTC is given without its zone."""
    exact = _text(post, f"{name}_gmt")
    return parse_timestamp(f"{exact}Z" if exact else _text(post, name))


def _terms(post: dict[str, Any], taxonomy: str) -> tuple[str, ...]:
    groups = _at(post, "_embedded", "wp:term")
    terms = [t for group in _list(groups) for t in _list(group) if _at(t, "taxonomy") == taxonomy]
    unsorted = route_words()["no_section"]
    return tuple(name for name in _names(terms) if name.lower() not in unsorted)


def _names(things: Any) -> tuple[str, ...]:  # noqa: ANN401 - whatever the server sent
    names = (plain_line(_text(thing, "name")) for thing in _list(things))
    return tuple(filter(None, names))


def _list(value: Any) -> list[Any]:  # noqa: ANN401 - same
    return value if isinstance(value, list) else []


def _at(value: Any, *path: str) -> Any:  # noqa: ANN401 - same
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _text(value: Any, *path: str) -> str | None:  # noqa: ANN401 - same
    found = _at(value, *path)
    return found if isinstance(found, str) else None
