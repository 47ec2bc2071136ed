"""Texts promise to cost no more messages than they must, and to lose nothing but accents the network lacks."""

import pytest

from knowledge.sms import plain_letters, segments


@pytest.mark.parametrize(
    ("text", "count"),
    [("a" * 160, 1), ("a" * 161, 2), ("a" * 306, 2), ("a" * 307, 3), ("¿sí?" * 40, 1), ("你" * 70, 1), ("你" * 71, 2)],
)
def test_messages_are_counted_as_phone_companies_do(text: str, count: int) -> None:
    assert segments(text) == count


def test_signs_of_the_extended_alphabet_count_twice() -> None:
    assert segments("€" * 80) == 1
    assert segments("€" * 81) == 2


def test_only_accents_and_typography_change() -> None:
    assert plain_letters("“Sí”, ¿año? México — último…") == '"Si", ¿año? México - ultimo...'
    assert plain_letters("Pell: $7,395 (2026-27)!") == "Pell: $7,395 (2026-27)!"
