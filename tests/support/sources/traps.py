"""The source of the tests, whose pages end as those of Objectif Gard do."""

from __future__ import annotations

from alescrawl.spiders import objectifgard
from sources import tested


class Traps(tested.Tested):
    boilerplate = objectifgard.Objectifgard.boilerplate
    endings = objectifgard.Objectifgard.endings
