"""What if: an estimate with something changed, worked out beside the one there is; nothing is overwritten.

`reconsidered` takes a message after the result. What it changes is read by `actions.what_if_changes`; what it comes
to is said by `actions.what_if_result`. "Keep that" puts the change in the place of the answers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from actions import estimate_result, household
from actions.answers.text import fold, words
from actions.flow.model import Answers, FlowState, Heard, Outcome, Say
from actions.what_if_changes import about_amounts, changes_in, said_in, what_if_words, years_in
from actions.what_if_result import STATUSES, compared
from knowledge.errors import AnswerError

__all__ = ["reconsidered"]

_LONGEST = 60
"""Words; a longer message tells a story, and a person or the notes should have it."""


def reconsidered(heard: Heard, answers: Answers, state: FlowState) -> Outcome | None:
    """The estimate with what `heard` changes, None when the message tries nothing out.

    The outcome sets no answer, except for "keep that" after a change that was tried out.
    """
    if not state.reviewed or household.income_open(answers, state) or len(words(heard.text)) > _LONGEST:
        return None
    if state.tried and _keeps(heard.text):
        return _kept(heard, answers, state)
    tried = _tried(heard, answers, state)
    if tried is None:
        return None
    if not tried:
        return _stays(state, Say("utter_what_if_say_more", {}, _unchanged(answers, state)))
    if tried.get("dependency") == "dependent":
        return _stays(state, Say("utter_what_if_needs_parents", {}, _unchanged(answers, state)))
    try:
        says = compared(answers, tried, state, heard)
    except AnswerError:
        # What was tried leaves out something that the formula can't do without.
        return _stays(state, Say("utter_what_if_cannot", {}, _unchanged(answers, state)))
    return Outcome(says, {}, replace(state, tried=_stored(tried)), "done")


def _tried(heard: Heard, answers: Answers, state: FlowState) -> dict[str, Any] | None:
    """The changes of this message; with "also" on top of those tried before.

    None for a message that tries nothing out, {} for one that does without saying enough.
    """
    if said_in(heard.text, "not_meant"):
        return None
    years = years_in(heard)
    marked = _matches(heard.text, "marks")
    if years and (marked or len(years) > 1 or _matches(heard.text, "other_year")):
        others = [year for year in years if year != answers.get("award_year")]
        first = {"compared_with": others[0]} if len(others) > 1 else {}
        return {"award_year": others[-1], **first} if others else None
    if not marked:
        return None
    before = dict(state.tried or {}) if said_in(heard.text, "also") else {}
    base = estimate_result.with_assumptions(answers, state, before)[0]
    found = changes_in(heard, base, answers)
    return {**before, **found} if found else {} if about_amounts(heard) else None


def _keeps(text: str) -> bool:
    said = " ".join(words(text))
    return any(re.fullmatch(pattern, said) for pattern in what_if_words()["keep"])


def _kept(heard: Heard, answers: Answers, state: FlowState) -> Outcome:
    tried = dict(state.tried or {})
    tried.pop("compared_with", None)
    if STATUSES & tried.keys():
        return _stays(state, Say("utter_what_if_not_kept", {}, _unchanged(answers, state)))
    state = replace(state.told(*tried), reviewed=True)
    now = {name: value for name, value in {**answers, **tried}.items() if value is not None}
    says = (Say("utter_what_if_kept"), *estimate_result.messages(now, state, heard))
    return Outcome(says, tried, state, "done")


def _stays(state: FlowState, say: Say) -> Outcome:
    return Outcome((say,), {}, state, "done")


def _unchanged(answers: Answers, state: FlowState) -> Mapping[str, Any]:
    return {"result": estimate_result.result(answers, state)}


def _stored(tried: Mapping[str, Any]) -> Mapping[str, Any]:
    return dict(tried)


def _matches(text: str, kind: str) -> bool:
    folded = fold(text)
    return any(re.search(pattern, folded) for pattern in what_if_words()[kind])
