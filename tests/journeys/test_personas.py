"""Simulated people of every flow talk to the started stack, by the page and by phone, and each comes to their end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from aidline.evaluation.conversations.files import read_personas
from aidline.evaluation.conversations.persona import DEFAULT_TODAY, Persona
from aidline.evaluation.conversations.run import Item, play_all
from aidline.evaluation.conversations.stage import OwnStage
from aidline.evaluation.conversations.walking import report_of_walk, walk_as_text, walks
from aidline.settings import PROJECT
from aidline.supervisor import Stack
from tests.conftest import PRODUCTION

PERSONAS = read_personas(PROJECT / "tests/personas")

MESSY = {
    "messy", "typos", "words", "several_at_once", "side_questions", "correction", "pause", "switch", "wrong_type",
    "not_sure", "hostile", "mixed_language",
}  # fmt: skip
"""Tags of people who do not simply answer what is asked."""

KNOWN_FAULTS: dict[str, str] = {}
"""What Aidline still does wrong, by persona. Whoever mends one takes it off: one that passes fails the test here."""

WALK_TURNS = 120

LEAVE_SOMETHING = frozenset({"appeal", "deadlines", "handoff", "menu"})
"""Flows that write down more than the conversation: a case, a reminder, a request, what is deleted."""
_ONE_IN = 8


def _played() -> list[Persona]:
    """Everybody; on the stores of production those whose end hangs on what is kept, and one in eight of the others.

    What a person is understood to say is the same whatever keeps it.
    """
    if not PRODUCTION:
        return list(PERSONAS)
    kept = [one for one in PERSONAS if one.flow in LEAVE_SOMETHING or one.pauses or one.restarts or one.switches]
    others = [one for one in PERSONAS if one not in kept]
    return [*kept, *others[::_ONE_IN]]


PLAYED = _played()


@pytest.fixture(scope="module")
def stage(stack: Stack) -> Iterator[OwnStage]:
    """The journeys' stack, whose clock is set back to the computer's afterwards."""
    assert stack.settings.clock_file is not None
    yield OwnStage(stack, stack.settings.clock_file)
    stack.settings.clock_file.unlink(missing_ok=True)


@pytest.fixture(scope="module")
def items(stage: OwnStage) -> dict[str, Item]:
    """How it went for each persona."""
    return {item.persona.id: item for item in play_all(PLAYED, stage, jobs=4)}


@pytest.mark.parametrize("name", [persona.id for persona in PLAYED])
def test_a_persona_comes_to_the_end_they_came_for(
    name: str, items: dict[str, Item], request: pytest.FixtureRequest
) -> None:
    if name in KNOWN_FAULTS:
        request.applymarker(pytest.mark.xfail(reason=KNOWN_FAULTS[name], strict=True))
    wrong = [str(failure) for failure in items[name].failures]
    assert wrong == []


def test_every_known_fault_is_that_of_a_persona() -> None:
    assert set(KNOWN_FAULTS) - {persona.id for persona in PERSONAS} == set()


def test_nobody_is_left_out_of_the_suite() -> None:
    assert {persona.channel for persona in PERSONAS} == {"web", "sms"}
    assert {persona.language for persona in PERSONAS} == {"en", "es", "mixed"}
    assert sum(bool(MESSY & set(persona.tags)) for persona in PERSONAS) >= len(PERSONAS) / 2


@pytest.mark.timeout(400)  # several questions go through the model, on a machine that may be busy
def test_someone_who_answers_at_random_is_never_left_without_a_question(stage: OwnStage) -> None:
    stage.begin(DEFAULT_TODAY)
    report = report_of_walk(walks(stage, turns=WALK_TURNS, seed=11), seed=11, site=stage.site, seconds=0.0)
    assert all(goal["holds"] for goal in report["goals"]), walk_as_text(report)
