"""A school is called what the person calls it, without the words around the name."""

from __future__ import annotations

import pytest

from actions.answers.school import names_none, parse_school


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Lakeside State", "Lakeside State"),
        ("its called Northgate College", "Northgate College"),
        ("it's Northgate", "Northgate"),
        ("the first one is UT Dallas", "UT Dallas"),
        ("ok so the second one is St. Brendan College.", "St. Brendan College"),
        ("la primera es la Universidad de Houston", "la Universidad de Houston"),
        ("se llama Miami Dade", "Miami Dade"),
        ("Texas A&M i think", "Texas A&M"),
        ("  U of  A ", "U of A"),
        ("cal poly pomona", "cal poly pomona"),
        ("The Ohio State University", "The Ohio State University"),
        ("University of Notre Dame", "University of Notre Dame"),
        ("Escuela de Artes", "Escuela de Artes"),
        ("i got into lakeside state, ohio", "lakeside state"),
        ("Lakeside State (Texas)", "Lakeside State"),
        ("my son got accepted to Northgate", "Northgate"),
        ("she's going to Northgate College", "Northgate College"),
        ("the offer is from Baylor", "Baylor"),
        ("Rice University, that's her first choice", "Rice University"),
        ("lets start with Northgate please", "Northgate"),
        ("mi hija va a la UTSA", "UTSA"),
        ("me aceptaron en el El Paso Community College", "El Paso Community College"),
        ("quedó en Temple, cerca de la casa", "Temple"),
        ("creo que es el Austin Community College", "Austin Community College"),
        ("la carta es de Drexel, la que queda en Filadelfia", "Drexel"),
        ("El Camino College", "El Camino College"),
        ("La Salle University", "La Salle University"),
        ("University of California, Los Angeles", "University of California, Los Angeles"),
        ("Universidad de Puerto Rico en Mayagüez", "Universidad de Puerto Rico en Mayagüez"),
    ],
)
def test_the_name_is_kept_as_typed_without_what_stands_around_it(typed: str, name: str) -> None:
    assert parse_school(typed).value == name


@pytest.mark.parametrize("typed", ["no", "none", "that's all", "es todo", "ninguna", "28,400", "...", "x" * 90])
def test_what_names_no_school_is_not_taken_for_one(typed: str) -> None:
    assert parse_school(typed).status == "invalid"


@pytest.mark.parametrize(
    "typed", ["not sure", "idk", "no sé", "haven't decided yet", "he hasn't picked one", "todavía no escojo"]
)
def test_not_sure_is_no_name(typed: str) -> None:
    assert parse_school(typed).status == "not_sure"


@pytest.mark.parametrize("typed", ["that's it", "only one", "ya es todo", "no more"])
def test_saying_there_is_no_other_one_is_heard(typed: str) -> None:
    assert names_none(typed)
    assert not names_none("Westfield")
