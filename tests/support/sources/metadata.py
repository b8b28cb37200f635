"""The source of the tests, of which only metadata may be kept."""

from __future__ import annotations

from sources import tested


class MetadataOnly(tested.Tested):
    rights = "metadata"
