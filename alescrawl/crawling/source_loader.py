"""Loads the modules of sources: one that cannot be used is named in a line, the others go on."""

from __future__ import annotations

import sys
import traceback
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, TypeVar

from scrapy.spiderloader import SpiderLoader

from alescrawl.crawling.source import Source
from alescrawl.crawling.source_facts import wrong_facts, wrong_patterns

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from scrapy import Spider

T = TypeVar("T", bound=Source)


class SourceLoader(SpiderLoader):
    """Scrapy's loader; ``broken`` has a line for each module or source that is left out."""

    def _load_all_spiders(self) -> None:
        self.broken: list[str] = []
        for name in self.spider_modules:
            for module in self._modules(name):
                self._load_spiders(module)
        self._check_name_duplicates()
        for name, spider in list(self._spiders.items()):
            self._check(name, spider)

    def _modules(self, name: str) -> Iterator[ModuleType]:
        """Yield the module *name* and those below it that can be imported."""
        if (module := self._imported(name)) is None:
            return
        yield module
        for found in iter_modules(getattr(module, "__path__", ())):
            yield from self._modules(f"{name}.{found.name}")

    def _imported(self, name: str) -> ModuleType | None:
        try:
            return import_module(name)
        except ModuleNotFoundError as error:
            if error.name and name.startswith(error.name):
                # The setting names no module: nothing can be crawled.
                raise
            self._leave_out(_line_of(error, name))
        except Exception as error:  # noqa: BLE001 - whatever a user has written
            self._leave_out(_line_of(error, name))
        return None

    def _check(self, name: str, spider: type[Spider]) -> None:
        if not issubclass(spider, Source):
            return
        if (wrong := next(wrong_facts(spider), None)) is not None:
            del self._spiders[name]
            self._leave_out(wrong)

    def without_wrong_patterns(self, sources: dict[str, type[T]]) -> dict[str, type[T]]:
        """Return those of *sources* whose patterns and selectors can be used; name the others."""
        right = {}
        for name, source in sources.items():
            wrong = next(wrong_patterns(source), None)
            if wrong is None:
                right[name] = source
            else:
                self._leave_out(wrong)
        return right

    def _leave_out(self, line: str) -> None:
        self.broken.append(line)
        print(f"scrapy: {line}; this source is left out", file=sys.stderr)  # noqa: T201 - for the user


def _line_of(error: Exception, name: str) -> str:
    """Say in a line what is wrong with the module *name*, and where in it."""
    if isinstance(error, SyntaxError):
        return f"{error.filename}:{error.lineno}: {error.msg}"
    frames = traceback.extract_tb(error.__traceback__)
    ending = f"{name.replace('.', '/')}.py"
    own = [frame for frame in frames if Path(frame.filename).as_posix().endswith(ending)]
    place = f"{own[-1].filename}:{own[-1].lineno}" if own else name
    return f"{place}: {type(error).__name__}: {error}"
