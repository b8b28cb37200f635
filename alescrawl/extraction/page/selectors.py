"""What a source's own selectors, CSS or XPath, find on a page."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cssselect import SelectorError
from lxml.etree import XPath, XPathError
from parsel.csstranslator import HTMLTranslator

from alescrawl.items import Paragraph
from alescrawl.text.normalise import as_printed, normalise

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.html import HtmlElement

    from alescrawl.items import ParagraphKind

_KINDS: dict[str, ParagraphKind] = {
    "p": "paragraph",
    "li": "list_item",
    "blockquote": "quote",
    "h2": "subhead",
    "h3": "subhead",
    "h4": "subhead",
}


class Selection:
    """The texts that the selectors of a source find in *tree*, by field."""

    def __init__(self, tree: HtmlElement, selectors: Mapping[str, str] | None) -> None:
        self._tree = tree
        self._selectors = selectors or {}

    def text(self, field: str) -> str:
        """Return the first text that is not blank, on one line, or ""."""
        return next(iter(self.texts(field)), "")

    def quoted(self, field: str) -> str:
        """Return the first text that is not blank, with the quotes of the page, or ""."""
        lines = (as_printed(_words(found)) for found in self._found(field))
        return next(filter(None, lines), "")

    def texts(self, field: str) -> list[str]:
        """Return the texts found for *field*, each on one line, in order."""
        lines = (normalise(_words(found)) for found in self._found(field))
        return [line for line in lines if line]

    def paragraphs(self, field: str) -> list[Paragraph]:
        """Return the blocks of text found for *field*: elements, or the blocks in them."""
        blocks = [block for found in self._found(field) for block in _blocks(found)]
        return [block for block in blocks if block.text]

    def _found(self, field: str) -> list[Any]:
        selector = self._selectors.get(field)
        if not selector:
            return []
        found: Any = compiled(selector)(self._tree)
        return found if isinstance(found, list) else [found]


@lru_cache(maxsize=512)
def compiled(selector: str) -> XPath:
    """Return *selector* ready to call; raises ``ValueError`` where it is neither CSS nor XPath."""
    try:
        is_xpath = selector.lstrip("( ").startswith(("/", "./", "string(", "normalize-space("))
        return XPath(selector if is_xpath else HTMLTranslator().css_to_xpath(selector))
    except (SelectorError, XPathError) as error:
        raise ValueError(f"selector {selector!r}: {error}") from None


def _words(found: Any) -> str:  # noqa: ANN401 - XPath returns elements, texts and numbers
    return "".join(found.itertext()) if hasattr(found, "itertext") else str(found)


def _blocks(found: Any) -> Iterator[Paragraph]:  # noqa: ANN401 - as above
    inner = list(found.iterdescendants(*_KINDS)) if hasattr(found, "itertext") else []
    for element in inner or [found]:
        kind = _KINDS.get(getattr(element, "tag", "p"), "paragraph")
        if not (inner and kind != "paragraph" and _holds_paragraph(element)):
            yield Paragraph(kind, as_printed(_words(element)))


def _holds_paragraph(element: HtmlElement) -> bool:
    return next(element.iterdescendants("p"), None) is not None
