"""Messages that mean alike have vectors that lie near each other, in either language, kept or freshly encoded."""

import numpy as np
import pytest
from engine import sentence_vectors
from engine.intent_model import Example, IntentModel
from engine.sentence_vectors import KEPT, SentenceVectors
from examples import signs, told
from threadpoolctl import threadpool_info


@pytest.fixture(scope="module")
def vectors():
    return SentenceVectors.found()


def likeness(vectors, one, other):
    first, second = vectors.of([one, other])
    return float(first @ second)


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        ("they cut my hours at work", "me bajaron las horas en el trabajo"),
        ("who still has to sign", "quién más tiene que firmar"),
        ("delete everything you know about me", "borre todos mis datos"),
        ("can a human call me", "quiero hablar con alguien"),
        ("my parents split up last year", "mis papás se separaron"),
    ],
)
def test_what_means_alike_lies_nearer_than_another_subject_in_the_other_language(vectors, english, spanish):
    for other in ("cuál es la capital de francia", "dónde queda la biblioteca", "cómo se hace el arroz"):
        assert likeness(vectors, english, spanish) > likeness(vectors, english, other) + 0.1


def test_a_kept_vector_is_the_one_that_would_be_encoded(vectors):
    fresh = SentenceVectors(**vectors.dump())
    texts = [one.text for one in told()[::900]]
    assert vectors.missing(texts) == []
    assert fresh.missing(texts) == texts
    assert (vectors.of(texts) * fresh.of(texts)).sum(axis=1) == pytest.approx(1, abs=0.02)


def test_every_text_has_a_vector_of_length_one(vectors):
    rows = vectors.of(["", "🙂🙂", "$45,000", "hola"])
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=0.02)


def test_a_message_is_encoded_on_one_core(vectors, monkeypatch):
    encoder, _ = sentence_vectors._loaded()
    cores = []

    def query(_text):
        cores.extend(one["num_threads"] for one in threadpool_info() if one["user_api"] == "openmp")
        return np.ones(384)

    monkeypatch.setattr(encoder, "query", query)
    vectors.of(["a message that nobody wrote before"])
    assert set(cores) == {1}


def test_only_the_texts_asked_for_stay_kept(vectors, tmp_path):
    vectors.write(["hola", "which forms do i send"], tmp_path / "kept/some.npz")
    some = SentenceVectors.found(tmp_path / "kept/some.npz")
    assert some.missing(["hola", "which forms do i send", "bye"]) == ["bye"]
    assert some.of(["hola"]) == pytest.approx(vectors.of(["hola"]), abs=0.01)


def test_a_model_with_vectors_says_the_same_when_it_is_read_again(vectors, tmp_path):
    examples = [Example(one.text, one.intent) for one in told()[::25]]
    model = IntentModel.trained(examples, (), signs(), vectors)
    model.save(tmp_path)
    texts = ["my pay got cut", "hasta cuándo tengo para mandarla", "ok"]
    for before, after in zip(model.probabilities(texts), IntentModel.read(tmp_path).probabilities(texts), strict=True):
        assert after == pytest.approx(before, abs=1e-3)


@pytest.mark.parametrize("gone", ["encoder", "file"])
def test_without_the_encoder_or_the_file_the_bot_learns_from_words_alone(gone, monkeypatch, tmp_path, caplog):
    if gone == "encoder":
        monkeypatch.setattr(sentence_vectors, "_can_encode", lambda: False)
    found = SentenceVectors.found(KEPT if gone == "encoder" else tmp_path / "none.npz")
    assert found is None
    assert "No sentence vectors" in caplog.text
    examples = [Example(one.text, one.intent) for one in told()[::25]]
    model = IntentModel.trained(examples, (), signs(), found)
    assert next(iter(model.probabilities(["talk to a person please"])[0])) == "talk_to_person"
