"""Counting people the way people count themselves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.answers import parse_count
from actions.answers.people import only_the_person

SURE = [
    ("3", 3),
    ("three", 3),
    ("tres", 3),
    ("one", 1),
    ("just me", 1),
    ("it's just me", 1),
    ("solo yo", 1),
    ("just me and my mom", 2),
    ("just the two of us", 2),
    ("me and my mom and my bro", 3),
    ("4 me my parents n my sis", 4),
    ("mis dos hijos y yo", 3),
    ("yo, mi mamá y mi papá", 3),
    ("yo y mis 3 hermanos y mis papás", 6),
    ("vivo con mi mama y mi hermana", 3),
    ("mi señora, yo y tres hijos", 5),
    ("somos 6", 6),
    ("somos 3", 3),
    ("6 con mi abuela", 6),
    ("4, y vivimos en Arizona", 4),
    ("cuatro personas", 4),
    ("2 adults and 3 kids", 5),
    ("2 older sisters and me", 3),
    ("me, mom, dad, 2 sisters", 5),
    ("me and my husband and our three kids", 5),
    ("me plus 4", 5),
    ("family of 5", 5),
    ("there are 5 of us", 5),
    ("5 including me", 5),
    ("me, my mom, my bro, so 3", 3),
    ("12 credits", 12),
    ("is it 4?", 4),
]


@pytest.mark.parametrize(("typed", "count"), SURE)
def test_a_count_or_a_listing_is_added_up(typed: str, count: int) -> None:
    parsed = parse_count(typed, least=1, language="es" if "mi" in typed.split() else "en")
    assert (parsed.value, parsed.status) == (count, "ok")


REFUSED = [
    ("me and my brothers", "cannot_count"),
    ("a lot", "not_a_number"),
    ("3 or 4", "ambiguous"),
    ("me and my son who is 3", "ambiguous"),
    ("3.5", "not_whole"),
    ("-2", "negative"),
    ("0", "too_small"),
    ("none", "too_small"),
    ("400", "too_large"),
    ("99999999999999999", "too_large"),
    ("50%", "percent"),
    ("", "empty"),
]


@pytest.mark.parametrize(("typed", "problem"), REFUSED)
def test_what_cannot_be_counted_surely_is_asked_again(typed: str, problem: str) -> None:
    parsed = parse_count(typed, least=1)
    assert (parsed.status, parsed.problem) == ("invalid", problem)


@pytest.mark.parametrize("typed", ["3 kids", "my parents", "un hijo"])
def test_a_listing_that_leaves_the_person_out_is_confirmed_with_them_as_the_alternative(typed: str) -> None:
    parsed = parse_count(typed, least=1)
    assert parsed.value is not None
    assert (parsed.status, parsed.problem, parsed.alternatives) == (
        "needs_confirmation",
        "without_you",
        (parsed.value + 1,),
    )


def test_a_percentage_is_read_only_where_one_is_asked_for() -> None:
    assert parse_count("600%", percent=True, most=600).value == 600
    assert parse_count("347.5 percent", percent=True, most=600).value == 348
    assert parse_count("600 por ciento", percent=True, most=600).value == 600
    assert parse_count("700%", percent=True, most=600).problem == "too_large"


def test_dependents_are_counted_without_the_person() -> None:
    assert parse_count("2 kids", people=False).value == 2
    assert parse_count("none", people=False).value == 0
    assert parse_count("nobody", people=False).value == 0


@pytest.mark.parametrize("typed", ["idk", "no sé", "not sure"])
def test_not_knowing_is_accepted(typed: str) -> None:
    assert parse_count(typed).status == "not_sure"


@given(st.integers(min_value=0, max_value=99))
def test_every_usual_way_to_write_a_count_reads_back(count: int) -> None:
    for typed in (f"{count}", f"{count} people", f"somos {count}", f"about {count}", f"{count}?"):
        assert parse_count(typed).value == count


@given(st.text(max_size=60), st.booleans(), st.booleans())
def test_no_text_is_too_odd_to_count(typed: str, percent: bool, people: bool) -> None:
    parsed = parse_count(typed, percent=percent, people=people)
    assert parsed.value is None or 0 <= parsed.value <= 99


@pytest.mark.parametrize(
    "typed",
    [
        "none, just me", "yo solita", "yo solito", "solo soy yo", "dont have kids just me", "no kids just me",
        "i don't have any kids, it's just me", "no tengo hijos, solo yo", "just me, i dont have kids", "nadie, solo yo",
        "nobody else just me", "soy soltera, solo yo", "no kids or husband, only me", "jus me lol", "ps nada más yo",
    ],
)  # fmt: skip
def test_the_person_alone_is_one_however_they_say_it(typed: str) -> None:
    assert only_the_person(typed)
    assert (parse_count(typed, least=1).value, parse_count(typed, least=1).status) == (1, "ok")


@pytest.mark.parametrize(
    "typed", ["just me and my mom", "solo mi hijo y yo", "no just me and my 2 kids", "vivo sola con mi hijo", "none"]
)
def test_nobody_is_left_out_of_a_family(typed: str) -> None:
    assert not only_the_person(typed)


@pytest.mark.parametrize("typed", ["never got any", "never", "this is my first one", "es mi primera vez", "todavia no"])
def test_none_used_so_far_is_zero_percent(typed: str) -> None:
    parsed = parse_count(typed, percent=True, people=False, most=900, none="so_far")
    assert (parsed.value, parsed.status) == (0, "ok")


@pytest.mark.parametrize(
    ("text", "people"),
    [("five. mom dad me n 2 lil brothers", 5), ("three with the two kids", 3), ("6: mis papás, yo y 3 hermanos", 6),
     ("cuatro con mis dos hijos", 4), ("2 adults and 3 kids", 5)],
)  # fmt: skip
def test_a_whole_that_is_listed_after_it_is_not_added_up_twice(text: str, people: int) -> None:
    assert parse_count(text, least=1, most=30).value == people
