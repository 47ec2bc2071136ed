"""What a phone gets: one text a turn that is short, holds the question, and loses nothing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.gateway.messages import Asks, Choice, Outgoing, Row, Source
from channels.gateway.render import FIRST_TEXT, for_sms, plain
from tests.fakes import NOW


def asks(name: str, kind: Any, *choices: Choice) -> Asks:
    return Asks(name=name, kind=kind, choices=choices, step=None, steps=None)


DEPTH = asks("depth", "choice", Choice(value="quick", label="Quick"), Choice(value="full", label="Full"))
AGI = asks("parent_agi", "money")
SENTENCES = " ".join(f"This is sentence number {n} of a long answer." for n in range(40))


def message(text: str, **given: Any) -> Outgoing:
    return Outgoing(id="m1.1", seq=0, at=NOW, language="en", text=text, **given)


def test_choices_are_numbered_so_that_a_digit_is_enough() -> None:
    assert plain(message("Quick or full?", asks=DEPTH)) == "Quick or full?\n1) Quick\n2) Full"


def test_yes_or_no_needs_no_list() -> None:
    yes_or_no = asks("veteran", "yes_no", Choice(value="yes", label="Yes"), Choice(value="no", label="No"))
    assert plain(message("Are you a veteran?", asks=yes_or_no)) == "Are you a veteran?"


def test_a_table_becomes_lines() -> None:
    rows = (Row(label="AGI", value="$95,000"), Row(label="Tax", value="$0", note="assumed"))
    assert plain(message("So far:", rows=rows)) == "So far:\nAGI: $95,000\nTax: $0 (assumed)"


def test_sources_are_named_with_their_date() -> None:
    source = Source(title="FAFSA", url="https://studentaid.gov/fafsa", as_of="2026-11-01")
    text, _rest = for_sms([message(SENTENCES, sources=(source,)), message("And your AGI?", asks=AGI)], "en")
    assert "Source: https://studentaid.gov/fafsa (checked 2026-11-01)" in text.text


def test_a_short_turn_is_one_text_with_nothing_left() -> None:
    text, rest = for_sms([message("Got it."), message("And your AGI?", asks=AGI)], "en")
    assert (text.text, rest, text.more) == ("Got it.\n\nAnd your AGI?", "", False)
    assert text.asks == AGI


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_long_answer_keeps_the_question_and_says_how_to_get_the_rest(language: Any) -> None:
    text, rest = for_sms([message(SENTENCES), message("And your AGI?", asks=AGI)], language)
    assert text.text.endswith("And your AGI?")
    assert {"en": "MORE", "es": "MAS"}[language] in text.text
    assert text.more
    assert text.asks == AGI
    assert len(text.text) < FIRST_TEXT + 150
    assert rest


def test_a_result_and_the_sources_stay_with_the_text() -> None:
    result = {"flow": "estimate_aid", "end": "estimate_shown"}
    source = Source(title="Pell", url="https://studentaid.gov/pell", as_of="2026-11-01")
    text, _rest = for_sms([message("7,201", result=result), message("More", sources=(source,))], "en")
    assert (text.result, text.sources) == (result, (source,))


def test_kind_words_come_before_where_they_stand_even_when_they_are_all_that_is_said() -> None:
    source = Source(title="Lifeline", url="https://988lifeline.org", as_of="2026-11-01")
    said = message("I'm so sorry. Call or text 988.", sources=(source,), asks=asks("depth", "text"))
    text, rest = for_sms([said], "en")
    assert text.text.startswith("I'm so sorry")
    assert "988lifeline.org" in text.text
    assert not rest


@given(
    st.lists(
        st.text(st.characters(codec="ascii", categories=("L", "N", "P", "S", "Z")), max_size=400),
        min_size=1,
        max_size=5,
    )
)
def test_asking_for_more_until_the_end_gives_every_word(parts: list[str]) -> None:
    rest = "\n\n".join(parts)
    expected, got = rest.split(), ""
    for _ in range(60):
        text, rest = for_sms([message(rest)], "en")
        got += text.text.removesuffix("Reply MORE for the rest.") + "\n"
        if not rest:
            break
    assert not rest
    assert re.sub(r"\s", "", got) == "".join(expected)


@given(st.text(max_size=3_000), st.text(st.characters(codec="ascii", categories=("L", "N")), min_size=1, max_size=300))
def test_the_question_is_always_in_the_first_text(body: str, question: str) -> None:
    text, _rest = for_sms([message(body), message(question, asks=AGI)], "en")
    assert text.asks == AGI
    assert text.text.endswith(question)
