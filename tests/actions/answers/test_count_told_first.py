"""How many there are, told beside the list of the people who make up that number."""

from __future__ import annotations

import pytest

from actions.answers import parse_count


@pytest.mark.parametrize(
    ("typed", "language", "people"),
    [
        ("4, mom n dad n me n my lil bro", "en", 4),
        ("its 5: mom, dad, me, my 2 bros", "en", 5),
        ("six - my folks, me, my twin n the 2 babies", "en", 6),
        ("7 (mom, dad, me, 3 sisters, nana)", "en", 7),
        ("um 4, me my mom and 2 sisters", "en", 4),
        ("4 mom dad me bro", "en", 4),
        ("3 me + my 2 boys", "en", 3),
        ("just two, my son and me", "en", 2),
        ("total 6: my parents, me, my twin and 2 lil sis", "en", 6),
        ("mom + dad + me + 2 sibs = 5", "en", 5),
        ("5 including my stepdad", "en", 5),
        ("one, just me", "en", 1),
        ("somos 4, mamá, papá, mi carnal y yo", "es", 4),
        ("nosotros tres, mi mamá, mi hermana y yo", "es", 3),
        ("seis: papá, mamá, abuela, 2 hermanos y yo", "es", 6),
        ("uno, solo yo", "es", 1),
        ("5 mis papas mis 2 hermanas y yo", "es", 5),
        ("simos 5, mis papás, mis 2 hermanas y yo", "es", 5),
        ("apá, amá, mi carnalito y yo: 4", "es", 4),
        ("ma, pops, my 2 bros n me, 5", "en", 5),
        ("mami papi mi hermanita y yo - 4", "es", 4),
        ("4 me and my three", "en", 4),
        ("me, the wife and the kids (5)", "en", 5),
    ],
)
def test_the_list_beside_a_figure_only_explains_it(typed: str, language: str, people: int) -> None:
    parsed = parse_count(typed, language=language, least=1, most=20)
    assert (parsed.status, parsed.value) == ("ok", people)


@pytest.mark.parametrize(
    ("typed", "told", "listed"),
    [
        ("5: mom dad me and my 3 brothers", 5, 6),
        ("4, me, my mom and my sister", 4, 3),
        ("me, my mom and my sister, 4", 4, 3),
        ("me and my daughter, 6", 6, 2),
    ],
)
def test_a_figure_that_its_list_contradicts_is_asked_about(typed: str, told: int, listed: int) -> None:
    parsed = parse_count(typed, least=1, most=20)
    assert (parsed.status, parsed.value, parsed.alternatives) == ("needs_confirmation", told, (listed,))


@pytest.mark.parametrize(
    ("typed", "people"),
    [
        ("2 parents, me, 2 brothers", 5),
        ("5 kids, me", 6),
        ("3 kids, my wife and me", 5),
        ("2 sister and mom and me", 4),
    ],
)
def test_a_figure_that_counts_the_first_group_is_no_total(typed: str, people: int) -> None:
    assert parse_count(typed, least=1, most=20).value == people


@pytest.mark.parametrize(
    ("typed", "language", "people"),
    [
        ("me, my twin and our mom", "en", 3),
        ("my twin sister and my mom and me", "en", 3),
        ("my mom, me and my brother, we're twins", "en", 3),
        ("me and the triplets", "en", 4),
        ("mi gemela, mi mamá y yo", "es", 3),
        ("mi mamá, yo y los gemelos", "es", 4),
    ],
)
def test_a_twin_is_one_person_and_twins_are_two(typed: str, language: str, people: int) -> None:
    parsed = parse_count(typed, language=language, least=1, most=20)
    assert (parsed.status, parsed.value) == ("ok", people)


@pytest.mark.parametrize(
    "typed", ["no wait 2 more than i said so 6", "2 people more than that, 6", "1 menos de lo que dije, 6"]
)
def test_a_difference_is_not_the_count(typed: str) -> None:
    assert parse_count(typed, least=1, most=20).value == 6
