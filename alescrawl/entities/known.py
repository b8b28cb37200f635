"""What the gazetteers know of a text, found once for all who ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from alescrawl.entities import lists

if TYPE_CHECKING:
    from alescrawl.entities.gazetteer import Match
    from alescrawl.entities.words import Words


class Known(NamedTuple):
    """The matches of both gazetteers in a text."""

    institutions: list[Match]
    places: list[Match]

    def lettered(self) -> list[tuple[str, Match]]:
        """Return them for the tagger: i institutions, a ambiguous ones, p places, v villages."""
        return [
            *(("a" if m.names[0].ambiguous else "i", m) for m in self.institutions),
            *((_place_letter(m), m) for m in self.places),
        ]


def _place_letter(match: Match) -> str:
    entity = match.names[0].entity
    is_village = entity.subtype == "commune" and not entity.local and entity.population < 20_000  # noqa: PLR2004
    return "v" if is_village else "p"


def known(words: Words) -> Known:
    """Return what the gazetteers match in *words*."""
    return Known(list(lists.institutions().matches(words)), list(lists.places().matches(words)))
