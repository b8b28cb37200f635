"""What a text says of where it is governs its homonyms and short forms."""

import pytest

from alescrawl import assess_relevance, find_mentions


def insee(text, surface, **of_article):
    return {m.insee for m in find_mentions(text, **of_article) if m.surface == surface}


@pytest.mark.parametrize(
    ("text", "surface", "code"),
    [
        ("À Saint-Gilles, en Ille-et-Vilaine, on vote.", "Saint-Gilles", "35275"),
        ("À Saint-Gilles, dans le Gard, on vote.", "Saint-Gilles", "30258"),
        ("À Roquemaure (Tarn), on vote.", "Roquemaure", "81228"),
        ("À Mons, en Belgique, on vote.", "Mons", None),
        ("Dans la Drôme, on vote à Sauzet.", "Sauzet", "26338"),
        ("Près d'Uzès, Saint-Maximin vote.", "Saint-Maximin", "30286"),
    ],
)
def test_a_commune_with_namesakes_is_that_of_the_department_named(text, surface, code):
    assert insee(text, surface) == {code}


def test_the_title_tells_where_a_text_is():
    text = "Le maire de Bellegarde réunit les habitants."
    assert insee(text, "Bellegarde", title="Loiret : la laiterie reprise") == {"45031"}
    assert insee(text, "Bellegarde", title="Le Gard vote") == {"30034"}


def test_the_scope_of_the_source_counts_where_the_text_says_nothing():
    text = "À Saint-Clément, on vote."
    assert insee(text, "Saint-Clément", scope="gard") == {"30244"}
    assert insee(text, "Saint-Clément", scope="national") == {None}


@pytest.mark.parametrize("body", ["CCI", "ARS", "Chambre d'agriculture", "Département", "SDIS"])
def test_a_body_of_each_department_is_not_the_gards_in_a_text_on_another(body):
    text = f"À Annecy, en Haute-Savoie, on s'inquiète. Le {body} promet un plan."
    found = [m for m in find_mentions(text) if m.surface == body]
    assert {m.entity_id for m in found} <= {None}
    assert {m.siren for m in found} <= {None}


def test_a_town_hall_of_a_namesake_has_no_siren():
    text = "La mairie de Saint-Denis, en Seine-Saint-Denis, lance un marché."
    (hall,) = [m for m in find_mentions(text) if m.kind == "institution"]
    assert (hall.entity_id, hall.siren) == (None, None)


def test_the_chamber_named_before_is_the_chamber():
    text = "La Chambre d'agriculture du Gard reçoit. La Chambre attend du monde."
    ids = [m.entity_id for m in find_mentions(text) if m.kind == "institution"]
    assert ids == ["chambre-agriculture-gard"] * 2


def test_the_year_of_the_sentence_governs_dated_bodies():
    text = "En 2005, la Région a payé. La Région ne paie plus."
    ids = [m.entity_id for m in find_mentions(text, "2018-05-02") if m.surface == "Région"]
    assert ids == ["region-languedoc-roussillon", "region-occitanie"]


def test_a_source_of_the_gard_may_write_of_elsewhere():
    text = "En Ille-et-Vilaine, un hangar de Saint-Gilles a brûlé. Rennes a envoyé des pompiers."
    assert not assess_relevance("Un hangar brûle", text, scope="gard").is_gard
