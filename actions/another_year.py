"""The same result for another award year, asked for once the first is shown ("and for 2027-28?")."""

from __future__ import annotations

import re
from collections.abc import Mapping

from actions.answers.text import fold, words
from actions.flow import asking
from actions.flow.answering import ask_next
from actions.flow.model import Answers, Flow, FlowState, Heard, Outcome
from actions.what_if_changes import what_if_words, years_in

__all__ = ["another_year", "worked_out_again"]

_LONGEST = 12
"""Words; whoever says more asks something else about that year."""


def another_year(heard: Heard, answers: Answers) -> Mapping[str, str]:
    """The award year that a short message asks about in place of the one on record; empty when it asks about none."""
    years = [year for year in years_in(heard) if year != answers.get("award_year")]
    said = fold(heard.text).lstrip("\u00bf\u00a1 ")
    asked = any(re.search(pattern, said) for pattern in what_if_words()["other_year"])
    return {"award_year": years[0]} if asked and len(years) == 1 and len(words(heard.text)) <= _LONGEST else {}


def worked_out_again(
    flow: Flow, changes: Mapping[str, object], heard: Heard, answers: Answers, state: FlowState
) -> Outcome | None:
    """The result with `changes`; None where they change nothing or leave something to ask."""
    plan = {question.key: question for question in flow.plan({**answers, **changes}, state, heard)}
    if not changes or not changes.keys() <= plan.keys():
        return None
    says = tuple(asking.changed(plan[name], value, heard.language) for name, value in changes.items())
    outcome = ask_next(flow, answers, changes, state.told(*changes), heard, says)
    return outcome if outcome.status == "done" else None
