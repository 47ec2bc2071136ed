"""How an answer is held against the key facts it should give: whole numbers, parts of words, nothing else."""

import pytest

from aidline.evaluation.matching import clean, meets


@pytest.mark.parametrize("written", ["$7,395", "7395", "**7,395**", "7,395."])
def test_a_number_is_the_same_however_it_is_written(written: str) -> None:
    assert meets("7,395", clean(f"The most is {written} a year"))


@pytest.mark.parametrize("said", ["by 2026", "20.5 percent", "120 payments", "2,0"])
def test_a_number_is_not_met_by_a_longer_one(said: str) -> None:
    assert not meets("20", clean(said))


@pytest.mark.parametrize("said", ["20%", "20.", "(20)", "up to 20 schools"])
def test_a_number_is_met_by_itself_with_what_may_stand_around_it(said: str) -> None:
    assert meets("20", clean(said))


def test_words_are_parts_and_one_alternative_is_enough() -> None:
    assert meets("not count | n't count", clean("It doesn’t count."))
    assert meets("suspens", clean("la suspensión del cobro"))
    assert not meets("not count | n't count", clean("It counts."))


def test_the_comma_after_a_no_belongs_to_it() -> None:
    assert meets("no, | no.", clean("No, they do not."))
    assert not meets("no, | no.", clean("There is no change."))


def test_accents_capitals_and_lines_do_not_matter() -> None:
    assert meets("oficina de ayuda economica", clean("la Oficina de ayuda\neconómica"))


def test_an_empty_answer_meets_nothing() -> None:
    assert not meets("a | ", clean("  "))
