"""The source of the tests, which publishes letters of many items."""

from __future__ import annotations

from sources import tested


class Digests(tested.Tested):
    article_urls = (r"/a\d+$", r"/lettres/[a-z0-9-]+$")
    digests = (r"/lettres/",)
