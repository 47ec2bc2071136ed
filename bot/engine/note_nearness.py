"""Brings how near a note is to the message, which the gateway tells as `near` (0..1), into the message's intents."""

from typing import Any, Dict, List, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.training_data.message import Message

from engine.wish_or_question import weighed


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class NoteNearness(GraphComponent, IntentClassifier):
    """Stands after the classifier and before the fallback."""

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "NoteNearness":
        """A new component; it has no settings."""
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:
        """The same messages; those of which `near` is known with their ranking weighed by it."""
        for message in messages:
            near = (message.get("metadata") or {}).get("near")
            ranking = message.get("intent_ranking")
            if ranking and isinstance(near, (int, float)) and near > 0:
                ranking = weighed(ranking, min(float(near), 1.0))
                message.set("intent", dict(ranking[0]), add_to_output=True)
                message.set("intent_ranking", ranking, add_to_output=True)
        return messages
