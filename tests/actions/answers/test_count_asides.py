"""Listings of people with pets, side clauses, ages and changes come to the people in them."""

from __future__ import annotations

import pytest

from actions.answers import parse_count


@pytest.mark.parametrize(
    ("typed", "language", "people"),
    [
        ("me and my two cats", "en", 1),
        ("just me, my dog n my fish", "en", 1),
        ("me, my wife and the dog", "en", 2),
        ("yo y mi perrito", "es", 1),
        ("my 3 year old and me", "en", 2),
        ("me and my 18 month old", "en", 2),
        ("me and my 6 yr old son", "en", 2),
        ("my 2 and 4 year olds and me", "en", 3),
        ("me, mom, dad and my grandpa who we take care of", "en", 4),
        ("we were 6, my sister moved out, now 5", "en", 5),
        ("éramos 4 pero mi hermano se fue, ahora 3", "es", 3),
        ("mi esposa, yo y los dos niños, o sea 4", "es", 4),
        ("nomás mi papá y yo, dos", "es", 2),
        ("somos una familia de cuatro", "es", 4),
        ("es una sola persona en mi casa, yo", "es", 1),
    ],
)
def test_a_listing_counts_its_people(typed: str, language: str, people: int) -> None:
    parsed = parse_count(typed, language=language, least=1, most=20)
    assert (parsed.status, parsed.value) == ("ok", people)


@pytest.mark.parametrize(
    ("typed", "status", "percent"),
    [
        ("i used 3 years so 300", "ok", 300),
        ("one year, 100 percent", "ok", 100),
        ("it says 50, no wait 75", "ok", 75),
        ("2 full years", "needs_confirmation", 200),
        ("3 semestres", "needs_confirmation", 150),
    ],
)
def test_a_share_of_pell_is_read_from_years_too(typed: str, status: str, percent: int) -> None:
    parsed = parse_count(typed, percent=True, people=False, most=900)
    assert (parsed.status, parsed.value) == (status, percent)


def test_a_place_or_a_thing_is_nobody() -> None:
    for typed in ("ya estamos en un apartamento desde hace meses", "vivimos en una casa que rentamos"):
        assert parse_count(typed, language="es", least=1, most=20).status == "invalid"
