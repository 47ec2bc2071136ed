"""Brings the language the gateway decided on into Rasa, as an entity that fills the `language` slot.

Responses choose their words by that slot, so it must be set before any action of the turn runs.
"""

from typing import Any, Dict, List, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class TurnLanguage(GraphComponent):
    """Adds the entity `language` (en or es) from the message's metadata."""

    @classmethod
    def create(
        cls, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource, context: ExecutionContext
    ) -> "TurnLanguage":
        """A new component; it has no settings."""
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:
        """The same messages, each with its language."""
        for message in messages:
            language = (message.get("metadata") or {}).get("language")
            if language in ("en", "es"):
                entity = {"entity": "language", "value": language, "start": 0, "end": 0, "extractor": "TurnLanguage"}
                message.set("entities", [*message.get("entities", []), entity], add_to_output=True)
        return messages
