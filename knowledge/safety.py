"""Words that call for care before any answer about aid."""

from knowledge.boundaries import language_of
from knowledge.notes import Language


def crisis(text: str) -> Language | None:
    """The language in which `text` says that someone may want to die, or None when it does not.

    Exact phrases only (the `crisis` boundary), in both languages whatever the conversation's own, so nothing has
    to be guessed and nothing has to be running.
    """
    return language_of("crisis", text)
