"""The messages of a form: each names the response that holds its words and carries the data pages and tests rely on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from actions.flow.hearing import Reading
from actions.flow.model import Answers, FlowState, Heard, Question, Say
from actions.flow.words import choice_labels, has_choices, label, people, show
from aidline.private_answers import is_private

__all__ = [
    "REVIEW", "YES_NO", "about", "ask", "changed", "confirm_delete", "confirm_restart", "confirm_value", "explain",
    "how_to_change", "menu_result", "misread", "not_sure", "noted", "noted_all", "other_device", "problem",
    "progress", "restarted", "reusing", "review", "session_data", "skipped", "stopped", "summary", "which_to_change",
    "why",
]  # fmt: skip

REVIEW = Question("confirm_summary", "choice", "utter_q_confirm_summary", "review", choices="confirm_summary")

_EXAMPLES = {"money": "45,000", "count": "4", "date": "8/15/2026", "birth_date": "3/14/2008", "rate": "6.52%"}
YES_NO = {
    "en": [{"value": "yes", "label": "Yes"}, {"value": "no", "label": "No"}],
    "es": [{"value": "yes", "label": "Sí"}, {"value": "no", "label": "No"}],
}
_PLAIN_KINDS = {
    "phone": "text", "email": "text", "name": "text", "school": "text", "rate": "text", "birth_date": "date",
    "birth_year": "year",
}  # fmt: skip

_NEAR = 0.5
"""Of 200 questions in the middle of forms, the answers from notes less near than this missed what was asked in two of
five cases, the others in one of five."""


def _params(question: Question, language: str) -> dict[str, str]:
    return {**people(question.role, language), **question.params}


def _called(question: Question, language: str, name: str | None = None) -> str:
    """What a question, or one of the names it settles, is called."""
    return label(name or question.key, language, question.role, question.params)


def _asks(question: Question, language: str) -> dict[str, Any]:
    asks: dict[str, Any] = {"kind": _PLAIN_KINDS.get(question.kind, question.kind)}
    if question.names:
        asks["names"] = list(question.names)
    else:
        asks["name"] = question.key
    if question.choices:
        asks["choices"] = choice_labels(question.choices, language)
    elif question.kind == "yes_no":
        asks["choices"] = YES_NO[language]
    return asks


def ask(question: Question, plan: tuple[Question, ...], heard: Heard) -> Say:
    """The question, with where the person stands in the form."""
    asks = {**_asks(question, heard.language), "step": plan.index(question) + 1, "steps": len(plan)}
    return Say(question.prompt, _params(question, heard.language), {"asks": asks})


def _private(name: str, kind: str) -> tuple[str, ...]:
    """The blank `value`, where it repeats an answer that transcripts leave out."""
    return ("value",) if is_private(name, kind) else ()


def confirm_value(question: Question, confirm: Mapping[str, Any], heard: Heard) -> Say:
    """ "$14,400 for the whole year, is that right?"."""
    language = heard.language
    shown = show(confirm["value"], _shown_as(question), language, question.choices)
    params = {"name": _called(question, language), "value": shown}
    problem = str(confirm.get("problem"))
    response = "utter_q_confirm_value_year" if problem.startswith("per_") else "utter_q_confirm_value"
    if problem == "range" and confirm.get("between"):
        ends = [show(one, _shown_as(question), language, question.choices) for one in confirm["between"]]
        response, params = "utter_q_confirm_value_range", {**params, "low": ends[0], "high": ends[-1]}
    asks = {
        "name": "confirm_value", "kind": "yes_no", "choices": YES_NO[language],
        "about": question.key, "value": confirm["value"],
    }  # fmt: skip
    private = tuple(params.keys() - {"name"}) if is_private(question.key, question.kind) else ()
    return Say(response, params, {"asks": asks}, private)


def progress(question: Question | None, plan: tuple[Question, ...]) -> Say:
    """How far along the form is; `question` is the open one, None once only the review is left."""
    if question is None:
        return Say("utter_progress_review")
    step = plan.index(question) + 1
    if step == len(plan):
        return Say("utter_progress_last")
    return Say("utter_progress", {"step": step, "steps": len(plan)})


def _shown_as(question: Question) -> str:
    """How a value is shown: a count of percent points as the percentage it is."""
    return "rate" if question.percent else question.kind


def summary(plan: tuple[Question, ...], answers: Answers, state: FlowState, heard: Heard) -> Say:
    """What has been answered so far, as a table."""
    return Say("utter_so_far", {}, {"rows": _rows(plan, answers, state, heard.language)})


def review(plan: tuple[Question, ...], answers: Answers, state: FlowState, heard: Heard) -> Say:
    """All answers before the result, and whether they are right."""
    data = {"rows": _rows(plan, answers, state, heard.language), "asks": _asks(REVIEW, heard.language)}
    return Say(REVIEW.prompt, {}, data)


def _rows(plan: tuple[Question, ...], answers: Answers, state: FlowState, language: str) -> list[dict[str, Any]]:
    assumed = {"en": "assumed", "es": "supuesto"}[language]
    rows = []
    for question in plan:
        names = [n for n in question.settles if answers.get(n) is not None or n in state.assumed]
        if question.names and all(answers.get(n) in (0, None) for n in names):
            continue
        rows += [
            {
                "label": _called(question, language, name),
                "value": show(answers.get(name), _shown_as(question), language, question.choices),
                "note": assumed if name in state.assumed and answers.get(name) is not None else "",
                "private": name not in state.assumed and is_private(name, question.kind),
            }
            for name in names
        ]
    return rows


def explain(heard: Heard, pending: Question | None = None) -> Say:
    """Hands a free question to the notes; it never stays in the form. What was being asked goes along."""
    about = None
    if pending is not None and not (pending.names and pending.choices):
        about = "; ".join(_called(pending, heard.language, name) for name in pending.settles)
    return Say(None, {}, {"explain": {"question": heard.text, "about": about}})


def about(question: Question, heard: Heard) -> tuple[Say, ...]:
    """What there is to know of the question that is open, where no note is near to what was asked instead of it.

    Who asks something in the middle of a form mostly asks about what is being asked. The gateway says it only after an
    answer that was none, or a weak one.
    """
    if heard.near >= _NEAR:
        return ()
    return tuple(replace(one, custom={"about_what_was_asked": True}) for one in (why(question), not_sure(question)))


def why(question: Question) -> Say:
    """Why the FAFSA wants to know."""
    return Say(f"utter_why_{question.topic}", dict(question.params))


def not_sure(question: Question) -> Say:
    """Where to find the figure, or how to go on without it."""
    return Say(f"utter_notsure_{question.topic}", dict(question.params))


def misread(question: Question, reading: Reading, heard: Heard) -> Say:
    """What is wanted, kindly, after an answer that could not be read."""
    params: dict[str, Any] = {
        "example": _EXAMPLES.get(question.kind, ""),
        "min": question.minimum or 0,
        "max": question.maximum or 99,
    }
    if reading.problem == "ambiguous":
        labels = [c["label"] for c in choice_labels(question.choices or "", heard.language)]
        found = [show(a, _shown_as(question), heard.language, question.choices) for a in reading.alternatives]
        return Say("utter_ambiguous", {"list": ", ".join(found or labels)})
    if question.choices:
        listed = ", ".join(c["label"] for c in choice_labels(question.choices, heard.language))
        return Say("utter_bad_choice", {"example": listed})
    return Say(f"utter_bad_{reading.problem or question.kind}", params)


def problem(heard: Heard) -> Say:
    """A message that could not be taken: empty, too long, a picture; or what must not be done, in the notes' words."""
    return explain(heard) if heard.problem == "unsafe" else Say(f"utter_problem_{heard.problem}")


def noted(name: str, value: Any, language: str, plan: tuple[Question, ...]) -> Say:
    """What a message told beside the answer that was asked for."""
    called, shown = _told(name, value, language, plan)
    return Say("utter_noted", {"name": called, "value": shown}, {}, _private(name, _kind(name, plan)))


def noted_all(told: Mapping[str, Any], language: str, plan: tuple[Question, ...]) -> Say:
    """Several answers that one message held."""
    if len(told) == 1:
        [(name, value)] = told.items()
        return noted(name, value, language, plan)
    parts = (f"{called}: {shown}" for called, shown in (_told(n, v, language, plan) for n, v in told.items()))
    private = any(is_private(name, _kind(name, plan)) for name in told)
    return Say("utter_noted_all", {"list": "; ".join(parts)}, {}, ("list",) if private else ())


def _kind(name: str, plan: tuple[Question, ...]) -> str:
    return next((one.kind for one in plan if one.key == name), "")


def _told(name: str, value: Any, language: str, plan: tuple[Question, ...]) -> tuple[str, str]:
    question = next((one for one in plan if one.key == name), None)
    if question is None:
        listed = name if has_choices(name) else None
        return label(name, language), show(value, "yes_no" if value in ("yes", "no") else "text", language, listed)
    return _called(question, language), show(value, _shown_as(question), language, question.choices)


def reusing(plan: tuple[Question, ...], answers: Answers, language: str) -> Say:
    """What is known from before and will not be asked again."""
    known = [q for q in plan if not q.names and answers.get(q.key) is not None]
    told = (f"{_called(q, language)}: {show(answers[q.key], _shown_as(q), language, q.choices)}" for q in known)
    private = any(is_private(q.key, q.kind) for q in known)
    return Say("utter_reusing", {"list": "; ".join(told)}, {}, ("list",) if private else ())


def changed(question: Question, value: Any, language: str) -> Say:
    """A correction, as understood."""
    shown = show(value, _shown_as(question), language, question.choices)
    params = {"name": _called(question, language), "value": shown}
    return Say("utter_changed", params, {}, _private(question.key, question.kind))


def how_to_change(plan: tuple[Question, ...], language: str) -> Say:
    """How a correction is said, with a question of this form as the example."""
    example = next((q for q in plan if not q.names), plan[0])
    name = label(example.key, language, example.role)
    return Say("utter_how_to_change", {"name": name[:1].lower() + name[1:]})


def which_to_change(fitting: Sequence[Question], value: Any, language: str) -> Say:
    """Which of several answers a new value is for."""
    first = fitting[0]
    shown = show(value, first.kind, language, first.choices) if not isinstance(value, str) or first.choices else value
    names = [_called(question, language) for question in fitting]
    params = {"value": shown, "list": "; ".join(names), "name": names[0][:1].lower() + names[0][1:]}
    private = ("value",) if any(is_private(question.key, question.kind) for question in fitting) else ()
    return Say("utter_which_to_change", params, {}, private)


def skipped(question: Question, language: str) -> Say:
    """What the flow goes on with instead of an answer."""
    if question.assume is None:
        return Say("utter_skipped_unknown", {"name": _called(question, language)})
    shown = show(question.assume, _shown_as(question), language, question.choices)
    if question.names:
        return Say("utter_skipped_group", {"value": shown})
    return Say("utter_skipped", {"name": _called(question, language), "value": shown})


def confirm_restart(language: str) -> Say:
    """Whether the answers so far may be forgotten."""
    return Say("utter_confirm_restart", {}, {"asks": _control("confirm_restart", language)})


def confirm_delete(language: str) -> Say:
    """Whether everything that was said may be deleted."""
    return Say("utter_confirm_delete", {}, {"asks": _control("confirm_delete", language)})


def _control(name: str, language: str) -> dict[str, Any]:
    return {"name": name, "kind": "yes_no", "choices": YES_NO[language]}


def restarted(language: str) -> Say:
    """Every answer of the session is forgotten."""
    return Say("utter_restarted", {}, menu_result("restarted", language))


def menu_result(end: str, language: str) -> dict[str, Any]:
    """The `result` of what belongs to no form."""
    values = {"language": language}
    return {"result": {"flow": "menu", "end": end, "values": values, "answers": {}, "assumed": []}}


def other_device() -> Say:
    """The way into a browser. The link is put in where it is known who is talking, which is not here."""
    return Say("utter_other_device", {"link": "{link}"}, {"hand_over": True})


def session_data() -> Say:
    """Everything that is kept of the session; whoever knows all flows puts it in (`actions.session_data`)."""
    return Say("utter_data_shown", {}, {"session_data": True})


def stopped(flow: str) -> Say:
    """The person ended the form."""
    result = {"flow": flow, "end": "stopped", "values": {}, "answers": {}, "assumed": []}
    return Say("utter_stopped", {}, {"result": result})
