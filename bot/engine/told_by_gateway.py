"""Brings what the gateway tells of a message into its intents: how near a note is (`near`, 0..1), and a `problem`."""

from typing import Any, Dict, List, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.training_data.message import Message

from engine.wish_or_question import weighed

_TO_BE_SPOKEN_OF = [{"name": "ask_question", "confidence": 1.0}]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class ToldByGateway(GraphComponent, IntentClassifier):
    """Stands after the classifier and before the fallback."""

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "ToldByGateway":
        """A new component; it has no settings."""
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:
        """The same messages; those of which something is told with their ranking weighed by it.

        A message with a problem starts nothing, whatever else it says: the problem is what there is to talk about.
        Nor does one without a single letter ("2", "🤷"): forms and lists read those themselves.
        """
        for message in messages:
            told, ranking = message.get("metadata") or {}, message.get("intent_ranking")
            near = told.get("near")
            if told.get("problem") or not any(char.isalpha() for char in message.get("text") or ""):
                _rank(message, _TO_BE_SPOKEN_OF)
            elif ranking and isinstance(near, (int, float)) and near > 0:
                _rank(message, weighed(ranking, min(float(near), 1.0)))
        return messages


def _rank(message: Message, ranking: List[Dict[Text, Any]]) -> None:
    message.set("intent", dict(ranking[0]), add_to_output=True)
    message.set("intent_ranking", [dict(entry) for entry in ranking], add_to_output=True)
