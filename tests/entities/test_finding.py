"""What find_mentions promises of any text."""

import time

import pytest
from cpu import allowed
from hypothesis import given, settings
from hypothesis import strategies as st

from alescrawl import find_mentions

ALPHABET = st.sampled_from(
    [
        *"aeéÀLN '’-.,\n&(«»)0²€",
        "Alès",
        "CCI",
        "Gard",
        " de ",
        " du ",
        "M. ",
        "Éric",
        "DUPONT",
        "\x00",
        "🌻",
    ]
)


@settings(deadline=None)
@given(st.text() | st.lists(ALPHABET, max_size=60).map("".join), st.none() | st.dates())
def test_every_mention_is_its_words_and_none_overlaps(text, published):
    end = 0
    for mention in find_mentions(text, published):
        assert text[mention.start : mention.end] == mention.surface
        assert mention.start >= end
        end = mention.end


@pytest.mark.parametrize("published", [None, "2024", "2024-13", "soon", ""])
def test_any_publication_date_will_do(published):
    assert find_mentions("La CCI Gard s'installe à Nîmes.", published)


HOSTILE = {
    "one long line": "La société Ravalou, de Nîmes, a vu Jeanne Dupont. ",
    "capitals": "LA CCI DU GARD ET NÎMES MÉTROPOLE À ALÈS. ",
    "no capital": "la cci du gard et nîmes métropole à alès ",
    "names": "Jean Dupont, Marie Durand, ",
    "capitalised words": "Alès Nîmes ",
    "links": "de la ",
    "punctuation": "«(.'",
    "one word": "é",
    "saints": "Saint-",
    "hyphens": "Alès-",
    "brackets": "Direction des soins (DDS) ",
    "glued": "DavidRavalou ",
    "roles": "président de la ",
    "English": "The CEO of Ravalou Industries, John Smith, moved to London. ",
}


@pytest.mark.long
@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_time_grows_with_the_length_of_the_text(piece):
    def cost(size):
        text = (piece * (size // len(piece)))[:size]
        began = time.process_time()
        find_mentions(text)
        return time.process_time() - began

    find_mentions(piece)
    small = min(cost(20_000) for _ in range(2))
    assert cost(200_000) < 25 * small + allowed(0.05)
