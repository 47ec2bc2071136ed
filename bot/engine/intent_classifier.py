"""Rasa's door to the intent model: trains it with the examples and signs of bot/data/nlu and the lessons of the notes,
and gives each message its intent."""

import hashlib
import logging
import os
from pathlib import Path
from typing import Any, Dict, List, Optional, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from engine.intent_model import RANKED, Example, IntentModel, read_lessons
from engine.sentence_vectors import SentenceVectors

logger = logging.getLogger(__name__)

LESSONS = "AIDLINE_BOT_LESSONS"
"""Environment variable: the file of lessons for this training (aidline/supervisor/bot_lessons.py)."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class AidlineIntents(GraphComponent, IntentClassifier):
    """Classifies messages in English and Spanish alike."""

    def __init__(self, storage: ModelStorage, resource: Resource, model: Optional[IntentModel] = None) -> None:
        self._storage, self._resource, self._model = storage, resource, model

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "AidlineIntents":
        """An untrained component; it has no settings."""
        return cls(model_storage, resource)

    @classmethod
    def fingerprint_addon(cls, config: Dict[Text, Any]) -> Optional[Text]:
        """Other lessons make another model, even where Rasa sees no change."""
        path = os.environ.get(LESSONS)
        return hashlib.sha256(Path(path).read_bytes()).hexdigest() if path else None

    def train(self, training_data: TrainingData) -> Resource:
        """Learns and keeps the model."""
        path = os.environ.get(LESSONS)
        if not path:
            logger.warning("%s is not set: the bot learns without what the notes are asked.", LESSONS)
        told = [message for message in training_data.intent_examples if message.get("text")]
        examples = [Example(message.get("text"), message.get("intent")) for message in told]
        signs = [(entry["name"], entry["pattern"]) for entry in training_data.regex_features]
        lessons = read_lessons(Path(path)) if path else ()
        self._model = IntentModel.trained(examples, lessons, signs, SentenceVectors.found())
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "AidlineIntents":
        """The trained component. Raises ValueError if there is none."""
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, IntentModel.read(folder))

    def process(self, messages: List[Message]) -> List[Message]:
        """The same messages, each with its likeliest intent and the ones after it."""
        if self._model is None:
            raise RuntimeError("The intent model has to be trained or loaded first.")
        found = self._model.probabilities([message.get("text") or "" for message in messages])
        for message, probabilities in zip(messages, found, strict=True):
            ranking = [{"name": name, "confidence": share} for name, share in list(probabilities.items())[:RANKED]]
            message.set("intent", dict(ranking[0]), add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages
