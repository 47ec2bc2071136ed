"""A note for every state, said from the table of deadlines."""

from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from knowledge.figures import figures, say_date
from knowledge.notes.model import LANGUAGES, Language, Link, Note, Source, Statement
from knowledge.states.deadlines import DeadlineTable, StateDate, StateDeadline, state_deadlines

__all__ = ["said_dates", "state_notes"]

_WORDS = Path(__file__).parent / "words.yml"
_REVIEW_AFTER = timedelta(days=270)


def state_notes() -> tuple[Note, ...]:
    """One note for each state and language."""
    table = state_deadlines()
    return tuple(_note(table, code, state, language) for language in LANGUAGES for code, state in table.states.items())


def _note(table: DeadlineTable, code: str, state: StateDeadline, language: Language) -> Note:
    words = _words()[language]
    known = {
        "state": state.called(language),
        "year": table.award_year,
        "next_year": table.next_award_year,
        "program": state.program or "",
        "day": state.day_of_term or "",
        "opened": say_date(table.opened, language),
        "next_opened": say_date(table.next_opened, language),
        "dates": said_dates(state, language),
    }
    programs = [name for name in (state.program, *(one.program for one in state.dates)) if name]
    asked = [question.format(**known) for question in words["questions"]]
    asked += [
        question.format(**known | {"program": name}) for name in programs for question in words["program_questions"]
    ]
    if state.name_es and language == "es":
        asked += [words["questions"][0].format(**known | {"state": state.name})]
    table_source = Source(
        id="table", title=_titled(table.source, language), url=table.source.url, as_of=table.as_of,
        confidence=table.confidence,
    )  # fmt: skip
    remarks = tuple(table.more.get(code, ()))
    more = tuple(
        Source(id=f"more-{n}", title=_titled(one.source, language), url=one.source.url, as_of=one.as_of,
               confidence=one.confidence)
        for n, one in enumerate(remarks, start=1)
    )  # fmt: skip
    said = [*_said(table, state, words, known, language)]
    return Note(
        id=f"state-deadline-{code.lower()}",
        title=words["title"].format(**known),
        topic="state-deadlines",
        language=language,
        award_year=table.award_year,
        owner="Aidline maintainers",
        as_of=table.as_of,
        review_by=table.as_of + _REVIEW_AFTER,
        review="needed",
        questions=tuple(dict.fromkeys(asked)),
        short=Statement(words["short"][_kind(state)].format(**known), "table"),
        statements=(
            *(Statement(one.es if language == "es" else one.en, f"more-{n}") for n, one in enumerate(remarks, start=1)),
            *(Statement(text, "table") for text in said),
        ),
        sources=(table_source, *more),
        next_steps=(),
        links=(Link(title=words["link"], url=table.source.url),),
    )


def said_dates(state: StateDeadline, language: Language) -> str:
    """The dates of a state's row in one phrase: "May 1, 2026 (priority date)"; "" when it has none."""
    words = _words()[language]
    return str(words["list"].join(_dated(one, words, language) for one in state.dates))


def _kind(state: StateDeadline) -> str:
    if state.day_of_term:
        return "day_of_term"
    return "first_come" if state.first_come else state.basis


def _said(
    table: DeadlineTable, state: StateDeadline, words: dict[str, Any], known: dict[str, Any], language: Language
) -> Iterator[str]:
    if state.until_funds_run_out:
        yield words["funds"].format(**known)
    if state.basis == "as_soon_as_possible" and not state.first_come:
        yield words["next_asap"].format(**known)
    yield words["school"]
    yield figures().fill(words["federal"].replace("{year}", table.award_year), language)


def _dated(one: StateDate, words: dict[str, Any], language: Language) -> str:
    day = words["kinds"][one.kind].format(date=say_date(one.day, language))
    program = one.program_es if language == "es" and one.program_es else one.program
    return str(words["for"].format(date=day, program=program)) if program else str(day)


def _titled(page: Any, language: Language) -> str:
    return str(page.title_es if language == "es" else page.title)


@cache
def _words() -> dict[str, Any]:
    return dict(yaml.safe_load(_WORDS.read_text(encoding="utf-8")))
