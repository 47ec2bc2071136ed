"""The flow that tells when the FAFSA is due, and puts whoever wants it on the list for reminders by text.

The dates come before the offer of a reminder, so that nobody answers questions to hear them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from actions.answers.award_year import award_year_named, award_year_of
from actions.answers.state import state_named
from actions.citing import sources_of
from actions.deadlines_again import meant_instead
from actions.flow.model import Answers, FlowState, Heard, Question, Say
from actions.flow.simple import SimpleFlow
from knowledge.award_years import available, load, year_to_file_for
from knowledge.deadlines import Deadlines, deadlines, terms
from knowledge.figures import say_date
from knowledge.notes import Language
from knowledge.states import said_dates

__all__ = ["DeadlinesFlow", "open_forms"]

_REMINDER = ("offer_reminder", "reminder_consent", "reminder_phone")
_DATED = frozenset({"award_year", "state", "state_for_poverty"})
_RECORDED = ("award_year", "state", "reminder_consent", "reminder_phone")


def _state(answers: Answers) -> str | None:
    """Where the student lives; a question about the family's state was asked for the same purpose."""
    return answers.get("state") or answers.get("state_for_poverty")


def _state_key(answers: Answers) -> str:
    return "state_for_poverty" if answers.get("state_for_poverty") and not answers.get("state") else "state"


def _found(answers: Answers, heard: Heard) -> Deadlines:
    year = str(answers.get("award_year") or year_to_file_for(heard.today))
    return deadlines(year, _state(answers), heard.today)


class DeadlinesFlow(SimpleFlow):
    """The flow `deadlines`."""

    name = "deadlines"
    reviewed = False

    def opening(self, heard: Heard, answers: Answers) -> Mapping[str, Any]:
        """The award year and the state, when the first message names them beyond doubt."""
        found = {
            "award_year": award_year_named(heard.text, today=heard.today, available=available()),
            _state_key(answers): state_named(heard.text),
        }
        return {name: value for name, value in found.items() if value is not None and answers.get(name) != value}

    def plan(self, answers: Answers, state: FlowState, heard: Heard) -> tuple[Question, ...]:
        """The year and the state; then whether to be reminded, while there is something to be reminded of."""
        return tuple(self._questions(answers, heard))

    def _questions(self, answers: Answers, heard: Heard) -> Iterator[Question]:
        running = award_year_of(heard.today)
        first = int(running[:4])
        yield Question(
            "award_year", "year", "utter_q_deadlines_award_year", "deadlines_year", choices="award_year",
            assume=year_to_file_for(heard.today),
            params={"this_year": running, "next_year": f"{first + 1}-{(first + 2) % 100:02d}", "fall": str(first + 1)},
        )  # fmt: skip
        yield Question(_state_key(answers), "state", "utter_q_state", "deadlines_state", leave_open=True)
        found = _found(answers, heard)
        if found.closed:
            return
        about = {"award_year": found.award_year, "most": str(terms().reminder.most_texts)}
        yield Question("offer_reminder", "yes_no", "utter_q_offer_reminder", "reminder", assume="no", params=about)
        if answers.get("offer_reminder") != "yes":
            return
        yield Question("reminder_consent", "yes_no", "utter_q_reminder_consent", "reminder", assume="no", params=about)
        if answers.get("reminder_consent") == "yes":
            yield Question("reminder_phone", "phone", "utter_q_reminder_phone", "reminder", optional=True, params=about)

    def undoes(self, before: Answers, after: Answers) -> tuple[str, ...]:
        """A wish to be reminded is one for the dates of its award year."""
        years = before.get("award_year"), after.get("award_year")
        agreed = before.get("offer_reminder") == "yes"
        return _REMINDER if agreed and None not in years and years[0] != years[1] else ()

    def hears(self, question: Question, heard: Heard, answers: Answers) -> Mapping[str, Any]:
        """Another year or state, said to the dates that come before the offer of a reminder."""
        return self.amends(heard, answers) if question.key in _REMINDER else {}

    def amends(self, heard: Heard, answers: Answers) -> Mapping[str, Any]:
        """Another year or state, after the dates ("and for 2027-28?", "what about texas?")."""
        meant = meant_instead(heard)
        named = {_state_key(answers) if name == "state" else name: value for name, value in meant.items()}
        return {name: value for name, value in named.items() if answers.get(name) != value}

    def before(self, question: Question, answers: Answers, heard: Heard) -> tuple[Say, ...]:
        """The dates, before a reminder of them is offered."""
        return _dates(_found(answers, heard), heard) if question.key == "offer_reminder" else ()

    def finish(self, answers: Answers, state: FlowState, heard: Heard) -> tuple[Say, ...]:
        """The dates (in short, when they were said before); the reminder; what to do next."""
        found = _found(answers, heard)
        told = state.asked in _REMINDER
        says = () if told else _dates(found, heard)
        phone = answers.get("reminder_phone") if answers.get("reminder_consent") == "yes" else None
        wanted = phone is not None and not found.closed
        if wanted:
            says = (*says, Say("utter_deadlines_reminder_noted", {"award_year": found.award_year}))
        custom: dict[str, Any] = {
            "result": _result(found, answers, state, wanted=wanted),
            "sources": sources_of(found.citations(heard.language)),
        }
        if told and found.row is not None:
            custom["rows"] = _rows(found, "es" if heard.language == "es" else "en")
        if wanted:
            custom["reminder"] = _reminder(found, str(phone), heard)
        ending = "utter_deadlines_next_closed" if found.closed else "utter_deadlines_next"
        return (*says, Say(ending, {"award_year": found.award_year}, custom))


def _dates(found: Deadlines, heard: Heard) -> tuple[Say, ...]:
    """The federal day and the state's."""
    language: Language = "es" if heard.language == "es" else "en"
    told = {
        "award_year": found.award_year,
        "federal": say_date(found.federal, language),
        "closes_at": terms().closes_at.said(language),
        "days": str(found.days_left),
    }
    if not found.closed:
        last_day = "_last_day" if found.days_left == 0 else ""
        return (Say(f"utter_deadlines_federal{last_day}", told), *_about_state(found, language))
    says: tuple[Say, ...] = (Say("utter_deadlines_closed", told),)
    if still_open := _open_years(heard):
        soonest = deadlines(still_open[0], found.state, heard.today)
        says = (*says, *filter(None, (open_forms(heard),)), *_about_state(soonest, language))
    return says


def _open_years(heard: Heard) -> list[str]:
    forms = {year: load(year).fafsa_form for year in available()}
    return [
        year for year, form in forms.items() if form.opened_to_everyone <= heard.today <= form.federal_deadline
    ]  # fmt: skip


def open_forms(heard: Heard) -> Say | None:
    """The FAFSA forms that can be sent on this day, and the last day of each; None between two forms."""
    words, years = terms().glance["open_until"].said(heard.language), _open_years(heard)
    days = ((year, say_date(load(year).fafsa_form.federal_deadline, heard.language)) for year in years)
    listed = "; ".join(words.format(award_year=year, day=day) for year, day in days)
    return Say("utter_deadlines_open_forms", {"list": listed}) if years else None


def _about_state(found: Deadlines, language: Language) -> Iterator[Say]:
    row = found.row
    told = {"award_year": found.award_year, "listed_year": found.listed_year}
    if row is None:
        yield Say("utter_deadlines_state_elsewhere" if found.state else "utter_deadlines_state_unknown", told)
        return
    told |= {"state": row.called(language), "program": row.program or ""}
    if row.day_of_term:
        yield Say("utter_deadlines_state_day_of_term", {**told, "day": str(row.day_of_term)})
    elif row.first_come:
        yield Say("utter_deadlines_state_first_come", told)
    elif found.basis == "as_soon_as_possible" and found.opened is not None:
        yield Say("utter_deadlines_state_soon", {**told, "opened": say_date(found.opened, language)})
    elif found.basis == "ask_school":
        yield Say("utter_deadlines_state_ask_school", told)
    else:
        yield Say(f"utter_deadlines_state_{found.basis}", {**told, "dates": said_dates(row, language)})
    if found.missed:
        yield Say("utter_deadlines_state_missed", told)
    for remark in found.remarks:
        yield Say("utter_cited", {"text": remark.es if language == "es" else remark.en})


def _rows(found: Deadlines, language: Language) -> list[dict[str, str]]:
    """The dates at a glance."""
    words = terms().glance
    rows = [{"label": words["federal"].said(language), "value": say_date(found.federal, language), "note": ""}]
    if found.row is None:
        return rows
    note = words["last_cycle"].said(language).format(listed_year=found.listed_year)
    dated = found.state_date is not None
    value = said_dates(found.row, language) if dated else words[found.basis].said(language)
    state = {"label": found.row.called(language), "value": value, "note": note if found.basis == "last_cycle" else ""}
    return [*rows, state]


def _result(found: Deadlines, answers: Answers, state: FlowState, *, wanted: bool) -> dict[str, Any]:
    said = {**answers, "state": _state(answers)}
    return {
        "flow": "deadlines",
        "end": "deadlines_shown",
        "values": {
            "award_year": found.award_year,
            "federal_deadline": found.federal.isoformat(),
            "federal_closed": "yes" if found.closed else "no",
            "federal_days_left": found.days_left,
            "state": found.state,
            "state_date": found.state_date.isoformat() if found.state_date else None,
            "state_basis": found.basis,
            "reminder": "opted_in" if wanted else "none",
        },
        "answers": {name: said[name] for name in _RECORDED if said.get(name) is not None},
        "assumed": [name for name in state.assumed if name in _DATED and answers.get(name) is not None],
    }


def _reminder(found: Deadlines, phone: str, heard: Heard) -> dict[str, Any]:
    """The wish to be reminded, for the gateway to record with the turn."""
    return {
        "phone": phone,
        "language": heard.language,
        "award_year": found.award_year,
        "state": found.state,
        "federal_deadline": found.federal.isoformat(),
        "state_date": found.state_date.isoformat() if found.state_date and found.basis == "this_cycle" else None,
        "most_texts": terms().reminder.most_texts,
    }
