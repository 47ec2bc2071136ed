"""The language model: in this process, or behind a server."""

from knowledge.llama.drafter import Deadline, Drafter, OnText, Prompt, Writer
from knowledge.llama.local import DEFAULT_THREADS, LocalLlama
from knowledge.llama.model_file import ModelFile, bundled_model
from knowledge.llama.remote import RemoteLlama

__all__ = [
    "DEFAULT_THREADS",
    "Deadline",
    "Drafter",
    "LocalLlama",
    "ModelFile",
    "OnText",
    "Prompt",
    "RemoteLlama",
    "Writer",
    "bundled_model",
]
