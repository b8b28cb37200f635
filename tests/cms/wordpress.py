"""WordPress as distributions package it, on a MariaDB of the tests' own."""

from __future__ import annotations

import html
import shutil
from itertools import groupby
from typing import TYPE_CHECKING, Any

from partner import HOME, PHP, CannotRunError, Cms, Published
from texts import Text, articles, others

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from mariadb import MariaDb

    from alescrawl.newsroom.stories import Block

ROOT = HOME / "wordpress" / "usr" / "share" / "wordpress"
EDITOR = "wordpress.php"
STATUS = {
    "published": "publish",
    "draft": "draft",
    "private": "private",
    "protected": "publish",
    "scheduled": "future",
}


class WordPress(Cms):
    """One installation with the theme *theme*, named *name* within the database."""

    system = "WordPress"

    def __init__(
        self, folder: Path, database: MariaDb, theme: str = "twentytwentyone", name: str = "wp"
    ) -> None:
        super().__init__(folder)
        self.database = database
        self.theme = theme
        self.name = name

    def environment(self) -> dict[str, str]:
        return {
            **super().environment(),
            "CMS_SOCKET": str(self.database.socket),
            "CMS_NAME": self.name,
            "CMS_PLUGINS": str(PHP / "mu-plugins"),
        }

    def start(self) -> None:
        require_wordpress()
        shutil.copy(PHP / "wp-config.php", ROOT / "wp-config.php")
        self.run("install", title="Le Journal d’Alzenac", theme=self.theme)
        texts = [*articles(), *others()]
        posts = [_post(text, blocks=place % 2 == 0) for place, text in enumerate(texts)]
        filled = self.run("fill", posts=posts)
        for text, post, made in zip(texts, posts, filled, strict=True):
            if text.state == "published" and not text.page:
                self.held[made["id"]] = _published(text, post, made)
        self.serve(ROOT, "index.php")

    def stop(self) -> None:
        super().stop()
        shutil.rmtree(ROOT / "wp-content" / f"uploads-{self.name}", ignore_errors=True)

    def run(self, command: str, **given: object) -> Any:
        """Have the editor do *command*."""
        return self.script(EDITOR, ROOT, command, given)

    def set_robots(self, *lines: str) -> None:
        self.run("option", name="partner_robots", value="".join(f"{line}\n" for line in lines))

    def add_paragraph(self, number: int, sentence: str) -> None:
        self.run("edit", id=number, html=f"<p>{sentence}</p>")

    def withdraw(self, number: int) -> None:
        self.run("delete", id=number)


def require_wordpress() -> None:
    """Raise :exc:`CannotRunError` where PHP or WordPress is missing."""
    if shutil.which("php") is None:
        raise CannotRunError("PHP is not installed: run tests/cms/install.sh as root")
    if not ROOT.is_dir():
        raise CannotRunError(f"WordPress is not at {ROOT}: run tests/cms/install.sh")


def _post(text: Text, *, blocks: bool) -> dict[str, Any]:
    """Return *text* as it is handed in, in blocks or in the editor's older way.

    With blocks the lead is the first paragraph, in bold; otherwise it is the excerpt alone.
    """
    parts = list(_parts(text, lead=blocks))
    if text.split:
        parts.insert(len(parts) // 2, ("nextpage", "<!--nextpage-->"))
    return {
        "type": "page" if text.page else "post",
        "status": STATUS[text.state],
        "title": text.title,
        "content": "\n\n".join(_in_block(*part) if blocks else part[1] for part in parts),
        "excerpt": "" if blocks else text.lead,
        "date": f"{text.published:%Y-%m-%d %H:%M:%S}",
        "password": "secret" if text.state == "protected" else "",
        "authors": text.authors,
        "section": text.section,
        "tags": text.tags,
        "canonical": text.canonical,
        "sticky": text.sticky,
        "image": text.caption,
        "comments": text.comments,
    }


def _parts(text: Text, *, lead: bool) -> Iterator[tuple[str, str]]:
    """Yield the name of each block and its HTML."""
    if lead and text.lead:
        yield "paragraph", f"<p><strong>{html.escape(text.lead, quote=False)}</strong></p>"
    for is_list, group in groupby(text.blocks, lambda block: block.kind == "list_item"):
        if is_list:
            yield "list", f"<ul>{''.join(f'<li>{_escaped(block)}</li>' for block in group)}</ul>"
        else:
            yield from map(_part, group)


def _part(block: Block) -> tuple[str, str]:
    words = _escaped(block)
    if block.kind == "subhead":
        return "heading", f"<h2>{words}</h2>"
    if block.kind == "quote":
        return "quote", f'<blockquote class="wp-block-quote"><p>{words}</p></blockquote>'
    if block.kind == "question":
        return "paragraph", f"<p><strong>{words}</strong></p>"
    return "paragraph", f"<p>{words}</p>"


def _escaped(block: Block) -> str:
    return html.escape(block.plain, quote=False)


def _in_block(name: str, markup: str) -> str:
    return f"<!-- wp:{name} -->\n{markup}\n<!-- /wp:{name} -->"


def _published(text: Text, post: dict[str, Any], made: dict[str, Any]) -> Published:
    leading = [] if post["excerpt"] or not text.lead else [text.lead]
    return Published(
        id=made["id"],
        url=made["url"],
        title=text.title,
        authors=text.authors,
        published=text.published,
        text="\n\n".join([*leading, *_words(text.blocks)]),
    )


def _words(blocks: Iterable[Block]) -> list[str]:
    return [block.plain for block in blocks]
