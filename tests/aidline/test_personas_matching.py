"""When a recorded value counts as the expected one, and when something counts as mentioned."""

from __future__ import annotations

from typing import Any

import pytest

from aidline.evaluation.conversations.matching import matcher
from aidline.evaluation.conversations.mentions import mentioned, plain


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (45000, 45000), (45000, "45000"), (6.52, 6.52), ("2", "2"), ("no", False), ("no", "no"), ("", ""),
        ("Luis Ortega", "luis  ortega"), ("Lakeside State", "Lakeside State"), (None, None),
        (["mother", "stepfather"], ["stepfather", "mother"]), ([], []),
        ("2026-08", "2026-08-01"), ("2026-08", "2026-08-31"), ("2026-08", "2026-08"), ("2028-02", "2028-02-29"),
        ("2026-27", "2026-27"),
        ({"min": 220, "max": 222}, 221), ({"min": -1500, "max": -1000}, -1500),
        ({"any": [None, "2026-01-15"]}, None), ({"any": [None, "2026-01-15"]}, "2026-01-15"),
        ({"includes": ["tax_transcript"]}, ["w2", "tax_transcript"]), ({"includes": ["Fresno"]}, "Cal State fresno"),
        ({"present": True}, "AID-7KQ2MX"), ({"present": True}, 0), ({"present": False}, None),
    ],
)  # fmt: skip
def test_what_is_right_is_taken_as_right(raw: Any, value: Any) -> None:
    assert matcher(raw).holds(value)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (45000, 45001), (0, None), (None, 0), (None, ""), ("", None), ("2", ""), ("no", True), ("yes", "no"),
        (["mother"], ["mother", "father"]), (["mother", "mother"], ["mother"]), (["mother"], "mother"),
        ("2026-08", "2026-08-15"), ("2026-08-15", "2026-08"), ("2026-02", "2026-02-29"),
        ({"min": 220, "max": 222}, 223), ({"min": 0, "max": 9}, None), ({"min": 0, "max": 9}, "many"),
        ({"any": [1, 2]}, 3), ({"includes": ["w2"]}, ["w22"]), ({"includes": ["w2"]}, None),
        ({"present": True}, None), ({"present": True}, ""), ({"present": True}, []), ({"present": False}, "x"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_not(raw: Any, value: Any) -> None:
    assert not matcher(raw).holds(value)


@pytest.mark.parametrize(
    "raw", [{}, {"min": 1}, {"min": 2, "max": 1}, {"any": []}, {"present": "yes"}, {"least": 3}, {"any": [1], "min": 2}]
)
def test_what_is_no_matcher_is_refused(raw: Any) -> None:
    with pytest.raises(ValueError, match=r"matcher|min"):
        matcher(raw)


def test_a_matcher_says_what_it_wants() -> None:
    assert [str(matcher(raw)) for raw in (3, None, {"min": 1, "max": 2}, {"any": ["a", None]}, {"present": True})] == [
        "3", "nothing", "1 to 2", "'a' or nothing", "anything",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("3500", "up to $3,500 a year"), ("$3,500", "3500 dollars"), ("-1500", "an SAI of −1,500."),
        ("suspens", "la suspensión del cobro"), ("12 months", "the last 12 months"), ("6.52", "at 6.52%"),
        ("not published | not been published", "has not been\npublished yet"), ("988", "call or text 988"),
        ("1-800-908-9946", "Call 1-800-908-9946."),
    ],
)  # fmt: skip
def test_a_mention_is_found_however_it_is_written(wanted: str, said: str) -> None:
    assert mentioned(wanted, plain(said))


@pytest.mark.parametrize(
    ("wanted", "said"),
    [("3500", "13500"), ("3500", "35000"), ("500", "3,500"), ("12 months", "112 months"), ("7.5", "17.5"),
     ("2", "2.5 percent"), ("TAP", "adoption"), ("", "anything"), (" | ", "anything")],
)  # fmt: skip
def test_a_mention_is_not_found_in_something_longer(wanted: str, said: str) -> None:
    assert not mentioned(wanted, plain(said))


@pytest.mark.parametrize(
    "said",
    [
        "by June 30, 2027", "June 30th, 2027", "Jun 30, 2027", "30 June 2027", "6/30/2027", "06/30/27", "2027-06-30",
        "el 30 de junio de 2027", "30 de junio del 2027", "30/06/2027", "30-jun-2027", "junio 30, 2027",
    ],
)  # fmt: skip
def test_a_date_is_found_in_any_usual_writing(said: str) -> None:
    assert mentioned("2027-06-30", plain(said))


@pytest.mark.parametrize("said", ["June 30", "June 30, 2028", "June 3, 2027", "130 de junio de 2027", "7/30/2027"])
def test_another_date_is_not_taken_for_it(said: str) -> None:
    assert not mentioned("2027-06-30", plain(said))


@pytest.mark.parametrize(
    "said", ["1 de enero de 2003", "1.º de enero de 2003", "primero de enero de 2003", "1ro de enero del 2003"]
)
def test_the_first_of_a_month_has_names_of_its_own(said: str) -> None:
    assert mentioned("2003-01-01", plain(said))


def test_a_september_may_be_short() -> None:
    assert mentioned("2026-09-05", plain("Sept. 5, 2026"))
    assert mentioned("2026-09-05", plain("5 de sept. de 2026"))
