"""What the bot learns from is varied, even, and says what it should."""

import re
from collections import Counter

import pytest
from engine.message_features import folded
from examples import signs, told
from sklearn.feature_extraction.text import TfidfVectorizer

TOLD = told()
WISHES = {one.intent for one in TOLD if one.intent.startswith("start_") and one.intent != "start_over"} | {
    "talk_to_person"
}
LEAST = {**dict.fromkeys(WISHES, 60), "ask_question": 200, "out_of_scope": 100}


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_intent_has_enough_examples_in_either_language(language):
    counts = Counter(one.intent for one in TOLD if one.language == language)
    assert {one.intent for one in TOLD} == set(counts)
    assert {intent: count for intent, count in counts.items() if count < LEAST.get(intent, 25)} == {}


def test_no_example_stands_twice_whatever_its_accents_and_marks():
    seen = Counter(" ".join(re.findall(r"\w+", folded(one.text))) for one in TOLD)
    assert [text for text, count in seen.items() if count > 1] == []


def test_no_two_longer_examples_are_nearly_the_same():
    long = [one for one in TOLD if len(one.text.split()) > 3]
    groups = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, preprocessor=folded)
    rows = groups.fit_transform([one.text for one in long])
    alike = (rows @ rows.T).tocoo()
    pairs = [(i, j) for score, i, j in zip(alike.data, alike.row, alike.col, strict=True) if i < j and score >= 0.9]
    assert [(long[i].text, long[j].text) for i, j in pairs] == []


def test_every_sign_is_looked_for_in_both_languages():
    names = Counter(name for name, _pattern in signs())
    assert names
    assert {name for name, count in names.items() if count != 2} == set()


def test_a_sign_is_written_as_messages_are_read_without_accents_and_capitals():
    assert [
        pattern for _name, pattern in signs() if re.sub(r"\\.", "", pattern) != folded(re.sub(r"\\.", "", pattern))
    ] == []
