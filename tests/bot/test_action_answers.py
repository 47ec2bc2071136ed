"""Answers of actions are checked as Rasa checks them, only faster."""

import pytest
from engine.action_answers import install
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction

GOOD = {"events": [{"event": "slot", "name": "family_size", "value": 4}], "responses": [{"text": "hello"}]}
BAD = [
    {"events": [{"no": "event"}], "responses": []},
    {"events": "none", "responses": []},
    {"events": [], "responses": "none"},
    [],
]


@pytest.fixture
def action(monkeypatch):
    monkeypatch.setattr(RemoteAction, "_validate_action_result", RemoteAction._validate_action_result)
    return RemoteAction("action_menu", None)


@pytest.mark.parametrize("answer", BAD)
def test_what_rasa_refuses_is_still_refused(action, answer):
    with pytest.raises(ValidationError):
        action._validate_action_result(answer)
    install()
    with pytest.raises(ValidationError):
        action._validate_action_result(answer)


def test_what_rasa_takes_is_still_taken(action):
    assert action._validate_action_result(GOOD)
    install()
    assert action._validate_action_result(GOOD)
