"""A file of questions to score: one JSON object a line, with the key facts that a right answer holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from aidline.errors import InputError

__all__ = ["BEHAVIOR", "Question", "QuestionKind", "read_questions"]

QuestionKind = Literal["in_scope", "out_of_scope", "unsafe", "handoff"]

BEHAVIOR = "behavior:"
"""How an entry begins that is not words to find but something the reply does."""

_ASKS_BACK = frozenset({"form-help", "terms"})
_OPENING = ("how can i help", "what would you like", "que le gustaria saber", "en que le puedo ayudar")


class Question(BaseModel):
    """One question and what its answer must and must not hold.

    An entry of `must_include` is a list of alternatives split by ` | `, one of which is enough, or
    `behavior:<name>`. `disputed` questions stay in the file and are left out of every count.
    """

    model_config = ConfigDict(frozen=True, extra="allow")

    id: str
    text: str
    lang: Literal["en", "es"]
    kind: QuestionKind
    topic: str
    must_include: tuple[str, ...] = ()
    must_not_include: tuple[str, ...] = ()
    disputed: bool = False

    @property
    def must_cite(self) -> bool:
        """Whether an official page belongs under the answer; not where the right reply is a question back."""
        opening = any(words in entry for entry in self.must_include for words in _OPENING)
        return self.kind == "in_scope" and self.topic not in _ASKS_BACK and not opening


def read_questions(path: Path) -> tuple[Question, ...]:
    """The questions of the file, in its order. Raises InputError naming the line that cannot be read."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"{path} cannot be read ({error}).", remedy="Give a file of questions as JSON lines."
        ) from error
    found = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            found.append(Question.model_validate(json.loads(line)))
        except (ValueError, ValidationError) as error:
            what = str(error).splitlines()[0]
            raise InputError(f"{path}:{number} is no question ({what}).", remedy="Mend or remove that line.") from error
    if not found:
        raise InputError(f"{path} holds no questions.", remedy="Give a file with one JSON object a line.")
    return tuple(found)
