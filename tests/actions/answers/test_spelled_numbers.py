"""Numbers in words read back in both languages, with and without accents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.answers import parse_money
from actions.answers.text import fold

_WORDS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
twenty thirty forty fifty sixty seventy eighty ninety
cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve
treinta cuarenta cincuenta sesenta setenta ochenta noventa
ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos
"""  # noqa: E501
_EN, _EN_TENS, _ES, _ES_TENS, _ES_HUNDREDS = (line.split() for line in _WORDS.strip().splitlines())


def english(number: int) -> str:
    if number >= 1000:
        rest = f" {english(number % 1000)}" if number % 1000 else ""
        return f"{english(number // 1000)} thousand{rest}"
    if number >= 100:
        rest = f" and {english(number % 100)}" if number % 100 else ""
        return f"{_EN[number // 100]} hundred{rest}"
    if number < 20:
        return _EN[number]
    return _EN_TENS[number // 10 - 2] + (f"-{_EN[number % 10]}" if number % 10 else "")


def spanish(number: int) -> str:
    if number >= 1000:
        whole = (
            ""
            if number < 2000
            else spanish(number // 1000).removesuffix("uno")
            + "un " * (number // 1000 % 10 == 1 and number // 1000 % 100 != 11)
        )
        rest = f" {spanish(number % 1000)}" if number % 1000 else ""
        return f"{whole} mil{rest}".replace("  ", " ").strip()
    if number == 100:
        return "cien"
    if number > 100:
        return _ES_HUNDREDS[number // 100 - 1] + (f" {spanish(number % 100)}" if number % 100 else "")
    if number < 30:
        return _ES[number]
    return _ES_TENS[number // 10 - 3] + (f" y {_ES[number % 10]}" if number % 10 else "")


@pytest.mark.parametrize(
    ("number", "en", "es"),
    [
        (45000, "forty-five thousand", "cuarenta y cinco mil"),
        (26400, "twenty-six thousand four hundred", "veintiséis mil cuatrocientos"),
        (31021, "thirty-one thousand twenty-one", "treinta y un mil veintiuno"),
        (1500, "one thousand five hundred", "mil quinientos"),
    ],
)
def test_the_spellers_of_these_tests_spell_as_people_do(number: int, en: str, es: str) -> None:
    assert (english(number), spanish(number)) == (en, es)


@given(st.integers(min_value=2, max_value=999_999))
def test_english_words_read_back(number: int) -> None:
    assert parse_money(english(number)).value == number
    assert parse_money(english(number).replace("-", " ").replace(" and ", " ")).value == number


@given(st.integers(min_value=2, max_value=999_999))
def test_spanish_words_read_back_with_and_without_accents(number: int) -> None:
    assert parse_money(spanish(number), language="es").value == number
    assert parse_money(fold(spanish(number)), language="es").value == number


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("cuarenta y un mil docientos", 41_200),
        ("beintiséis mil tresientos", 26_300),
        ("treinta mil cuatrosientos", 30_400),
        ("nobenta mil", 90_000),
        ("dieciocho mil seisientos", 18_600),
        ("mil kinientos", 1_500),
        ("fivety two thosand", 52_000),
        ("thirtey thousand five hundred", 30_500),
    ],
)
def test_a_number_spelled_as_it_sounds_keeps_every_part(typed: str, meant: int) -> None:
    assert parse_money(typed, language="en" if "th" in typed else "es").value == meant


def test_a_word_that_sounds_like_a_number_adds_nothing() -> None:
    assert parse_money("lo siento, 20 mil", language="es").value == 20_000
