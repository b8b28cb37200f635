"""What several readers of one page share, so that each part of it is read once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from lxml.etree import XPath

from alescrawl.extraction.page.structured import folded_title
from alescrawl.extraction.page.surroundings import lines_around

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from alescrawl.extraction.page.meta import Head
    from alescrawl.extraction.page.structured import Structured
    from alescrawl.extraction.page.surroundings import Line


_NAMED: Final = XPath("//*[@class or @rel]")


class Named(NamedTuple):
    """An element and its class and rel attributes, "" where it has none."""

    element: HtmlElement
    classes: str
    rel: str


@dataclass(slots=True)
class Facts:
    """A page's tree and address, what it states of itself, the names of its publisher.

    ``heading`` is the element that prints the headline, ``last_lines`` end the text; both are
    filled as the reading goes on.
    """

    tree: HtmlElement
    url: str
    head: Head
    structured: Structured
    houses: list[str] = field(default_factory=list)
    heading: HtmlElement | None = None
    last_lines: list[str] = field(default_factory=list)
    _titles: frozenset[str] | None = None
    _around: list[Line] | None = None
    _named: list[Named] | None = None

    @property
    def titles(self) -> frozenset[str]:
        """What the page calls its article, folded; the name of the site may be at the end."""
        if self._titles is None:
            head = self.head
            stated = [head.first("og:title"), head.title, self.structured.text("headline", "name")]
            self._titles = frozenset(map(folded_title, stated)) - {""}
        return self._titles

    @property
    def around(self) -> list[Line]:
        """The lines near the headline; read when first asked for."""
        if self._around is None:
            self._around = lines_around(self.heading) if self.heading is not None else []
        return self._around

    @property
    def named(self) -> list[Named]:
        """The elements of the page that have a class or a rel; read when first asked for."""
        if self._named is None:
            found: Any = _NAMED(self.tree)
            self._named = [Named(e, e.get("class", ""), e.get("rel", "")) for e in found]
        return self._named
