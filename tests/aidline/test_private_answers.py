"""What transcripts leave out: which answers are private, and how their words are taken out."""

from __future__ import annotations

import pytest

from aidline.private_answers import hidden, is_private, marked, shown, without_amounts


@pytest.mark.parametrize(
    ("name", "kind"),
    [("parent_agi", ""), ("student_cash_savings", "money"), ("homeless_or_at_risk", "yes_no"), ("foster_care", ""),
     ("parent_has_ssn", ""), ("student_marital_status", "choice"), ("unusual_kind", "choice"), ("birth_date", "date"),
     ("income_now", ""), ("offer_cost_3", ""), ("contact_email", "text"), ("appeal_story", "text")],
)  # fmt: skip
def test_money_family_status_and_contact_are_private(name: str, kind: str) -> None:
    assert is_private(name, kind)


@pytest.mark.parametrize(
    "name", ["award_year", "state", "handoff_reason", "urgency", "school_name", "contact_language", "flow", None, ""]
)
def test_what_staff_need_to_help_is_not_private(name: str | None) -> None:
    assert not is_private(name)


def test_the_person_reads_what_the_transcript_leaves_out() -> None:
    text = f"Changed. AGI is now {marked('$46,200')}."
    assert shown(text) == "Changed. AGI is now $46,200."
    assert hidden(text) == "Changed. AGI is now [answer]."


def test_a_text_cut_inside_a_private_part_hides_both_halves() -> None:
    text = f"AGI: {marked('$46,200')} and more"
    for at in range(len(text)):
        first, rest = text[:at], text[at:]
        assert "46" not in hidden(first) + hidden(rest) or "$46,200" not in first + rest
        assert not any(digits in hidden(half) for half in (first, rest) for digits in ("46", "6,2", "200"))


def test_marking_twice_is_marking_once() -> None:
    assert marked(marked("no")) == marked("no")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("my mom makes 45k can i get pell", "my mom makes [amount] can i get pell"),
        ("gana cuarenta y cinco mil al año", "gana [amount] al año"),
        ("we make $2,000 a month", "we make [amount] a month"),
        ("she has 3 kids and makes 1500 al mes", "she has 3 kids and makes [amount] al mes"),
        ("forty-five thousand", "[amount]"),
        ("mil quinientos al mes", "[amount] al mes"),
        ("como 1.500", "como [amount]"),
        ("-$300", "[amount]"),
    ],
)
def test_amounts_are_taken_out_of_free_words(text: str, kept: str) -> None:
    assert without_amounts(text) == kept


@pytest.mark.parametrize(
    "text",
    ["2026-27 fafsa for fall 2026", "form 1040 line 11", "due 2027-06-30", "I was born 8/15/2006", "12 credits",
     "call 1-800-433-3243", "AID-7KQ2MX", "la una y media, mil gracias", "my 529 and 401k", "text 988", "3 kids"],
)  # fmt: skip
def test_years_dates_forms_and_phones_stay(text: str) -> None:
    assert without_amounts(text) == text
