"""Personas are read strictly: what is misspelt can't go unnoticed, and what a person types stays as typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from aidline.errors import InputError
from aidline.evaluation.conversations.files import read_persona, read_personas
from aidline.settings import PROJECT

WHOLE = """
id: p
about: Someone.
channel: sms
language: en
flow: handoff
opening: talk to a person
expect: {end: handoff_recorded}
"""


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str, name: str = "p") -> Path:
        (tmp_path / f"{name}.yml").write_text(text, encoding="utf-8")
        return tmp_path / f"{name}.yml"

    return write


def test_what_a_person_types_stays_as_typed(written: Callable[[str], Path]) -> None:
    persona = read_persona(
        written(WHOLE + "answers: {urgency: no, best_time: 4:30, family_size: 3, birth_date: 2008-03-04, state: NO}\n")
    )
    assert persona.answers == {
        "urgency": ("no",), "best_time": ("4:30",), "family_size": ("3",), "birth_date": ("2008-03-04",),
        "state": ("NO",),
    }  # fmt: skip


def test_every_key_has_its_meaning(written: Callable[[str], Path]) -> None:
    persona = read_persona(
        written(
            WHOLE
            + """
today: 2027-02-01
answers: {contact_name: ["who?", Ana]}
interruptions: [{when_asked: [contact_name, urgency], say: "why?", reply_mentions_any: reach}]
corrections: [{after: [urgency, nth:2], say: change my name to Eva, sets: {contact_name: Eva}}]
pauses: [{after: any, for: 3d}, {after: urgency, for: 20m, say: hi}]
restarts: [{after: urgency, process: all}]
switches: [{after: urgency, say: en español, language: es}]
followups: [{say: thanks, expect: {}}]
"""
        )
    )
    assert persona.today == date(2027, 2, 1)
    assert persona.answers["contact_name"] == ("who?", "Ana")
    assert persona.interruptions[0].when_asked.meets(["urgency"], 9)
    assert persona.interruptions[0].reply_mentions_any == ("reach",)
    assert persona.corrections[0].after is not None
    assert persona.corrections[0].after.meets(["anything"], 2)
    assert persona.corrections[0].after.meets(["urgency"], 9)
    assert not persona.corrections[0].after.meets(["anything"], 3)
    assert [pause.length for pause in persona.pauses] == [timedelta(days=3), timedelta(minutes=20)]
    assert persona.pauses[0].after.meets(["anything"], 7)
    assert persona.breaks_the_stack


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (WHOLE.replace("about:", "abuot:"), "abuot is no key here"),
        (WHOLE.replace("about: Someone.\n", ""), "about is missing"),
        (WHOLE.replace("handoff_recorded", "handed_off"), "no conversation ends as handed_off"),
        (WHOLE.replace("{end: handoff_recorded}", "{}"), "expect.end is missing"),
        (WHOLE.replace("flow: handoff", "flow: hand_off"), "no flow is called hand_off"),
        (WHOLE + "answers: {conatct_name: Ana}\n", "no question is called conatct_name"),
        (WHOLE.replace("{end: handoff_recorded}", "{end: handoff_recorded, values: {sai: 3}}"), "has no sai"),
        (WHOLE.replace("{end: handoff_recorded}", "{end: handoff_recorded, slots: {agi: 3}}"), "called agi"),
        (WHOLE.replace("recorded}", "recorded, values: {urgency: {least: 3}}}"), "no matcher"),
        (WHOLE + "pauses: [{after: urgency, for: 3 days}]\n", "pauses.0.for: write days, hours or minutes"),
        (WHOLE + "restarts: [{after: urgency, process: sql}]\n", "restarts.0.process"),
        (WHOLE + "corrections: [{say: x, sets: {urgency: today}}]\n", "say when"),
        (WHOLE + "switches: [{after: urgency, say: x}]\n", "either of language or of channel"),
        (WHOLE + "interruptions: [{when_asked: nth:0, say: x}]\n", "no question is called nth:0"),
        (WHOLE + "tags: [funny]\n", "tags.0"),
        (WHOLE + "style: choices\nanswers: {urgency: this week}\n", "answers.urgency: with style choices"),
        (WHOLE + "id: p\n", "the key id stands twice"),
        ("- a list\n", "holds no persona"),
        ("id: [\n", "is no YAML"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_file_and_key(written: Callable[[str], Path], text: str, said: str) -> None:
    with pytest.raises(InputError) as raised:
        read_persona(written(text))
    assert "p.yml" in str(raised.value)
    assert said in str(raised.value)


def test_a_file_bears_the_name_of_its_persona(written: Callable[..., Path]) -> None:
    with pytest.raises(InputError, match="the file's name is another"):
        read_persona(written(WHOLE, "q"))


def test_a_folder_is_read_with_the_folders_in_it(tmp_path: Path) -> None:
    for folder, name in (("a", "one"), ("b/c", "two")):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / f"{name}.yml").write_text(WHOLE.replace("id: p", f"id: {name}"), encoding="utf-8")
    assert [persona.id for persona in read_personas(tmp_path)] == ["one", "two"]
    (tmp_path / "b" / "one.yml").write_text(WHOLE.replace("id: p", "id: one"), encoding="utf-8")
    with pytest.raises(InputError, match="one stand twice"):
        read_personas(tmp_path)


def test_a_folder_without_personas_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no personas"):
        read_personas(tmp_path)


def test_our_own_personas_can_be_read_and_stand_in_the_folder_of_their_flow() -> None:
    folder = PROJECT / "tests/personas"
    for persona in read_personas(folder):
        assert (folder / persona.flow / f"{persona.id}.yml").exists(), persona.id


def test_the_example_in_the_documentation_is_one(written: Callable[..., Path]) -> None:
    text = (PROJECT / "docs/personas.md").read_text(encoding="utf-8")
    example = text.split("```yaml\n")[1].split("```")[0]
    assert read_persona(written(example, "h00-example")).flow == "handoff"
