"""The source of the tests, whose route is only a convention: its home page tells where else."""

from __future__ import annotations

from dataclasses import replace

from sources import tested


class Lost(tested.Tested):
    def __init__(self, name=None, **arguments):
        super().__init__(name, **arguments)
        self.routes = tuple(replace(each, status="convention") for each in self.routes)
        self._root = arguments["root"]

    @property
    def home(self):
        return f"{self._root}/"
