"""The answerer that the settings describe; the chat, the command line and the evaluation all answer with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aidline.settings import Settings
    from knowledge.answer import Answerer

__all__ = ["answerer_from"]


def answerer_from(settings: Settings) -> Answerer:
    """An answerer over the project's notes, a school's own, and the settings' model.

    Raises KnowledgeError for notes that break their format or a model file that is not the pinned one.
    """
    from knowledge.answer import default_answerer

    return default_answerer(
        own_notes=settings.notes_dir,
        model_path=settings.llama_model,
        model_sha256=settings.llama_sha256,
        model_url=settings.llama_url,
        model_name=settings.llama_model_name,
        n_threads=settings.llama_threads,
        without_model=4,
        composes=settings.llama_mode == "compose",
    )
