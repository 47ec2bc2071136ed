"""One answer against what its question asks of it."""

from __future__ import annotations

from dataclasses import dataclass

from aidline.evaluation.behaviors import Reply, behavior, in_language
from aidline.evaluation.matching import clean, meets
from aidline.evaluation.question_file import BEHAVIOR, Question
from aidline.language import Language

__all__ = ["Answered", "Score", "score"]


@dataclass(frozen=True)
class Answered:
    """What came back for a question, whichever way it was asked.

    `kind`, `mode` and `note` are Aidline's own account of the answer. `unsupported` are its sentences that stand in no
    note and no fixed reply, `unsupported_numbers` its numbers and addresses that its sentences' notes do not hold.
    """

    text: str
    language: Language
    citations: tuple[str, ...]
    kind: str
    mode: str
    note: str | None
    seconds: float
    unsupported: tuple[str, ...] = ()
    unsupported_numbers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Score:
    """How an answer did. `missing` are entries not met, `forbidden` words that should not be there, `undecided`
    what only a person can tell."""

    question: Question
    answered: Answered
    missing: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()
    cited: bool = True
    right_language: bool = True

    @property
    def met(self) -> bool:
        """Whether all key facts and behaviors are there, nothing forbidden is, and the language is right."""
        return not self.missing and not self.forbidden and self.right_language

    @property
    def abstained(self) -> bool:
        """Whether Aidline said that it has no checked answer."""
        return self.answered.kind == "unknown"


def score(question: Question, answered: Answered) -> Score:
    """The answer by the rules of the question file alone."""
    reply = Reply(question.text, answered.text)
    cleaned = clean(answered.text)
    missing, undecided = [], []
    for entry in question.must_include:
        if entry.startswith(BEHAVIOR):
            shown = behavior(entry.removeprefix(BEHAVIOR), reply)
            if shown is None:
                undecided.append(entry)
            elif not shown:
                missing.append(entry)
        elif not meets(entry, cleaned):
            missing.append(entry)
    speaks = in_language(answered.text, question.lang)
    if speaks is None:
        undecided.append(f"is it in {question.lang}?")
    return Score(
        question=question,
        answered=answered,
        missing=tuple(missing),
        forbidden=tuple(words for words in question.must_not_include if clean(words) in cleaned),
        undecided=tuple(undecided),
        cited=bool(answered.citations) or not question.must_cite,
        right_language=speaks is not False,
    )
