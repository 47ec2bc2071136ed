"""Dialogues for tests: policies trained on real rules or on small ones, and people who say things at random."""

import contextlib
import io
import logging
import random
from dataclasses import dataclass
from pathlib import Path

import structlog
from rasa.core.actions.action import create_bot_utterance
from rasa.core.policies.ensemble import DefaultPolicyPredictionEnsemble
from rasa.core.policies.memoization import MemoizationPolicy
from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.core.conversation import Dialogue
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    AllSlotsReset,
    BotUttered,
    FollowupAction,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.generator import TrainingDataGenerator
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT_NAME_KEY

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Policies:
    """What decides the next action, trained."""

    domain: Domain
    rules: RulePolicy
    stories: MemoizationPolicy
    ensemble: DefaultPolicyPredictionEnsemble

    def predict(self, tracker):
        """What each policy gives each action, and the prediction that wins."""
        rules = self.rules.predict_action_probabilities(tracker, self.domain)
        stories = self.stories.predict_action_probabilities(
            tracker, self.domain, rule_only_data=self.rules._get_rule_only_data()
        )
        best = self.ensemble.combine_predictions_from_kwargs(tracker, self.domain, rules=rules, stories=stories)
        return [rules.probabilities, stories.probabilities, rules.hide_rule_turn], best


def trained(folder, domain, *data):
    """The policies of config.yml, trained on these files."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    importer = RasaFileImporter(
        config_file=str(PROJECT / "config.yml"), domain_path=str(domain), training_data_paths=[str(d) for d in data]
    )
    known = importer.get_domain()
    storage, context = LocalModelStorage.create(folder), ExecutionContext(GraphSchema({}), "test")
    fallback = {"core_fallback_threshold": 0.3, "core_fallback_action_name": "action_listen"}
    rules = RulePolicy.create({**RulePolicy.get_default_config(), **fallback}, storage, Resource("rules"), context)
    stories = MemoizationPolicy.create(
        {**MemoizationPolicy.get_default_config(), "max_history": 3}, storage, Resource("stories"), context
    )
    with contextlib.redirect_stderr(io.StringIO()):
        told = TrainingDataGenerator(
            importer.get_stories(), known, remove_duplicates=True, augmentation_factor=0, use_story_concatenation=True
        ).generate()
        rules.train(told, known)
        stories.train(told, known)
    ensemble = DefaultPolicyPredictionEnsemble.create(
        DefaultPolicyPredictionEnsemble.get_default_config(), storage, Resource("both"), context
    )
    return Policies(known, rules, stories, ensemble)


def whole(person, events, domain):
    """A dialogue rebuilt from every event, as Rasa's own stores rebuild it."""
    tracker = DialogueStateTracker(person, domain.slots)
    tracker.recreate_from_dialogue(Dialogue(person, list(events)))
    return tracker


def said(text, intent="inform", message_id=None):
    """A message as Rasa hears it, with all that it keeps of it."""
    ranking = [{"name": f"other_{n}", "confidence": 0.1 / (n + 1)} for n in range(8)]
    return UserUttered(
        text,
        {INTENT_NAME_KEY: intent, "confidence": 0.9},
        [],
        {
            "text": text, "intent": {"name": intent, "confidence": 0.9}, "entities": [], "message_id": message_id,
            "metadata": {"language": "es"}, "text_tokens": [[0, 4]], "intent_ranking": ranking,
        },
        input_channel="aidline", message_id=message_id, metadata={"language": "es"},
    )  # fmt: skip


def form_turn(n, name="estimate_aid_form"):
    """The events of one turn in a form that stays open."""
    return [
        said(f"answer {n}", message_id=f"m{n}"),
        ActionExecuted(name, hide_rule_turn=True),
        *([ActiveLoop(name)] if n == 0 else []),
        SlotSet("parent_agi", 1000 * n),
        SlotSet("flow_states", {"estimate_aid": {"asked": f"q{n}"}}),
        create_bot_utterance(
            {"text": f"question {n}", "custom": {"asks": {"name": f"q{n}"}}, "utter_action": "utter_ask"}
        ),
        ActionExecuted("action_listen", hide_rule_turn=True),
    ]


def start():
    """The events with which every dialogue begins."""
    return [ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted("action_listen")]


class Somebody:
    """Says things at random; what comes of them is decided by real policies and by simple actions."""

    def __init__(self, policies, seed, *, intents, slots):
        self._policies, self._random = policies, random.Random(seed)
        self._intents, self._slots = intents, slots

    def says(self):
        """The next message. Some stretches are long and of one kind, as when a form is answered."""
        intent = self._random.choice(self._intents)
        return said(f"something about {intent}", intent)

    def action(self, name, tracker):
        """What running this action brings: its own event comes first."""
        forms, events = self._policies.domain.form_names, [ActionExecuted(name)]
        if name in forms:
            return self._form(name, tracker)
        if name == "action_start_over":
            events += [AllSlotsReset(), SlotSet("language", "es")]
        if name == "action_restart":
            return [ActionExecuted(name), Restarted()]
        if name not in ("action_listen", "action_extract_slots"):
            events.append(BotUttered(f"{name} speaks", {"custom": {"rows": [1, 2]}}, {"utter_action": name}))
            if self._random.random() < 0.1:
                events.append(FollowupAction(self._random.choice(forms)))
        return events

    def _form(self, name, tracker):
        if tracker.active_loop_name == name and self._random.random() < 0.2:
            return [ActionExecutionRejected(name)]
        events = [ActionExecuted(name)]
        if tracker.active_loop_name != name:
            events.append(ActiveLoop(name))
        for slot in self._random.sample(self._slots, 2):
            events.append(SlotSet(slot, self._random.choice([None, "en", "es", 7])))
        events.append(BotUttered("a question"))
        if self._random.random() < 0.12:
            return [*events, SlotSet("requested_slot", None), ActiveLoop(None)]
        return [*events, SlotSet("requested_slot", self._random.choice(self._slots))]
