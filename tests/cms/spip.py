"""SPIP, out of its package, with SQLite and clean addresses."""

from __future__ import annotations

import json
import shutil
import urllib.parse
import urllib.request
from itertools import groupby
from typing import TYPE_CHECKING, Any

from partner import HOME, CannotRunError, Cms, Published
from texts import Text, articles, others

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from alescrawl.newsroom.stories import Block

PACKAGED = "/usr/share/"
UNPACKED = HOME / "spip" / "usr" / "share"
EDITOR = "spip.php"
STATUS = {
    "published": "publie",
    "draft": "prepa",
    "private": "prop",
    "protected": "prop",
    "scheduled": "publie",
}
WRITABLE = ("IMG", "local", "plugins", "sites", "themes", "tmp")
PASSWORD = "un mot de passe"


class Spip(Cms):
    """One installation, in a copy of its own."""

    system = "SPIP"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.root = folder / "share" / "spip"

    def environment(self) -> dict[str, str]:
        # What SPIP's .htaccess files say: it refuses to be installed where they are ignored.
        return {
            **super().environment(),
            "CMS_CLOSED": "~^/(tmp|config|vendor)/~",
            "CMS_PAGES": json.dumps({"/sitemap.xml": "sitemap.xml"}),
        }

    def start(self) -> None:
        require_spip()
        self._copy()
        self.serve(self.root, "spip.php")
        self._install()
        texts = [*articles(), *(text for text in others() if not text.page)]
        posts = [_post(text) for text in texts]
        filled = self.run("fill", title="La Gazette de Valmourgue", posts=posts)
        for text, made in zip(texts, filled, strict=True):
            if text.state == "published":
                self.held[made["id"]] = _published(text, made)
        self.set_robots()

    def run(self, command: str, **given: object) -> Any:
        """Have the editor do *command*."""
        return self.script(EDITOR, self.root, command, given)

    def set_robots(self, *lines: str) -> None:
        rules = "\n".join(["User-agent: *", "Disallow: /ecrire/", *lines, ""])
        (self.root / "robots.txt").write_text(rules, "utf-8")

    def add_paragraph(self, number: int, sentence: str) -> None:
        self.run("edit", id=number, text=sentence)

    def withdraw(self, number: int) -> None:
        self.run("delete", id=number)

    def _copy(self) -> None:
        """Copy the package to where it may write, and let it find itself there."""
        share = self.folder / "share"
        for name in ("php", "spip"):
            shutil.copytree(UNPACKED / name, share / name, symlinks=True)
        for file in (*share.glob("php/**/*.php"), share / "spip" / "vendor" / "autoload.php"):
            source = file.read_text("utf-8", errors="surrogateescape")
            if f"'{PACKAGED}" in source:
                moved = source.replace(f"'{PACKAGED}", f"'{share}/")
                file.write_text(moved, "utf-8", errors="surrogateescape")
        for name in WRITABLE:
            folder = self.root / name
            folder.unlink() if folder.is_symlink() else shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
        for link in ("mes_options.php", "ecran_securite.php"):
            (self.root / "config" / link).unlink(missing_ok=True)

    def _install(self) -> None:
        """Go through the screens of the installation, as its owner does."""
        base = {"server_db": "sqlite3", "sel_db": "spip", "chmod": "511"}
        owner = {"nom": "La rédaction", "email": "redaction@example.org", "login": "redaction"}
        passwords = {"pass": PASSWORD, "pass_verif": PASSWORD}
        self._screen("3", **base, choix_db="new_spip", table_new="spip", tprefix="spip")
        self._screen("3b", **base, **owner, **passwords)
        self._screen("4")
        self._screen("fin")

    def _screen(self, step: str, **fields: str) -> None:
        data = urllib.parse.urlencode({"exec": "install", "etape": step, **fields}).encode()
        with urllib.request.urlopen(f"{self.url}/ecrire/", data, timeout=60) as answer:
            page = answer.read().decode()
        _, error, what = page.partition("class='error'")
        if error:
            raise RuntimeError(f"SPIP, step {step} of the installation: {what}")


def require_spip() -> None:
    """Raise :exc:`CannotRunError` where PHP or SPIP is missing."""
    if shutil.which("php") is None:
        raise CannotRunError("PHP is not installed: run tests/cms/install.sh as root")
    if not UNPACKED.is_dir():
        raise CannotRunError(f"SPIP is not at {UNPACKED}: run tests/cms/install.sh")


def _post(text: Text) -> dict[str, Any]:
    return {
        "title": text.title,
        "lead": text.lead,
        "text": "\n\n".join(_parts(text)),
        "status": STATUS[text.state],
        "date": f"{text.published:%Y-%m-%d %H:%M:%S}",
        "authors": text.authors,
        "section": text.section,
        "tags": text.tags,
        "comments": text.comments,
    }


def _parts(text: Text) -> Iterator[str]:
    """Yield the blocks of *text* with SPIP's own marks."""
    for is_list, group in groupby(text.blocks, lambda block: block.kind == "list_item"):
        if is_list:
            yield "\n".join(f"-* {block.plain}" for block in group)
        else:
            yield from map(_part, group)


def _part(block: Block) -> str:
    if block.kind == "subhead":
        return "{{{" + block.plain + "}}}"
    if block.kind == "quote":
        return f"<quote>{block.plain}</quote>"
    return "{{" + block.plain + "}}" if block.kind == "question" else block.plain


def _published(text: Text, made: dict[str, Any]) -> Published:
    return Published(
        id=made["id"],
        url=made["url"],
        title=text.title,
        authors=sorted(text.authors),  # as SPIP prints them
        published=text.published,
        text="\n\n".join([*([text.lead] if text.lead else []), *(b.plain for b in text.blocks)]),
    )
