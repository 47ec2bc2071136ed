"""Families as hypothesis makes them up: anything the formula can be given."""

from hypothesis import strategies as st

from knowledge.award_years import available, load
from knowledge.canonical import LARGEST_AMOUNT, codes_of
from knowledge.sai import Assets, EstimateInputs, Family, Person, Study
from knowledge.sai.inputs import (
    MONEY_OF_A_PERSON,
    EnrollmentLevel,
    FilerClass,
    FilingStatus,
    GradeLevel,
    ParentMaritalStatus,
    StudentMaritalStatus,
)

__all__ = ["any_family", "money", "people", "years"]

# Mostly amounts that people have; sometimes the largest there can be.
money = st.one_of(st.integers(0, 250_000), st.integers(0, LARGEST_AMOUNT))
signed = st.one_of(money, money.map(lambda amount: -amount))
years = st.sampled_from(available()).map(load)
people = st.builds(
    Person,
    filer_class=st.sampled_from(["", *codes_of(FilerClass)]),
    filing_status=st.sampled_from(["", *codes_of(FilingStatus)]),
    income_source=st.sampled_from(["", "fti", "mixed", "self_reported"]),
    files_schedule_abdefh=st.booleans(),
    **dict.fromkeys(MONEY_OF_A_PERSON, money)
    | dict.fromkeys(("agi", "earned_income", "schedule_c", "foreign_income_exclusion"), signed),
)
assets = st.builds(
    Assets,
    child_support_received=money,
    cash_savings=money,
    investments=money,
    business_farm=money,
    farm_lived_on=st.booleans(),
    business_family_owned_small=st.booleans(),
)
families = st.builds(
    Family,
    dependency=st.sampled_from(["dependent", "independent", "provisional"]),
    student_marital_status=st.sampled_from(codes_of(StudentMaritalStatus)),
    parent_marital_status=st.sampled_from(["", *codes_of(ParentMaritalStatus)]),
    family_size=st.one_of(st.none(), st.integers(1, 20)),
    state_for_poverty=st.sampled_from(["OH", "AK", "HI", "PW", ""]),
    means_tested_benefit=st.booleans(),
    eitc_received=st.booleans(),
)
studies = st.builds(
    Study,
    enrollment=st.sampled_from(codes_of(EnrollmentLevel)),
    grade_level=st.sampled_from(["", *codes_of(GradeLevel)]),
    has_bachelors_degree=st.booleans(),
    credits_enrolled=st.one_of(st.none(), st.integers(0, 30)),
    credits_full_time=st.one_of(st.none(), st.integers(1, 30)),
    cost_of_attendance=st.one_of(st.none(), money),
    other_grants=money,
    pell_lifetime_used=st.integers(0, 700),
)
any_family = st.builds(
    EstimateInputs,
    family=families,
    student=people,
    student_spouse=st.one_of(st.none(), people),
    parent=people,
    other_parent=st.one_of(st.none(), people),
    student_assets=assets,
    parent_assets=assets,
    study=studies,
)
