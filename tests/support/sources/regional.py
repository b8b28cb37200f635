"""The source of the tests, as one that writes about a whole region."""

from __future__ import annotations

from sources import tested


class Regional(tested.Tested):
    scope = "regional"
