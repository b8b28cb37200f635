"""The tagger: what it is trained on, and that it decodes what was learnt."""

import pytest

from alescrawl.entities.gazetteer.words import Words
from alescrawl.entities.tagger import train
from alescrawl.entities.tagger.tagger import LONGEST, load, tag
from alescrawl.entities.tagger.training_texts import labels, outer, with_capitals

TEXT = "À Nîmes, Jeanne Ravalou dirige la société Malicourt.\nElle est née à Alès."
SPANS = [(2, 7, "LOC"), (9, 23, "PER"), (42, 51, "ORG"), (68, 72, "LOC")]


def test_labels_are_those_of_the_words_in_a_span():
    words = Words(TEXT)
    found = {words.word(i): label for i, label in enumerate(labels(words, SPANS)) if label != "O"}
    assert found == {
        "Nîmes": "B-LOC",
        "Jeanne": "B-PER",
        "Ravalou": "I-PER",
        "Malicourt": "B-ORG",
        "Alès": "B-LOC",
    }


def test_of_nested_spans_the_outer_is_learnt():
    assert outer([(3, 5, "LOC"), (0, 9, "ORG"), (10, 12, "PER")]) == [
        (0, 9, "ORG"),
        (10, 12, "PER"),
    ]


def test_surnames_are_put_in_capitals_without_moving_anything():
    class Always:
        def random(self):
            return 0.0

    changed = with_capitals(TEXT, SPANS, Always(), share=0.5)
    assert "Jeanne RAVALOU" in changed
    assert len(changed) == len(TEXT)
    assert changed.lower() == TEXT.lower()


def test_the_tagger_knows_names_that_no_list_has():
    words = Words("Le romancier Gustavo Perelandi, né à Mindelo, vit aux îles du Cap-Vert.")
    found = {words.surface(s.first, s.last): s.type for s in tag(words, [])}
    assert found["Gustavo Perelandi"] == "PER"
    assert found["Mindelo"] == "LOC"


def test_only_the_sentences_asked_for_are_tagged():
    words = Words("Anne Ravalou vit à Rome. Jean Duclos vit à Madrid.")
    second = words.sentences[1]
    found = tag(words, [], asked={second})
    assert found
    assert all(span.first >= second for span in found)


def test_a_sentence_without_end_is_tagged_in_stretches():
    words = Words("Anne Ravalou et " * LONGEST)
    assert sum(span.type == "PER" for span in tag(words, [])) > LONGEST / 2


def test_nothing_is_found_in_nothing():
    assert tag(Words(""), []) == []


@pytest.fixture(scope="module")
def crfsuite():
    return pytest.importorskip("pycrfsuite", reason="the extra train is not installed")


def test_decoding_gives_the_probabilities_of_the_library(crfsuite, tmp_path):
    texts = [(TEXT, SPANS), ("Jean Duclos vit à Uzès.", [(0, 11, "PER"), (18, 22, "LOC")])] * 5
    trainer = crfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": 0.0, "c2": 0.1, "max_iterations": 20})
    for text, spans in texts:
        words = Words(text)
        for first, last, rows in train._sequences(words):
            trainer.append(crfsuite.ItemSequence(rows), labels(words, spans)[first:last])
    trainer.train(str(tmp_path / "model"))
    theirs = crfsuite.Tagger()
    theirs.open(str(tmp_path / "model"))
    ours = load(train._packed(theirs.info()))
    words = Words(TEXT)
    spans = tag(words, train.text_marks(words), use=ours)
    assert [(words.starts[s.first], words.ends[s.last - 1], s.type) for s in spans] == SPANS
    for first, last, rows in train._sequences(words):
        theirs.set(crfsuite.ItemSequence(rows))
        for span in (s for s in spans if first <= s.first < last):
            sure = min(
                theirs.marginal(("B-" if i == span.first else "I-") + span.type, i - first)
                for i in range(span.first, span.last)
            )
            assert span.score == pytest.approx(sure, abs=0.01)
