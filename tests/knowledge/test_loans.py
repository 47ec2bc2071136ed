"""How much a person is told they can borrow: never too much, never another year's figure, always with its source."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import award_years
from knowledge.errors import (
    AnswerError,
    AwardYearDataError,
    ContradictionError,
    MissingAnswerError,
    UnknownAwardYearError,
)
from knowledge.loans import Borrower, LoanLimits, available, from_answers, limits, load, note, note_codes
from knowledge.loans.model import Rule, read
from knowledge.notes import Language, load_notes

TODAY = date(2026, 11, 21)
ARTICLES = Path(award_years.__file__).parents[1] / "articles"
LIMITS_FILE = ARTICLES.parent / "loans" / "limits.yml"
NEW = {"total_borrowed": 0, "subsidized_borrowed": 0}
PERSONA_B01 = {
    "award_year": "2026-27",
    "dependency": "dependent",
    "grade_level": "first_year",
    "enrollment": "full_time",
    "parent_plus_denied": "no",
    "borrower": "student",
    "legacy_borrower": "no",
    "total_borrowed": "0",
    "subsidized_borrowed": "0",
}

money = st.none() | st.integers(0, 300_000)
borrowers = st.builds(
    lambda total, share, **rest: Borrower(
        **rest,
        total_borrowed=total,
        subsidized_borrowed=None if total is None or share is None else total * share // 100,
    ),
    total=money,
    share=st.none() | st.integers(0, 100),
    dependency=st.sampled_from(["dependent", "independent", "provisional"]),
    grade_level=st.sampled_from(["first_year", "second_year", "third_year_or_later", "graduate", "professional"]),
    borrower=st.sampled_from(["student", "parent"]),
    enrollment=st.sampled_from(["full_time", "three_quarter", "half_time", "less_than_half"]),
    credits_year=st.none() | st.integers(0, 40),
    credits_full_time_year=st.integers(1, 36),
    parent_plus_denied=st.booleans(),
    parents_refuse=st.booleans(),
    legacy_borrower=st.booleans(),
    cost_of_attendance=money,
    other_aid=money,
)
years = st.sampled_from(available())


def told(year: str = "2026-27", **about: Any) -> LoanLimits:
    return limits(Borrower(**{"dependency": "dependent", "grade_level": "first_year", **NEW, **about}), year)


def test_a_dependent_first_year_student_hears_the_four_figures_of_the_law() -> None:
    found = limits(from_answers(PERSONA_B01, TODAY), "2026-27")
    assert found.values() == {
        "annual_limit": 5_500,
        "annual_subsidized": 3_500,
        "aggregate_limit": 31_000,
        "aggregate_remaining": 31_000,
        "grad_plus": "no",
    }
    assert found.available_this_year == 5_500
    assert found.assumed == ()


@pytest.mark.parametrize("year", ["2024-25", "2025-26", "2026-27", "2027-28"])
@pytest.mark.parametrize(
    ("about", "annual", "subsidized", "aggregate"),
    [
        ({"grade_level": "second_year"}, 6_500, 4_500, 31_000),
        ({"grade_level": "third_year_or_later"}, 7_500, 5_500, 31_000),
        ({"dependency": "independent"}, 9_500, 3_500, 57_500),
        ({"dependency": "independent", "grade_level": "second_year"}, 10_500, 4_500, 57_500),
        ({"dependency": "provisional", "grade_level": "third_year_or_later"}, 12_500, 5_500, 57_500),
        ({"parent_plus_denied": True}, 9_500, 3_500, 57_500),
        ({"parents_refuse": True}, 5_500, 0, 31_000),
        ({"parents_refuse": True, "parent_plus_denied": True}, 5_500, 0, 31_000),
    ],
)
def test_undergraduate_limits_are_the_same_in_every_year_we_know(
    year: str, about: dict[str, Any], annual: int, subsidized: int, aggregate: int
) -> None:
    found = told(year, **about)
    assert (found.annual, found.annual_subsidized, found.aggregate) == (annual, subsidized, aggregate)
    assert found.aggregate_subsidized == 23_000


@pytest.mark.parametrize(
    ("year", "level", "legacy", "annual", "aggregate", "grad_plus"),
    [
        ("2025-26", "graduate", False, 20_500, 138_500, "yes"),
        ("2025-26", "professional", True, 20_500, 138_500, "yes"),
        ("2026-27", "graduate", False, 20_500, 100_000, "no"),
        ("2026-27", "professional", False, 50_000, 200_000, "no"),
        ("2026-27", "graduate", True, 20_500, 138_500, "legacy"),
        ("2027-28", "professional", True, 20_500, 138_500, "legacy"),
    ],
)
def test_graduate_limits_changed_in_july_2026_but_not_for_who_was_already_borrowing(
    year: str, level: str, legacy: bool, annual: int, aggregate: int, grad_plus: str
) -> None:
    found = told(year, dependency="independent", grade_level=level, legacy_borrower=legacy)
    assert (found.annual, found.aggregate, found.grad_plus) == (annual, aggregate, grad_plus)
    assert found.annual_subsidized == 0


def test_undergraduate_loans_count_toward_the_old_graduate_total_and_not_toward_the_new_one() -> None:
    about: dict[str, Any] = {
        "dependency": "independent",
        "grade_level": "graduate",
        "total_borrowed": 60_000,
        "undergraduate_borrowed": 27_000,
    }
    assert told("2025-26", **about).remaining == 78_500
    assert told("2026-27", **about).remaining == 67_000


def test_a_graduate_student_who_gives_one_sum_is_told_that_more_may_be_left() -> None:
    found = told(dependency="independent", grade_level="graduate", total_borrowed=60_000)
    assert found.remaining == 40_000
    assert "undergraduate_loans_do_not_count" in found.notes


def test_the_lifetime_limit_stops_a_student_whose_other_total_has_room_left() -> None:
    about: dict[str, Any] = {
        "dependency": "independent",
        "grade_level": "professional",
        "total_borrowed": 250_000,
        "undergraduate_borrowed": 27_500,
        "grad_plus_borrowed": 150_000,
    }
    found = told(**about)
    assert (found.remaining, found.available_this_year) == (7_500, 7_500)
    assert "limited_by_total" in found.notes
    assert told(**{**about, "total_borrowed": 260_000}).notes.count("lifetime_reached") == 1
    assert told("2025-26", **about).lifetime_remaining is None
    assert told(**about, legacy_borrower=True).lifetime_remaining is None


@pytest.mark.parametrize(
    ("taken", "full_time", "percent", "annual", "subsidized"),
    [
        (24, 24, 100, 5_500, 3_500),
        (30, 24, 100, 5_500, 3_500),
        (21, 24, 88, 4_840, 3_080),
        (18, 24, 75, 4_125, 2_625),
        (12, 24, 50, 2_750, 1_750),
        (11, 24, 46, 0, 0),
        (0, 24, 0, 0, 0),
    ],
)
def test_from_july_2026_fewer_credits_mean_a_smaller_loan(
    taken: int, full_time: int, percent: int, annual: int, subsidized: int
) -> None:
    found = told(credits_year=taken, credits_full_time_year=full_time)
    assert (found.intensity_percent, found.annual, found.annual_subsidized) == (percent, annual, subsidized)
    assert found.annual_full_time == 5_500
    assert ("reduced_for_part_time" in found.notes) == (0 < annual < 5_500)
    assert ("not_half_time" in found.notes) == (annual == 0)


def test_the_example_of_the_law_comes_out_as_the_tables_say() -> None:
    rule = load("2026-27").period.part_time
    assert rule is not None
    example = rule.example
    found = told(credits_year=example.credits, credits_full_time_year=example.full_time)
    assert found.intensity_percent == example.percent


def test_before_july_2026_part_time_students_keep_the_whole_limit_from_half_time_on() -> None:
    part_time: dict[str, Any] = {"credits_year": 13, "credits_full_time_year": 24}
    assert told("2025-26", **part_time).annual == 5_500
    assert told("2025-26", enrollment="half_time").annual == 5_500
    assert told("2025-26", enrollment="less_than_half").annual == 0


def test_without_credits_a_part_time_limit_stays_unknown_and_the_note_asks_for_them() -> None:
    found = told(enrollment="three_quarter")
    assert (found.annual, found.annual_subsidized, found.available_this_year) == (None, None, None)
    assert found.annual_full_time == 5_500
    assert "credits_needed" in found.notes


def test_part_time_study_cuts_a_legacy_borrower_s_limit_too() -> None:
    found = told(
        dependency="independent",
        grade_level="graduate",
        legacy_borrower=True,
        credits_year=12,
        credits_full_time_year=24,
    )
    assert found.annual == 10_250


def test_what_is_left_of_the_total_limits_this_year() -> None:
    found = told(grade_level="third_year_or_later", total_borrowed=28_000, subsidized_borrowed=21_000)
    assert (found.annual, found.remaining, found.available_this_year) == (7_500, 3_000, 3_000)
    assert (found.remaining_subsidized, found.available_subsidized) == (2_000, 2_000)
    assert "limited_by_total" in found.notes


def test_who_has_used_the_subsidized_total_can_still_borrow_unsubsidized() -> None:
    found = told(dependency="independent", total_borrowed=40_000, subsidized_borrowed=23_000)
    assert (found.available_this_year, found.available_subsidized) == (9_500, 0)
    assert "subsidized_total_reached" in found.notes


def test_who_has_reached_the_total_hears_so() -> None:
    found = told(total_borrowed=31_000, subsidized_borrowed=23_000)
    assert (found.remaining, found.available_this_year) == (0, 0)
    assert "total_reached" in found.notes


def test_a_loan_never_goes_above_cost_less_other_aid() -> None:
    found = told(cost_of_attendance=12_000, other_aid=10_000)
    assert (found.annual, found.available_this_year) == (5_500, 2_000)
    assert "limited_by_cost" in found.notes


def test_what_was_borrowed_is_unknown_until_someone_says_so() -> None:
    found = told(total_borrowed=None, subsidized_borrowed=None)
    assert (found.annual, found.remaining, found.available_this_year) == (5_500, None, None)
    assert "total_borrowed_unknown" in found.notes
    half_known = told(total_borrowed=9_000, subsidized_borrowed=None)
    assert (half_known.remaining, half_known.remaining_subsidized) == (22_000, None)
    assert "subsidized_borrowed_unknown" in half_known.notes


def test_below_half_time_nothing_can_be_borrowed_whatever_was_borrowed_before() -> None:
    assert told(enrollment="less_than_half", total_borrowed=None, subsidized_borrowed=None).available_this_year == 0


def test_who_borrowed_nothing_is_not_asked_how_much_of_it_was_subsidized() -> None:
    assert told(subsidized_borrowed=None).remaining_subsidized == 23_000


def test_a_parent_borrows_within_a_yearly_limit_and_a_total_for_each_student() -> None:
    found = told(borrower="parent", grade_level="", total_borrowed=50_000, subsidized_borrowed=None)
    assert (found.annual, found.aggregate, found.remaining) == (20_000, 65_000, 15_000)
    assert (found.annual_subsidized, found.available_this_year) == (0, 15_000)
    assert "parent_plus_limited" in found.notes


@pytest.mark.parametrize(("year", "legacy"), [("2025-26", False), ("2026-27", True)])
def test_under_the_older_rules_a_parent_may_borrow_up_to_the_cost_less_other_aid(year: str, legacy: bool) -> None:
    about: dict[str, Any] = {"borrower": "parent", "legacy_borrower": legacy, "cost_of_attendance": 30_000}
    found = told(year, **about, other_aid=12_000)
    assert (found.parent_plus_annual, found.available_this_year, found.parent_plus_total) == (18_000, 18_000, None)
    assert told(year, **about).parent_plus_annual is None


def test_parents_of_independent_and_graduate_students_cannot_take_parent_plus() -> None:
    for about in ({"dependency": "independent"}, {"grade_level": "graduate"}):
        assert (told(**about).parent_plus_annual, told(**about).parent_plus_total) == (0, 0)
        assert "parent_plus_for_dependent_students" in told(borrower="parent", **about).notes


def test_part_time_study_does_not_cut_parent_plus_but_less_than_half_time_ends_it() -> None:
    about: dict[str, Any] = {"borrower": "parent", "credits_full_time_year": 24}
    assert told(**about, credits_year=18).annual == 20_000
    assert told(**about, credits_year=6).annual == 0


def test_a_parent_who_will_not_borrow_raises_nothing_and_the_student_hears_it() -> None:
    assert "parent_will_not_borrow" in told().notes
    assert "parent_will_not_borrow" not in told(parent_plus_denied=True).notes


def test_dependency_is_worked_out_from_its_questions_when_nobody_said_it() -> None:
    answers = {**PERSONA_B01, "dependency": None, "birth_date": "2001-05-01"}
    assert limits(from_answers(answers, TODAY), "2026-27").annual == 9_500
    young = {**answers, "birth_date": "2008-02-02"}
    assert from_answers(young, TODAY).assumed == ("dependency",)
    sure = {**young, "any_dependency_reason": "no", "student_marital_status": "never_married"}
    assert from_answers(sure, TODAY).assumed == ()


def test_what_was_assumed_is_said_and_only_where_it_matters() -> None:
    graduate = from_answers({"award_year": "2026-27", "grade_level": "graduate"}, TODAY)
    assert graduate.assumed == ("enrollment", "legacy_borrower")
    assert {"assumed_full_time", "assumed_not_legacy"} <= set(limits(graduate, "2026-27").notes)
    before = from_answers({"award_year": "2025-26", "grade_level": "graduate", "enrollment": "full_time"}, TODAY)
    assert before.assumed == ()


def test_without_a_grade_level_nothing_can_be_worked_out_for_a_student() -> None:
    with pytest.raises(MissingAnswerError, match=r"grade_level is missing; needed: one of first_year, "):
        from_answers({**PERSONA_B01, "grade_level": ""}, TODAY)
    assert from_answers({**PERSONA_B01, "grade_level": "", "borrower": "parent"}, TODAY).borrower == "parent"


@pytest.mark.parametrize(
    ("answers", "field", "error"),
    [
        ({"subsidized_borrowed": 9_000, "total_borrowed": 5_000}, "subsidized_borrowed", ContradictionError),
        ({"undergraduate_borrowed": 9_000, "total_borrowed": 5_000}, "undergraduate_borrowed", ContradictionError),
        (
            {"undergraduate_borrowed": 3_000, "grad_plus_borrowed": 3_000, "total_borrowed": 5_000},
            "total_borrowed",
            ContradictionError,
        ),
        ({"credits_year": 12}, "credits_full_time_year", MissingAnswerError),
        ({"credits_full_time_year": 0}, "credits_full_time_year", AnswerError),
        ({"total_borrowed": -1}, "total_borrowed", AnswerError),
        ({"grade_level": "freshman"}, "grade_level", AnswerError),
        ({"borrower": "uncle"}, "borrower", AnswerError),
        ({"award_year": "2030-31"}, "award_year", AnswerError),
    ],
)
def test_an_answer_that_cannot_be_is_named_with_what_could(
    answers: dict[str, object], field: str, error: type[AnswerError]
) -> None:
    with pytest.raises(error) as caught:
        from_answers({**PERSONA_B01, **answers}, TODAY)
    assert caught.value.field == field
    assert caught.value.allowed


def test_no_other_year_s_figures_stand_in_for_a_year_we_do_not_know() -> None:
    with pytest.raises(UnknownAwardYearError):
        told("2028-29")


@given(borrowers, years)
def test_no_amount_is_below_zero_and_none_is_above_the_one_it_is_part_of(borrower: Borrower, year: str) -> None:
    found = limits(borrower, year)

    def never_above(smaller: int | None, larger: int | None) -> bool:
        return smaller is None or larger is None or 0 <= smaller <= larger

    assert never_above(found.annual_subsidized, found.annual)
    assert never_above(found.annual, found.annual_full_time)
    assert never_above(found.available_this_year, found.annual)
    assert never_above(found.available_this_year, found.remaining)
    assert never_above(found.remaining, found.aggregate)
    assert never_above(found.remaining, found.lifetime_remaining)
    assert never_above(found.remaining_subsidized, found.remaining)
    assert never_above(found.available_subsidized, found.available_this_year)
    assert never_above(found.available_subsidized, found.annual_subsidized)
    assert never_above(found.available_this_year, borrower.room_under_cost)


@given(borrowers, years, st.integers(0, 40), st.integers(0, 40))
def test_taking_more_credits_never_lowers_the_limit(borrower: Borrower, year: str, fewer: int, more: int) -> None:
    fewer, more = sorted((fewer, more))
    low = limits(replace(borrower, credits_year=fewer), year).annual
    high = limits(replace(borrower, credits_year=more), year).annual
    assert (low is None) == (high is None) or low == 0
    assert (low or 0) <= (high or 0) or high is None


@given(borrowers, years)
def test_an_independent_student_never_has_less_than_a_dependent_one(borrower: Borrower, year: str) -> None:
    student = replace(borrower, borrower="student")
    dependent = limits(replace(student, dependency="dependent"), year)
    independent = limits(replace(student, dependency="independent"), year)
    for name in ("annual", "aggregate", "remaining", "available_this_year", "annual_subsidized"):
        assert (getattr(independent, name) or 0) >= (getattr(dependent, name) or 0)


@given(borrowers, years)
def test_every_note_given_has_words_in_both_languages_and_every_answer_a_source(borrower: Borrower, year: str) -> None:
    found = limits(borrower, year)
    assert found.sources
    for code in found.notes:
        words = note(code, borrower.borrower)
        assert words.text_en
        assert words.text_es
        assert words.text_en != words.text_es
        assert {(source.name, source.url) for source in words.sources} <= {
            (source.name, source.url) for source in found.sources
        }


@pytest.mark.parametrize("code", note_codes())
@pytest.mark.parametrize("who", ["student", "parent"])
def test_notes_are_one_or_two_short_sentences_without_amounts_of_their_own(code: str, who: Any) -> None:
    words = note(code, who)
    for text in (words.text_en, words.text_es):
        sentences = re.findall(r"[^.]+\.", text)
        assert 1 <= len(sentences) <= 2
        assert max(len(sentence.split()) for sentence in sentences) <= 30
        assert "$" not in text
    assert " tú " not in f" {words.text_es} "


def test_an_unknown_note_code_is_named() -> None:
    with pytest.raises(AnswerError, match="note is 'free_money'"):
        note("free_money")


def test_every_rule_says_where_it_was_read_and_when() -> None:
    def rules(part: object) -> list[Rule]:
        inner = [rule for value in getattr(part, "__dict__", {}).values() for rule in rules(value)]
        return [part, *inner] if isinstance(part, Rule) else inner

    found = rules(load("2026-27").tables)
    assert len(found) > 20
    for rule in found:
        assert rule.as_of <= TODAY
        assert all(source.url and source.url.startswith("https://") for source in rule.source)


def test_there_are_limits_for_every_year_there_are_tables_for() -> None:
    assert available() == award_years.available()


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_notes_people_read_say_the_same_figures_as_the_tables(language: Language) -> None:
    notes = load_notes(ARTICLES)
    undergraduate = load("2026-27").tables.undergraduate
    for name, group in (("dependent", undergraduate.dependent), ("independent", undergraduate.independent)):
        note = notes.get(f"loan-limits-{name}", language)
        assert note is not None
        said = " ".join((note.short.text, *(one.text for one in note.statements)))
        for amounts in group.annual.values():
            assert f"${amounts.total:,}" in said
            assert f"${amounts.subsidized:,}" in said


def test_a_yearly_limit_that_would_leave_cents_is_refused_when_the_tables_are_read(tmp_path: Path) -> None:
    copy = tmp_path / "limits.yml"
    copy.write_text(LIMITS_FILE.read_text(encoding="utf-8").replace("total: 5500,", "total: 5555,"), encoding="utf-8")
    with pytest.raises(AwardYearDataError, match="5555 is not a multiple of 100"):
        read(copy)
