"""People answer yes or no by telling how it is, and of two parents by telling of each."""

from __future__ import annotations

import pytest

from actions.flow.statements import stated
from actions.parents_compared import alive, does_more, living, with_whom


@pytest.mark.parametrize(
    ("name", "text", "means"),
    [
        ("active_duty", "im stationed at fort hood", "yes"),
        ("active_duty", "soy soldado", "yes"),
        ("active_duty", "my brother is, not me", "no"),
        ("veteran", "served 6 years in the navy", "yes"),
        ("veteran", "estuve cuatro años en la marina", "yes"),
        ("veteran", "my dad served in the army", None),
        ("reminder_consent", "i dont want texts", "no"),
        ("homeless_or_at_risk", "me quedo con amigos", "yes"),
        ("support_parent_remarried", "mi mamá tiene novio", "no"),
        ("veteran", "i never served in the army", None),
        ("supports_children", "2 kids", "yes"),
        ("supports_children", "tengo una bebé", "yes"),
        ("supports_children", "i dont have any kids", "no"),
        ("supports_other_dependents", "my mom doesnt work so i support her", "yes"),
        ("supports_other_dependents", "mantengo a mi abuelita", "yes"),
        ("supports_other_dependents", "nobody depends on me", "no"),
        ("supports_other_dependents", "a mi hermana le doy algo pero no la mantengo", "no"),
        ("foster_care", "i was placed in a group home", "yes"),
        ("foster_care", "lived with my cousins but not foster", None),
        ("foster_care", "viví en casa hogar dos años", "yes"),
        ("foster_care", "me crié siempre con mi familia", "no"),
        ("ward_of_court", "i was under state custody", "yes"),
        ("emancipated_minor", "a judge emancipated me", "yes"),
        ("emancipated_minor", "i just moved out", "no"),
        ("legal_guardianship", "the judge made my aunt my guardian", "yes"),
        ("legal_guardianship", "my grandma raised me but nothing legal", "no"),
        ("homeless_or_at_risk", "i'm sleeping in my truck", "yes"),
        ("homeless_or_at_risk", "we got an eviction notice", "yes"),
        ("homeless_or_at_risk", "vivimos en un departamento", "no"),
        ("unusual_circumstances", "both of them are in prison", "yes"),
        ("unusual_circumstances", "no tengo contacto con ellos", "yes"),
        ("unusual_circumstances", "me llevo bien con ellos", "no"),
        ("parents_refuse", "she refuses to give me her info", "yes"),
        ("parents_refuse", "mi papá se niega", "yes"),
        ("support_parent_remarried", "mom is engaged", "no"),
        ("support_parent_remarried", "sigue soltera", "no"),
        ("legal_adoption", "they adopted me at 6", "yes"),
        ("legal_adoption", "solo tienen la custodia", "no"),
        ("parent_has_ssn", "my dad uses an itin", "no"),
        ("parent_has_ssn", "mi mamá es residente permanente", None),
        ("parent_reachable", "i can call him", "yes"),
        ("parent_reachable", "she blocked me", "no"),
        ("parent_reachable", "no puedo llamarla", "no"),
        ("reminder_consent", "sure, text me", "yes"),
        ("reminder_consent", "sí, avíseme por mensaje", "yes"),
        ("reminder_consent", "please dont text me", "no"),
        ("reminder_consent", "yo lo anoto", "no"),
    ],
)
def test_a_statement_is_an_answer(name: str, text: str, means: str | None) -> None:
    assert stated(name, text) == means


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("veteran", "not sure if i served long enough in the army"),
        ("legal_adoption", "no sé si me adoptaron"),
        ("foster_care", "is a group home the same as when i was in foster care?"),
        ("homeless_or_at_risk", "no, sleeping in my car"),
    ],
)
def test_who_wonders_asks_or_says_two_things_has_stated_nothing(name: str, text: str) -> None:
    assert stated(name, text) is None


@pytest.mark.parametrize(
    ("text", "parent"),
    [
        ("dad makes way more than mom", "father"),
        ("my mother earns less than my father", "father"),
        ("mi papá gana más que mi mamá", "father"),
        ("mom, cause dad is unemployed", "mother"),
        ("mi mamá 40 mil y mi papá 25 mil", "mother"),
        ("papá, mi mamá no trabaja", "father"),
        ("mom and dad give the same", None),
        ("i dont know, my mom maybe", None),
        ("my mom and my dad", None),
    ],
)
def test_of_two_parents_the_one_who_does_more_is_heard(text: str, parent: str | None) -> None:
    assert does_more(text) == parent


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("my mom died and my dad too", "neither"),
        ("mi papá falleció pero mi mamá está viva", "mother_only"),
        ("mom passed, its just me and my dad", "father_only"),
        ("ninguno de los dos vive", "neither"),
        ("the two of them? who knows", None),
        ("my grandpa died", None),
        ("my mom is alive, i dont know about my dad", None),
    ],
)
def test_who_of_two_parents_is_living_is_put_together(text: str, who: str | None) -> None:
    assert alive(text) == who


def test_one_parent_alone_is_known_as_far_as_it_is_told() -> None:
    assert living("mi papá todavía vive") == {"father": True}


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("vive conmigo", ("mother", "father")),
        ("she lives with me, i'm her mom", ("mother",)),
        ("mi hija vive conmigo, soy su papá", ("father",)),
        ("he lives with us, his mom and me", ("both",)),
        ("with my aunt", ()),
    ],
)
def test_a_parent_who_writes_says_whom_the_student_lives_with(text: str, whom: tuple[str, ...]) -> None:
    assert with_whom(text) == whom
