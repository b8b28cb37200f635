"""A source for tests on one host: `-a root=URL` says where, `near=` where it may lead to."""

from __future__ import annotations

from urllib.parse import urlsplit

from sources import tested


class Moving(tested.Tested):
    """The source of the tests, on the host of its address alone."""

    name = "tested"
    argument_names = (*tested.Tested.argument_names, "near")

    def __init__(self, name=None, **arguments):
        self._near = arguments.get("near", arguments["root"])
        super().__init__(name, **arguments)
        self.hosts = (urlsplit(arguments["root"]).hostname,)

    def named_urls(self):
        yield self._near
        yield from super().named_urls()


class Patterned(Moving):
    """The same, with articles of one form of address."""

    name = "patterned"
    article_urls = (r"^https?://[\d.]+(?::\d+)?/\d{4}/[a-z-]+\.html$",)
