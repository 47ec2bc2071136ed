"""The language the gateway decided on reaches the slot that chooses the words."""

import pytest
from engine.turn_language import TurnLanguage
from rasa.shared.nlu.training_data.message import Message


def entities(message):
    return [(e["entity"], e["value"]) for e in message.get("entities", [])]


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_language_of_the_turn_becomes_an_entity(language):
    message = Message({"text": "hi", "metadata": {"language": language}})
    [done] = TurnLanguage.create({}, None, None, None).process([message])
    assert entities(done) == [("language", language)]
    assert "entities" in done.output_properties


def test_entities_found_before_are_kept():
    found = {"entity": "state", "value": "TX", "start": 0, "end": 2}
    message = Message({"text": "TX", "metadata": {"language": "es"}, "entities": [found]})
    TurnLanguage().process([message])
    assert entities(message) == [("state", "TX"), ("language", "es")]


@pytest.mark.parametrize("metadata", [None, {}, {"language": "fr"}, {"language": None}])
def test_without_a_language_of_ours_nothing_is_added(metadata):
    message = Message({"text": "hi", "metadata": metadata})
    TurnLanguage().process([message])
    assert entities(message) == []
