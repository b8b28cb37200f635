"""The source of the tests, whose bylines print the surname first."""

from __future__ import annotations

from sources import tested


class Surnames(tested.Tested):
    surname_first = True
