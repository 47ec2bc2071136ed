"""How a persona is played and judged, against a bot of a few lines that asks what it is told to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest

from aidline.evaluation.conversations.judge import judge
from aidline.evaluation.conversations.persona import Persona
from aidline.evaluation.conversations.player import Played, play
from aidline.evaluation.conversations.run import as_text, play_all, report_of
from aidline.evaluation.conversations.talk import Door, Reply, Silence

type Answer = Callable[[str], Sequence[Mapping[str, Any]]]

DONE = {"flow": "handoff", "end": "handoff_recorded", "values": {"urgency": "today"}, "answers": {"urgency": "today"}}


def asks(*names: str, kind: str = "text", text: str = "", choices: Sequence[str] = ()) -> dict[str, Any]:
    about: dict[str, Any] = {"name": names[0]} if len(names) == 1 else {"names": list(names)}
    listed = [{"value": value, "label": value.title()} for value in choices]
    return {"text": text or f"{names[0]}?", "asks": {**about, "kind": kind, "choices": listed}}


def done(**values: Any) -> dict[str, Any]:
    return {"text": "Done.", "result": {**DONE, "values": values or DONE["values"], "answers": values}}


@dataclass
class Script(Door):
    """Says the next of its replies to whatever is said; keeps what was said."""

    replies: list[Sequence[Mapping[str, Any]]]
    heard: list[str] = field(default_factory=list)

    def say(self, text: str) -> Reply:
        self.heard.append(text)
        if not self.replies:
            raise Silence("nothing more")
        return Reply.of(self.replies.pop(0), 0.01)

    def close(self) -> None:
        pass


@dataclass
class Stand:
    """A stage with one script, that notes what was done to it."""

    script: Script
    there: Sequence[Mapping[str, Any]] = ()
    done: list[str] = field(default_factory=list)
    ours: bool = True
    has_phones: bool = True

    @property
    def doors(self) -> Any:
        return self

    def open(self, channel: str) -> Door:
        return self.script

    def enter(self, link: str) -> tuple[Door, Reply]:
        self.done.append(link)
        return self.script, Reply.of(self.there, 0.0)

    def today(self) -> date:
        return date(2026, 11, 21)

    def begin(self, day: date) -> None:
        self.done.append(day.isoformat())

    def pass_time(self, length: timedelta) -> None:
        self.done.append(str(length))

    def restart(self, process: str) -> None:
        self.done.append(process)


def persona(**keys: Any) -> Persona:
    given = {
        "id": "p", "about": "Someone.", "channel": "web", "language": "en", "flow": "handoff",
        "opening": "a person please",
        "expect": {"end": "handoff_recorded"},
    }  # fmt: skip
    return Persona.model_validate(given | keys)


def played(one: Persona, *replies: Sequence[Mapping[str, Any]], **stand: Any) -> tuple[Played, Script, Stand]:
    script = Script(list(replies))
    stage = Stand(script, **stand)
    return play(one, stage), script, stage  # type: ignore[arg-type]


def kinds(found: Played) -> list[str]:
    return [failure.kind for failure in judge(found)]


def test_each_question_gets_the_persons_own_words_in_the_order_they_would_try_them() -> None:
    one = persona(
        answers={"urgency": ["hmm", "today"], "contact_name": "Ana"}, otherwise={"yes_no": "nope"}, unknown="idk"
    )
    found, script, _ = played(
        one, [asks("urgency")], [asks("urgency")], [asks("veteran", kind="yes_no")], [asks("best_time")],
        [asks("cost_of_attendance", kind="yes_no")], [asks("contact_name", "urgency")], [done()],
    )  # fmt: skip
    assert script.heard == ["a person please", "hmm", "today", "nope", "idk", "idk", "Ana; today"]
    assert judge(found) == ()


@pytest.mark.parametrize(
    ("language", "style", "said"),
    [
        ("en", "typed", ["yes", "no", "handoff"]),
        ("es", "typed", ["sí", "no", "handoff"]),
        ("en", "numbers", ["1", "2", "2"]),
    ],
)
def test_questions_that_steer_have_answers_of_their_own(language: str, style: str, said: list[str]) -> None:
    _, script, _ = played(
        persona(language=language, style=style),
        [asks("confirm_summary", kind="choice", choices=["yes", "change"])],
        [asks("offer_person", kind="yes_no", choices=["yes", "no"])],
        [asks("flow", kind="choice", choices=["estimate_aid", "handoff"])],
        [done()],
    )
    assert script.heard[1:] == said


def test_numbers_are_places_in_the_list_that_is_shown() -> None:
    one = persona(style="numbers", answers={"urgency": "this_week", "contact_name": "Ana"})
    _, script, _ = played(
        one, [asks("urgency", choices=["today", "this_week"])], [asks("contact_name")], [asks("urgency")], [done()]
    )
    assert script.heard[1:] == ["2", "Ana", "this_week"]


def test_an_interruption_must_be_answered_and_followed_by_the_same_question() -> None:
    one = persona(interruptions=[{"when_asked": "urgency", "say": "why?", "reply_mentions_any": ["soon"]}])
    good, script, _ = played(one, [asks("urgency")], [asks("urgency", text="So that it is soon.")], [done()])
    assert script.heard[1:] == ["why?", "not sure"]
    assert judge(good) == ()
    lost, _, _ = played(one, [asks("urgency")], [asks("best_time", text="soon")], [done()])
    assert kinds(lost) == ["interruption"]
    silent, _, _ = played(one, [asks("urgency")], [{"text": "It is soon."}], [done()])
    assert kinds(silent) == ["interruption"]
    wrong, _, _ = played(one, [asks("urgency")], [asks("urgency", text="Because.")], [done()])
    assert kinds(wrong) == ["interruption"]


def test_a_correction_is_said_in_place_of_the_next_answer_and_counts_from_then_on() -> None:
    one = persona(
        answers={"urgency": "today", "best_time": "noon"},
        corrections=[{"after": "urgency", "say": "no, this week", "sets": {"urgency": "this_week"}}],
    )
    _, script, _ = played(
        one, [asks("urgency")], [asks("confirm_value", kind="yes_no")], [asks("best_time")], [asks("best_time")],
        [asks("urgency")], [done()],
    )  # fmt: skip
    assert script.heard[1:] == ["today", "yes", "no, this week", "noon", "this_week"]


def test_a_correction_without_an_occasion_is_said_at_the_summary_or_after_the_result() -> None:
    one = persona(corrections=[{"after": "contact_email", "say": "today", "sets": {"urgency": "today"}}])
    _, script, _ = played(one, [asks("confirm_summary")], [asks("confirm_summary")], [done()])
    assert script.heard[1:] == ["today", "yes"]
    found, script, _ = played(one, [done(urgency="whenever")], [done(urgency="today")])
    assert script.heard[1:] == ["today"]
    assert found.main.result is not None
    assert found.main.result["values"] == {"urgency": "today"}


def test_time_passes_and_processes_restart_once_an_answer_was_accepted() -> None:
    one = persona(
        pauses=[{"after": "urgency", "for": "3d", "say": "hi"}, {"after": "nth:2", "for": "5h"}],
        restarts=[{"after": "urgency", "process": "all"}, {"after": "veteran", "process": "rasa"}],
    )
    found, script, stage = played(
        one,
        [asks("urgency")],
        [asks("urgency")],
        [asks("best_time")],
        [asks("best_time")],
        [asks("school_name")],
        [done()],
    )
    assert stage.done == ["all", "3 days, 0:00:00", "5:00:00"]
    assert script.heard[1:] == ["not sure", "not sure", "hi", "not sure", "not sure"]
    assert found.unexercised == ("restart after veteran",)
    assert judge(found) == ()


def test_someone_who_changes_the_channel_goes_on_at_the_link() -> None:
    one = persona(channel="sms", switches=[{"after": "urgency", "say": "on my laptop", "channel": "web"}])
    found, script, stage = played(
        one, [asks("urgency")], [asks("best_time")], [{"text": "Open https://aid.example.edu/go/x7."}], [done()],
        there=[asks("best_time")],
    )  # fmt: skip
    assert stage.done == ["https://aid.example.edu/go/x7"]
    assert script.heard[-1] == "not sure"
    assert judge(found) == ()


def test_the_rest_of_a_long_text_is_fetched_and_does_not_count_as_a_turn() -> None:
    one = persona(expect={"end": "handoff_recorded", "must_mention_all": ["second part"], "max_turns": 2})
    found, script, _ = played(
        one,
        [{**asks("urgency"), "more": True}],
        [{"text": "the second part", "more": True}],
        [{"text": "all"}],
        [done()],
    )
    assert script.heard == ["a person please", "MORE", "MORE", "not sure"]
    assert judge(found) == ()


def test_a_followup_is_a_conversation_of_its_own_with_what_is_known() -> None:
    one = persona(
        followups=[{"say": "and today?", "expect": {"end": "handoff_recorded", "values": {"urgency": "today"}}}]
    )
    good, _, _ = played(one, [done(urgency="whenever")], [asks("confirm_summary")], [done(urgency="today")])
    assert judge(good) == ()
    bad, _, _ = played(one, [done()], [done(urgency="whenever")])
    assert [str(failure) for failure in judge(bad)] == ["value: follow-up 1: urgency is 'whenever', not 'today'"]


def test_other_flows_on_the_way_do_not_end_it() -> None:
    other = {"text": "You are dependent.", "result": {"flow": "dependency", "end": "dependency_shown"}}
    found, script, _ = played(persona(), [other, asks("urgency")], [done()])
    assert len(script.heard) == 2
    assert judge(found) == ()


@pytest.mark.parametrize(
    ("replies", "kind"),
    [
        ([[{"text": "I see."}]], "dead_end"),
        ([], "silence"),
        ([[asks("urgency", text="Urgency?")]] * 9, "repeats"),
        ([[asks("urgency", text=f"Urgency {n}?")] for n in range(9)], "turns"),
        ([[{"text": "x", "result": {"flow": "menu", "end": "menu_shown"}}]], "elsewhere"),
        ([[{"text": "x", "result": {"flow": "handoff", "end": "stopped"}}]], "end"),
        ([[asks("shoe_size")], [done()]], "unlisted_name"),
        ([[asks("urgency", text="¿Qué tan pronto necesita usted una respuesta?")], [done()]], "language"),
    ],
)  # fmt: skip
def test_what_goes_wrong_is_named(replies: list[Sequence[Mapping[str, Any]]], kind: str) -> None:
    found, _, _ = played(persona(expect={"end": "handoff_recorded", "max_turns": 6}), *replies)
    assert kinds(found) == [kind]


def test_values_slots_and_mentions_are_all_held_against_what_was_said() -> None:
    one = persona(
        expect={
            "end": "handoff_recorded", "values": {"urgency": "today", "reference": {"present": True}},
            "slots": {"best_time": "noon"}, "must_mention_all": ["done"], "must_mention_any": ["soon", "late"],
            "must_not_mention": ["7395"],
        }
    )  # fmt: skip
    found, _, _ = played(one, [{"text": "Up to $7,395."}, done(urgency="whenever")])
    assert sorted(kinds(found)) == ["forbidden", "missing", "slot", "value", "value"]


def test_whoever_moves_the_clock_plays_alone_and_each_on_their_day() -> None:
    people = [
        persona(id="late", today="2027-01-05"),
        persona(id="first"),
        persona(id="pausing", pauses=[{"after": "urgency", "for": "1d"}]),
    ]
    stage = Stand(Script([[done()]] * 3))
    items = play_all(people, stage)  # type: ignore[arg-type]
    assert stage.done == ["2026-11-21", "2026-11-21", "2027-01-05"]
    assert [(item.persona.id, item.passed) for item in items] == [("late", True), ("first", True), ("pausing", True)]


def test_a_stack_that_is_not_ours_skips_whom_it_can_not_serve_and_says_so() -> None:
    people = [
        persona(id="plain"),
        persona(id="other-day", today="2027-01-05"),
        persona(id="restarting", restarts=[{"after": "urgency", "process": "web"}]),
        persona(id="texting", channel="sms"),
    ]
    items = play_all(people, Stand(Script([[done()]]), ours=False, has_phones=False))  # type: ignore[arg-type]
    assert [item.skipped is None for item in items] == [True, False, False, False]
    report = report_of(items, path="x", site="y", seconds=1.0)
    assert report["counts"] == {"personas": 4, "played": 1, "passed": 1, "skipped": 3, "turns": 1}
    assert all(goal["holds"] for goal in report["goals"])
    assert "restarting: only a stack" in as_text(report)


def test_one_wrong_value_breaks_the_goals_and_every_turn_is_in_the_report() -> None:
    items = play_all(
        [persona(expect={"end": "handoff_recorded", "values": {"urgency": "today"}})],
        Stand(Script([[asks("urgency")], [done(urgency="whenever")]])),  # type: ignore[arg-type]
    )
    report = report_of(items, path="x", site="y", seconds=1.0)
    assert {goal["name"]: goal["holds"] for goal in report["goals"]}["wrong values"] is False
    assert [turn["said"] for turn in report["items"][0]["turns"]] == ["a person please", "not sure"]
    assert "value: urgency is 'whenever', not 'today'" in as_text(report)


def test_nothing_played_is_no_success() -> None:
    assert not all(goal["holds"] for goal in report_of([], path="x", site="y", seconds=0.0)["goals"])
