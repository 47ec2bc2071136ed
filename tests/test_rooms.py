"""The house: which room may know which, and that what one room names, another one has."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.estimate_aid import EstimateAid
from actions.flow.model import Say
from actions.flows import FLOWS
from actions.handoff import NAMES
from actions.server import executor
from knowledge.award_years import available
from knowledge.sai.inputs import Assets, EstimateInputs, Family, Person, Study
from tests.actions.people import ALEX, DANA, LUZ, NOAH
from tests.actions.talk import Talk

PROJECT = Path(__file__).parents[1]
ROOMS = ("aidline", "actions", "channels", "knowledge", "bot", "tests", "benchmarks")
MAY_IMPORT = {
    "knowledge": {"knowledge"},
    "actions": {"actions", "knowledge", "aidline"},
    "channels": {"channels", "knowledge", "aidline"},
    "aidline": {"aidline"},
}
"""What a room may import while it is being loaded."""
PROGRAM_MAY_USE = {"aidline", "knowledge", "channels"}
"""What the program's commands may import once they run; it starts the other rooms as processes."""


def modules(room: str) -> Iterator[Path]:
    yield from sorted((PROJECT / room).rglob("*.py"))


def imported(tree: ast.AST, *, while_loading: bool) -> Iterator[str]:
    """The rooms a module imports: at its top, or (with `while_loading` False) anywhere."""
    for node in ast.iter_child_nodes(tree):
        if while_loading and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if while_loading and isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]
        else:
            yield from imported(node, while_loading=while_loading)


def rooms_of(path: Path, *, while_loading: bool) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return set(imported(tree, while_loading=while_loading)) & set(ROOMS)


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_imports_point_one_way(room: str) -> None:
    wrong = {
        str(path.relative_to(PROJECT)): sorted(others)
        for path in modules(room)
        if (others := rooms_of(path, while_loading=True) - MAY_IMPORT[room])
    }
    assert wrong == {}


@pytest.mark.parametrize("room", ["knowledge", "actions", "channels"])
def test_no_import_hides_inside_a_function(room: str) -> None:
    wrong = {
        str(path.relative_to(PROJECT)): sorted(others)
        for path in modules(room)
        if (others := rooms_of(path, while_loading=False) - MAY_IMPORT[room])
    }
    assert wrong == {}


def test_the_program_uses_other_rooms_only_when_a_command_runs() -> None:
    used = {str(path.relative_to(PROJECT)): rooms_of(path, while_loading=False) for path in modules("aidline")}
    assert {name: rooms - PROGRAM_MAY_USE for name, rooms in used.items() if rooms - PROGRAM_MAY_USE} == {}


def test_the_bot_knows_no_other_room() -> None:
    used = {str(path.relative_to(PROJECT)): rooms_of(path, while_loading=False) for path in modules("bot/engine")}
    assert {name: rooms for name, rooms in used.items() if rooms} == {}


def documents(folder: str, key: str) -> dict[str, Any]:
    """Everything under `key` in the YAML files of a folder of the bot."""
    together: dict[str, Any] = {}
    for path in sorted((PROJECT / "bot" / folder).glob("*.yml")):
        part = yaml.safe_load(path.read_text(encoding="utf-8")).get(key) or {}
        part = dict.fromkeys(part) if isinstance(part, list) else part
        doubled = set(part) & set(together)
        assert not doubled, f"{doubled} stand twice"
        together |= part
    return together


RESPONSES = documents("domain", "responses")


def test_every_response_is_written_in_both_languages() -> None:
    for name, variations in RESPONSES.items():
        spanish = [
            v for v in variations if {"type": "slot", "name": "language", "value": "es"} in v.get("condition", [])
        ]
        english = [v for v in variations if not v.get("condition")]
        assert any("channel" not in v for v in spanish), f"{name} has no Spanish words for every channel"
        assert any("channel" not in v for v in english), f"{name} has no English words for every channel"
        assert all(v["text"].strip() for v in variations), f"{name} has an empty variation"


def test_every_variation_fills_the_same_blanks_as_its_twin() -> None:
    differing = {}
    for name, variations in RESPONSES.items():
        blanks = [set(re.findall(r"\{(\w+)\}", v["text"])) - {"whose", "de_quien"} for v in variations]
        if any(found != blanks[0] for found in blanks if "channel" not in variations[blanks.index(found)]):
            differing[name] = blanks
    assert differing == {}


def named_responses() -> set[str]:
    """The responses that actions name outright."""
    found: set[str] = set()
    for path in modules("actions"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= set(re.findall(r"^utter_[a-z_]+[a-z]$", node.value))
    return found


def test_every_response_an_action_names_has_words() -> None:
    assert named_responses()
    assert named_responses() - set(RESPONSES) == set()


def beside(talk: Talk, aside: str) -> tuple[Say, ...]:
    """What would be said to `aside` now, without going there."""
    return Talk(talk.flow, "en", dict(talk.answers), talk.state, [*talk.history]).say(aside).says


def everything_said() -> set[str]:
    """What is said on many ways through the forms: every topic's why and not sure, every branch."""
    said: set[str] = set()
    together = {"student_marital_status": "married", "student_filing_status": "married_joint", "family_size": 2}
    apart = {"parent_filing_status": "married_separate", "other_parent_agi": 30_000,
             "other_parent_filing_status": "married_separate"}  # fmt: skip
    ways = [ALEX, LUZ, DANA, NOAH, {**DANA, **together}, {**ALEX, **apart}, {**ALEX, "parent_business_farm": 9_000},
            {**ALEX, "grade_level": "second_year"}, {**ALEX, "any_dependency_reason": "yes"},
            {**DANA, **together, "student_filing_status": "married_separate", "student_spouse_agi": 20_000,
             "student_spouse_filer_class": "us_filer", "student_spouse_filing_status": "married_separate"}]  # fmt: skip
    for year, people in {**{year: [ALEX, DANA] for year in available()}, "2026-27": ways}.items():
        for said_by in people:
            talk = Talk(EstimateAid())
            talk.open()
            while talk.last.status == "asking":
                asks = talk.asks
                merged = "names" in asks and asks["kind"] == "money"
                answer = "yes" if merged else talk.written(talk.usual({**said_by, "award_year": year}))
                asides = ("why", "not sure") if people is ways else ()
                said |= {say.response for aside in asides for say in beside(talk, aside) if say.response}
                talk.say(answer)
                said |= {say.response for say in talk.last.says if say.response}
    return said


def test_everything_said_on_the_way_through_a_form_has_words() -> None:
    said = everything_said()
    assert len(said) > 60
    assert said - set(RESPONSES) == set()


def test_every_problem_of_a_message_and_every_unreadable_answer_has_words() -> None:
    problems = ("empty", "too_long", "media", "sensitive", "other_language")
    kinds = ("money", "money_negative", "money_too_large", "count", "count_range", "yes_no", "choice", "state", "year",
             "text", "phone", "email", "name")  # fmt: skip
    assert {f"utter_problem_{one}" for one in problems} | {f"utter_bad_{one}" for one in kinds} <= set(RESPONSES)


def formula_reads() -> set[str]:
    """Canonical names that the formula takes."""
    people = ("student", "student_spouse", "parent", "other_parent")
    names = {f.name for f in (*fields(Family), *fields(Study))} - {"dependency"}
    names |= {f"{who}_{f.name}" for who in people for f in fields(Person) if f.name != "income_source"}
    names |= {f"{who}_{f.name}" for who in ("student", "parent") for f in fields(Assets)}
    return names | {"farm_lived_on", "business_family_owned_small"}


@cache
def names_the_estimate_asks() -> frozenset[str]:
    asked: set[str] = set()
    for said_by in (ALEX, LUZ, DANA, NOAH):
        for more in ({}, {"parent_business_farm": 9_000, "student_business_farm": 9_000, "grade_level": "second_year"},
                     {"any_dependency_reason": "yes", "depth": "full"}):  # fmt: skip
            talk = Talk(EstimateAid())
            talk.open()
            while talk.last.status == "asking":
                asks = talk.asks
                asked |= set(asks.get("names", ())) | ({asks["name"]} if "name" in asks else set())
                merged = "names" in asks and asks["kind"] == "money"
                talk.say("yes" if merged else talk.written(talk.usual({**said_by, **more})))
    return frozenset(asked - {"confirm_summary", "confirm_value"})


def test_every_name_the_estimate_asks_for_has_a_slot() -> None:
    assert names_the_estimate_asks() - set(documents("domain", "slots")) == set()


def test_every_slot_of_the_estimate_is_asked_for_told_in_passing_or_read_by_the_formula() -> None:
    slots = yaml.safe_load((PROJECT / "bot/domain/estimate_aid.yml").read_text(encoding="utf-8"))["slots"]
    known = names_the_estimate_asks() | formula_reads() | set(EstimateInputs.__dataclass_fields__)
    told_in_passing = {"asking_as"}
    assert set(slots) - known - told_in_passing == set()


def test_the_request_for_a_person_has_exactly_its_slots() -> None:
    slots = yaml.safe_load((PROJECT / "bot/domain/handoff.yml").read_text(encoding="utf-8"))["slots"]
    assert set(slots) == set(NAMES)


def test_no_slot_is_filled_by_rasa_except_the_language() -> None:
    for name, slot in documents("domain", "slots").items():
        kinds = {mapping["type"] for mapping in slot["mappings"]}
        assert kinds == ({"from_entity"} if name == "language" else {"custom"}), name


def test_the_actions_served_are_those_of_the_domain() -> None:
    assert set(executor().actions) == set(documents("domain", "actions"))


def test_every_flow_has_its_form() -> None:
    assert {f"{flow.name}_form" for flow in FLOWS} == set(documents("domain", "forms"))


def steps(folder: str, key: str) -> Iterator[dict[str, Any]]:
    for path in sorted((PROJECT / "bot/data" / folder).glob("*.yml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")).get(key, ()):
            yield from entry["steps"]


def examples() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in sorted((PROJECT / "bot/data/nlu").glob("*.yml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            if "intent" in entry:
                lines = [line.removeprefix("- ") for line in entry["examples"].splitlines() if line.strip()]
                found.setdefault(entry["intent"], []).extend(lines)
    return found


def test_every_intent_of_a_rule_can_be_recognized() -> None:
    used = {step["intent"] for step in (*steps("rules", "rules"), *steps("stories", "stories")) if "intent" in step}
    known = examples()
    assert {intent for intent in used - {"nlu_fallback"} if len(known.get(intent, ())) < 8} == set()
    assert set(known) == set(documents("domain", "intents"))


def test_every_intent_is_answered_by_a_rule() -> None:
    used = {step["intent"] for step in steps("rules", "rules") if "intent" in step}
    assert set(documents("domain", "intents")) - used == set()


def test_rules_name_only_what_there_is() -> None:
    known = set(documents("domain", "actions")) | set(documents("domain", "forms")) | set(RESPONSES)
    used = {step["action"] for step in (*steps("rules", "rules"), *steps("stories", "stories")) if "action" in step}
    assert used - known - {"action_listen"} == set()


def test_no_example_teaches_two_intents() -> None:
    seen: dict[str, str] = {}
    twice = {}
    for intent, lines in examples().items():
        for line in lines:
            if seen.setdefault(line.casefold(), intent) != intent:
                twice[line] = (seen[line.casefold()], intent)
    assert twice == {}
