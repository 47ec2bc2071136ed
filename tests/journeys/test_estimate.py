"""Whole estimates through the web API, with figures worked out elsewhere."""

from __future__ import annotations

from tests.journeys.conftest import MakeStudent
from tests.journeys.people import Persona, Student, fill, walk

VETERAN = Persona(
    {
        "award_year": "2026-27", "depth": "the full one", "veteran": "yes, honorable discharge",
        "any_dependency_reason": "yes, veteran", "student_marital_status": "never married", "born_before_cutoff": "no",
        "birth_date": "august 2 2003", "birth_year": "2003", "asking_as": "me, I'm the student",
        "state_for_poverty": "Georgia", "family_size": "1", "student_filer_class": "yes, filed",
        "student_filing_status": "single", "student_agi": "38,420", "student_earned_income": "$38,420",
        "student_income_tax_paid": "$2,626", "student_cash_savings": "6100", "enrollment": "full time",
        "grade_level": "first year", "cost_of_attendance": "24800",
    }
)  # fmt: skip

TWO_EARNERS = Persona(
    {
        "award_year": "2026-27", "depth": "full", "student_marital_status": "single", "born_before_cutoff": "no",
        "birth_date": "september 12 2007", "birth_year": "2007", "asking_as": "me, I'm the student",
        "parent_marital_status": "married", "state_for_poverty": "Arizona", "family_size": "4",
        "parent_filer_class": "yes, they filed together", "parent_filing_status": "married joint",
        "parent_agi": "68 thousand", "parent_earned_income": "39k", "other_parent_earned_income": "29k",
        "other_parent_filer_class": "together", "other_parent_filing_status": "joint",
        "parent_income_tax_paid": "2,710", "parent_cash_savings": "about 5 thousand", "parent_investments": "0 dollars",
        "student_filer_class": "yes", "student_filing_status": "single", "student_agi": "9,600 from my job",
        "student_earned_income": "9,600", "student_income_tax_paid": "$0", "student_cash_savings": "800",
        "enrollment": "full time", "grade_level": "first year", "cost_of_attendance": "don't know",
    },
    unknown="not sure",
)  # fmt: skip

NO_RETURN = Persona(
    {
        "award_year": "2026-27", "depth": "quick", "student_marital_status": "single", "born_before_cutoff": "no",
        "parent_marital_status": "divorced", "state_for_poverty": "OH", "family_size": "3",
        "parent_filer_class": "no, she did not file",
    }
)  # fmt: skip

ONE_PARENT = NO_RETURN.but(parent_filer_class="yes, she filed", parent_agi="45,000")


def test_an_independent_student_gets_the_figures_of_the_federal_formula(student: Student) -> None:
    opening = "I got out of the Army in March. What would my aid look like for 2026-27? Full version please."
    result = walk(student, VETERAN, student.say(opening))
    assert result["end"] == "estimate_shown"
    assert result["values"] | {
        "award_year": "2026-27", "depth": "full", "dependency": "independent", "formula": "B", "sai": 7273,
        "max_pell_indicator": "", "min_pell_indicator": "5", "assets_counted": "no", "pell": 740, "need": 17527,
    } == result["values"]  # fmt: skip


def test_a_dependent_student_gets_the_figures_of_the_federal_formula_and_of_another_year_on_request(
    student: Student,
) -> None:
    result = walk(student, TWO_EARNERS, student.say("how much aid could I get for 2026-27? full please"))
    assert result["values"] | {
        "award_year": "2026-27", "depth": "full", "dependency": "dependent", "formula": "A", "sai": 2538,
        "max_pell_indicator": "", "min_pell_indicator": "", "assets_counted": "yes", "pell": 4855,
    } == result["values"]  # fmt: skip
    assert result["answers"]["parent_agi"] == 68000
    assert result["answers"]["other_parent_earned_income"] == 29000
    assert result["answers"]["family_size"] == 4
    again = walk(student, TWO_EARNERS, student.say("change the award year to 2025-26"))
    assert (again["values"]["award_year"], again["values"]["sai"], again["values"]["pell"]) == ("2025-26", 2784, 4610)


def test_a_quick_estimate_says_what_it_assumed_which_year_it_is_for_and_what_it_is_not(student: Student) -> None:
    fill(student, ONE_PARENT, student.say("quick estimate of my aid please"), until="confirm_summary")
    replies = student.say("yes")
    assert replies.result is not None
    values = replies.result["values"]
    assert (values["depth"], values["award_year"], values["sai"], values["pell"]) == ("quick", "2026-27", 0, 7395)
    assert {"parent_income_tax_paid", "student_cash_savings"} <= set(replies.result["assumed"])
    assert "(SAI) for 2026-27 is 0." in replies.text
    assert "$7,395" in replies.text
    assert "assumed" in replies.text
    assert "not an offer" in replies.text


def test_a_family_that_filed_no_return_gets_the_lowest_index_there_is(student: Student) -> None:
    fill(student, NO_RETURN, student.say("quick estimate of my aid please"), until="confirm_summary")
    replies = student.say("yes")
    assert "-1,500" in replies.text
    assert "$7,395" in replies.text
    assert "Nobody has to pay that amount" in replies.text


def test_the_worksheet_shows_every_line_behind_the_estimate(student: Student) -> None:
    walk(student, VETERAN, student.say("estimate my aid for 2026-27, full"))
    replies = student.say("worksheet")
    assert "7,273" in replies.rows.values()
    assert "$38,420" in replies.rows.values()
    assert len(replies.rows) > 10


def test_the_year_is_the_one_a_person_would_file_for_today_unless_they_say_otherwise(student: Student) -> None:
    replies = student.say("estimate my aid, quick")
    assert replies.asked == "award_year"
    assert replies.asks is not None
    years = [choice["value"] for choice in replies.asks["choices"]]
    suggested = next(year for year in years if year in replies.text)
    other = next(year for year in years if year != suggested)
    replies = student.say(other)
    assert replies.asked != "award_year"
    assert other in student.answers_so_far().values()


def test_the_award_year_can_be_changed_in_the_middle(student: Student) -> None:
    asked = fill(student, VETERAN, student.say("estimate my aid for 2026-27, full"), until="student_agi")
    assert "2024" in asked.text
    changed = student.say("change the award year to 2025-26")
    assert changed.asked == "student_agi"
    assert "2025-26" in changed.text
    assert "2023" in changed.text, "the question names the tax year of the new award year"
    result = walk(student, VETERAN, changed)
    assert result["values"]["award_year"] == "2025-26"


def test_several_people_are_served_at_the_same_time(make_student: MakeStudent) -> None:
    people = {make_student(): str(size) for size in (2, 3, 4)}
    replies = {person: person.say("estimate my aid for 2026-27, full") for person in people}
    for person, size in people.items():
        fill(person, VETERAN.but(family_size=size), replies[person], until="student_agi")
    for person, size in people.items():
        assert person.answers_so_far()["Family size"] == size
