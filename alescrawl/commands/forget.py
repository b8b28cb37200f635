"""`scrapy forget URL|PERSON`: removes an article or a person's name from everything."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from alescrawl.command import ProjectCommand
from alescrawl.dataset.errors import DatasetError

if TYPE_CHECKING:
    import argparse

    from alescrawl.dataset.folder import Folder
    from alescrawl.dataset.ledger.connection import Ledger


_NAMES_ARTICLE = re.compile(r"https?://[^\s/.]+(?:\.|:|\w)\S*|[0-9a-f]{16}")


class Command(ProjectCommand):
    """Removes from every table, the ledger, the archive and the revisions, for good."""

    def syntax(self) -> str:
        """Return how the command is called."""
        return '[options] <URL, article_id, or "Given-name Surname">'

    def short_desc(self) -> str:
        """Return the line that `scrapy` lists."""
        return "Remove an article or a person's name everywhere, and never collect it again"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Remove what is named and print what that came to."""
        from alescrawl.dataset.archive.recovery import delete_leftovers
        from alescrawl.dataset.ledger.connection import open_dataset
        from alescrawl.dataset.ledger.runs import known_sources
        from alescrawl.dataset.locks import lock_all
        from alescrawl.dataset.publication.publish import publish

        del opts
        if len(args) != 1:
            raise self.wrong_words()
        assert self.settings is not None  # noqa: S101 - set by Scrapy
        try:
            with (
                open_dataset(self.settings) as (output, ledger),
                # A crawl that is running would bring it back.
                lock_all(output, sources := known_sources(ledger)),
            ):
                delete_leftovers(ledger, output, sources)
                for line in _forget(ledger, output, args[0].strip()):
                    print(line)  # noqa: T201 - what the command is for
                publish(ledger, output)
                ledger.compact()
                _remove_made(output)
        except DatasetError as error:
            print(f"scrapy forget: {error}", file=sys.stderr)  # noqa: T201 - what the command is for
            self.exitcode = 1


def _remove_made(output: Folder) -> None:
    """Remove what was made of the dataset, and may hold what had to go."""
    made = {"report.html": "report", "search.sqlite*": "find", "feeds/*.atom": "watch"}
    for pattern, command in made.items():
        for path in sorted(output.root.glob(pattern)):
            path.unlink(missing_ok=True)
            print(f"removed {path}, too: `scrapy {command}` makes it anew")  # noqa: T201 - as above


def _forget(ledger: Ledger, output: Folder, what: str) -> list[str]:
    from alescrawl.dataset.removal.forget import forget_article, forget_person

    if " " in what:
        held = forget_person(ledger, output, what)
        last = what.rsplit(maxsplit=1)[-1].lower()
        named = [address for address in held if last in address.lower()]
        count = f"{len(held)} article{'s' * (len(held) != 1)}"
        return [
            f"{what}: taken out of {count}; later ones will not hold the name",
            *(f"  the address still holds the name: {address}" for address in named),
        ]
    if not _NAMES_ARTICLE.fullmatch(what):
        raise DatasetError(
            f"{what!r} is no address (https://…), no article_id (16 hex digits) and no given name "
            "with a surname such as 'Claire Vasserot': nothing was removed"
        )
    removed = forget_article(ledger, output, what)
    if not removed:
        return [f"{what}: 0 rows removed, none is here; it will not be collected"]
    rows = f"{removed} row{'s' * (removed != 1)}"
    return [f"{what}: {rows} removed; it will not be collected again"]
