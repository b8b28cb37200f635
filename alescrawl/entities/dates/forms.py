"""The forms in which French sentences name days, months, seasons and years."""

from __future__ import annotations

import re
from typing import Any, Final

from alescrawl.entities.gazetteer.word_lists import table
from alescrawl.text.date_words import FRENCH_MONTHS
from alescrawl.text.numbered import one_of

PHRASES: Final[dict[str, Any]] = table("date_phrases")
WEEKDAYS: Final = {word: i for i, word in enumerate(PHRASES["weekdays"].split())}
SEASONS: Final[dict[str, tuple[int, int]]] = PHRASES["seasons"]
ORDINALS: Final = {w: int(n) for n, words in PHRASES["ordinals"].items() for w in words.split()}
DECADES: Final = {w: int(n) for n, words in PHRASES["decades"].items() for w in words.split()}
DAYS_AWAY: Final[dict[str, int]] = PHRASES["days_away"]

_WHOLE: Final = {number: word for word, number in reversed(FRENCH_MONTHS.items())}
"""The first and longest of the names of each month; the short ones need a day beside them."""
_WHOLE_MONTH: Final = one_of(_WHOLE.values())
_ANY_MONTH: Final = one_of(FRENCH_MONTHS)
_WEEKDAY: Final = one_of(WEEKDAYS)
_SEASON: Final = one_of(SEASONS)
_YEAR: Final = r"(?:1[5-9]|20)[0-9]{2}(?![0-9])"
_DAY: Final = r"(?:premier|1er|0[1-9]|[12][0-9]|3[01]|[1-9])(?![0-9])"
_HOURS: Final = r"[ ](?:matin|midi|soir|apres-midi)(?!\w)"
_TURN: Final = r"[ ](?:derni|proch|pass)(?:er|ere|ain|aine|e|ee)s?(?!\w)"
_NOUN: Final = rf"semaine|mois|annee|an|week-?end|trimestre|semestre|{_SEASON}"


def _start() -> str:
    """Return a pattern for the first two letters of all forms, at which most words fail."""
    words = ["ce", "debut", "fin", "mi", "semaine", "mois", "an", "week", "trimestre", "semestre"]
    words += [*FRENCH_MONTHS, *WEEKDAYS, *SEASONS, *ORDINALS, *DAYS_AWAY]
    seconds: dict[str, set[str]] = {}
    for word in words:
        seconds.setdefault(word[0], set()).add(word[1])
    letters = [f"{a}[{''.join(sorted(b))}]" for a, b in sorted(seconds.items()) if a.isalpha()]
    return "|".join(["[0-9]", "[st][1-4]", *letters])


_START: Final = _start()
DATE: Final = re.compile(
    rf"""(?<!\w)(?={_START})(?<![0-9][.,])(?:
    (?P<iso>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}(?![0-9-]))
    |(?P<numeric>[0-9]{{1,2}}(?P<sep>[./-])[0-9]{{1,2}}(?P=sep)[0-9]{{4}}(?![0-9]))
    |(?P<short>(?<=[ld]e[ ]|au[ ]|du[ ])(?P<short_day>[0-3]?[0-9])/(?P<short_month>[01][0-9])
        (?![0-9/%]))
    |(?P<day>(?:(?:ce[ ])?(?P<weekday>{_WEEKDAY}),?[ ](?:le[ ])?)?
        (?P<first_day>{_DAY})
        (?P<more>(?:(?:,[ ]|[ ](?:au|et|a|ou)[ ](?:le[ ])?|[ ]?[-/][ ]?)
            (?:(?:{_WEEKDAY})[ ])?{_DAY}){{0,6}})
        (?:[ -]|[ ]du[ ]mois[ ]d[e'][ ]?)(?P<day_month>{_ANY_MONTH})(?:\.(?=[ ]{_YEAR}))?(?!\w)
        (?:[ -](?P<day_year>{_YEAR}))?(?P<day_turn>{_TURN})?)
    |(?P<numbered>(?:ce[ ])?(?P<numbered_weekday>{_WEEKDAY})[ ](?P<day_number>{_DAY})
        (?=[ ]?(?:[,.;:)(\n]|(?:a|au|aux|en|et|pour|dans|chez)(?!\w)|$)))
    |(?P<away>{one_of(DAYS_AWAY)})(?!\w)(?:{_HOURS})?
    |(?P<this>(?:(?P<this_mod>debut|fin|mi|milieu)[ ]de[ ])?(?:cet|cette|ce)[ ]
        (?P<this_noun>{_WEEKDAY}|matin|midi|soir|apres-midi|nuit|{_NOUN})(?!\w)(?:-ci(?!\w))?(?!-)
        (?:(?:{_HOURS})|[ ]de[ ](?P<this_month>{_WHOLE_MONTH})(?!\w)|[ ](?P<this_year>{_YEAR}))?)
    |(?P<turned>(?:(?P<turned_mod>debut|fin|mi)[ ](?:du|de[ ]la|de[ ]l'|de)[ ]?)?
        (?P<turned_noun>{_NOUN})(?P<turn>{_TURN}))
    |(?P<in_week>(?P<bare_weekday>{_WEEKDAY})(?!\w)(?P<weekday_turn>{_TURN})?(?:{_HOURS})?)
    |(?P<term>(?:(?P<ordinal>{one_of(ORDINALS)}|dernier)[ ](?P<unit>trimestre|semestre)
        |(?P<short_unit>[ts])(?P<number>[1-4]))(?!\w)
        (?:[ ](?:de[ ](?:l'annee[ ])?|d')?(?P<term_year>{_YEAR}))?)
    |(?P<decade>(?:(?P<decade_mod>debut|fin|milieu)[ ]des[ ])?annees[ ]
        (?P<ten>[12][0-9]{{2}}0|[2-9]0|{one_of(DECADES)})(?!\w))
    |(?P<plain>(?:(?P<mod>debut|fin|mi|milieu)
            (?:[ -](?:(?:du|de[ ]ce)[ ]mois[ ]d(?:e[ ]|'|u[ ])|de[ ]l'|de[ ]|d'|du[ ])?))?
        (?:(?P<month>{_WHOLE_MONTH})(?!\w)(?:[ ](?P<month_year>{_YEAR}))?(?P<month_turn>{_TURN})?
        |(?P<season>{_SEASON})(?!\w)(?:[ ](?:de[ ]l'annee[ ])?
            (?P<season_year>{_YEAR})(?:[-/](?:{_YEAR}|[0-9]{{2}}(?!\w)))?)?
        |(?P<of_year>annee)(?!\w)(?:[ ](?P<of_year_year>{_YEAR}))?
        |(?P<of_month>mois)(?!\w)
        |(?P<year>{_YEAR})(?!\w)))
    )""",
    re.VERBOSE,
)
"""Any of the forms, in a folded text. Whether it is a date here is for the reader to say."""
