"""Letting a model choose, and only choose: which statements of the notes answer a question."""

import re
from collections.abc import Sequence

from knowledge.errors import DraftError
from knowledge.llama.drafter import Deadline, Drafter, Prompt

# Part of the cache key of answers: raise it whenever the words or the layout below change.
PROMPT_VERSION = 1
MOST_CANDIDATES = 9

_SYSTEM = (
    "You help students with financial aid. You get numbered facts and a question. "
    "Reply with the numbers of the facts that answer the question, best first, and nothing else."
)
_TOKENS_PER_CHOICE = 2


def select(
    drafter: Drafter, question: str, candidates: Sequence[str], most: int, deadline: Deadline
) -> tuple[int, ...]:
    """Positions in `candidates` (at most 9) of up to `most` that the model chose, its first choice first.

    Whatever the model writes, only these positions come out of it, so it cannot put words into an answer.
    Raises `DraftError` when the model fails or chooses none.
    """
    prompt = selection_prompt(question, candidates)
    written = drafter.draft(prompt, selection_grammar(len(candidates), most), most * _TOKENS_PER_CHOICE, deadline)
    chosen = (int(digit) - 1 for digit in re.findall(r"\b[1-9]\b", written))
    places = tuple(dict.fromkeys(place for place in chosen if place < len(candidates)))[:most]
    if not places:
        raise DraftError("The model chose none of the statements.")
    return places


def selection_prompt(question: str, candidates: Sequence[str]) -> Prompt:
    """Standing words first, then the facts, the question last, so what stays the same is not read again."""
    facts = "\n".join(f"{number}. {text}" for number, text in enumerate(candidates, start=1))
    return Prompt(_SYSTEM, f"Facts:\n{facts}\n\nQuestion: {question}\nNumbers:")


def selection_grammar(count: int, most: int) -> str:
    """GBNF for one to `most` numbers of 1..`count`, commas between."""
    if not 1 <= count <= MOST_CANDIDATES:
        raise ValueError(f"{count} candidates were given; 1 to {MOST_CANDIDATES} can be numbered.")
    more = "".join(' ("," number' for _ in range(most - 1)) + ")?" * (most - 1)
    return f"root ::= number{more}\nnumber ::= [1-{count}]"
