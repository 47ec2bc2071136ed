"""What a year costs, what a family may need, and what an offer is really worth."""

from dataclasses import fields
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import AnswerError, MissingAnswerError
from knowledge.need import (
    Costs,
    Offer,
    aid_room,
    compare,
    need,
    need_based_room,
    offers_from_answers,
    statements,
    subsidized_room,
)

LAKESIDE = Offer("Lakeside State", 28_400, grants=9_200, scholarships=3_000, loans=5_500, work=2_000)
ST_BRENDAN = Offer(
    "St. Brendan College", 51_000, grants=7_395, scholarships=22_000, loans=5_500, parent_loans=8_000, work=0
)
money = st.integers(0, 100_000)
offers = st.builds(
    Offer,
    school=st.sampled_from(["A", "B", "C"]),
    cost=money,
    grants=money,
    scholarships=money,
    loans=money,
    parent_loans=money,
    work=money,
)


def test_a_cost_of_attendance_is_the_sum_of_its_parts() -> None:
    costs = Costs(
        tuition_and_fees=11_000, books=1_200, food_and_housing=12_500, transport=1_100, personal=2_000, other=600
    )
    assert costs.cost_of_attendance == 28_400
    assert tuple(part.name for part in fields(costs)) == tuple(statements().parts)


@pytest.mark.parametrize(("sai", "expected"), [(0, 28_400), (-1_500, 28_400), (8_400, 20_000), (30_000, -1_600)])
def test_need_is_cost_less_an_index_that_never_counts_below_zero(sai: int, expected: int) -> None:
    assert need(28_400, sai) == expected
    assert need_based_room(28_400, sai) == max(expected, 0)


def test_other_aid_leaves_less_need() -> None:
    assert need(28_400, 8_400, other_aid=12_000) == 8_000


def test_aid_of_any_kind_stops_at_the_cost() -> None:
    assert aid_room(28_400, all_aid=20_000) == 8_400
    assert aid_room(28_400, all_aid=30_000) == 0


def test_a_subsidized_loan_fits_within_need_and_within_its_limit() -> None:
    assert subsidized_room(28_400, 8_400, other_aid=18_000, limit=3_500) == 2_000
    assert subsidized_room(28_400, 0, other_aid=0, limit=3_500) == 3_500
    assert subsidized_room(28_400, 40_000, other_aid=0, limit=3_500) == 0


def test_two_letters_are_compared_as_their_reader_would_on_paper() -> None:
    found = compare([LAKESIDE, ST_BRENDAN])
    assert found.values() == {
        "gift_1": 12_200,
        "net_price_1": 16_200,
        "loans_1": 5_500,
        "work_1": 2_000,
        "gap_1": 8_700,
        "gift_2": 29_395,
        "net_price_2": 21_605,
        "loans_2": 5_500,
        "work_2": 0,
        "gap_2": 8_105,
        "lowest_net_price": "Lakeside State",
    }
    assert not found.is_tie
    assert found.warnings == (("St. Brendan College", "parent_loans_offered"),)


def test_the_school_that_leaves_the_smaller_gap_by_loans_is_not_called_the_cheaper_one() -> None:
    assert (ST_BRENDAN.gap or 0) < (LAKESIDE.gap or 0)
    assert compare([ST_BRENDAN, LAKESIDE]).lowest == ("Lakeside State",)


def test_a_tie_names_both_schools() -> None:
    twin = Offer("Hill College", 20_000, grants=3_800)
    found = compare([LAKESIDE, ST_BRENDAN, twin])
    assert found.is_tie
    assert found.lowest == ("Lakeside State", "Hill College")


def test_while_one_cost_is_unknown_no_school_is_called_the_cheapest() -> None:
    found = compare([LAKESIDE, Offer("Hill College", None, grants=3_800)])
    assert found.values()["lowest_net_price"] is None
    assert found.values()["net_price_2"] is None
    assert found.values()["gap_2"] is None
    assert ("Hill College", "cost_not_known") in found.warnings


def test_aid_above_the_cost_is_pointed_out() -> None:
    assert Offer("A", 10_000, grants=11_000).warnings == ("gift_above_cost",)
    assert Offer("A", 10_000, grants=8_000, loans=5_500).warnings == ("aid_above_cost",)
    assert Offer("A", 10_000, grants=8_000, loans=2_000).warnings == ()


def test_the_share_of_an_offer_that_must_be_paid_back_is_shown() -> None:
    assert ST_BRENDAN.loan_percent == 31
    assert LAKESIDE.loan_percent == 28
    assert Offer("A", 10_000).loan_percent is None
    assert ST_BRENDAN.borrowed == 13_500


@given(offers, money)
def test_no_loan_ever_lowers_a_net_price(offer: Offer, loan: int) -> None:
    with_loan = Offer(offer.school, offer.cost, offer.grants, offer.scholarships, loan, offer.parent_loans, offer.work)
    assert with_loan.net_price == offer.net_price


@given(st.lists(offers, min_size=1, max_size=4))
def test_no_offer_is_cheaper_than_the_one_named_and_the_order_stays(given_offers: list[Offer]) -> None:
    found = compare(given_offers)
    assert found.offers == tuple(given_offers)
    lowest = min(offer.net_price for offer in given_offers if offer.net_price is not None)
    assert {offer.school for offer in given_offers if offer.net_price == lowest} == set(found.lowest)
    assert all(0 <= (offer.loan_percent or 0) <= 100 for offer in given_offers)


def test_offers_are_read_from_the_answers_under_their_numbers() -> None:
    answers: dict[str, Any] = {
        "offer_school_1": "Lakeside State",
        "offer_cost_1": "28400",
        "offer_grants_1": 9_200,
        "offer_scholarships_1": 3_000,
        "offer_loans_1": 5_500,
        "offer_work_1": 2_000,
        "offer_school_2": "Hill College",
        "offer_school_3": None,
    }
    assert offers_from_answers(answers) == (LAKESIDE, Offer("Hill College", None))


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: Offer("A", -1), "offer_cost"),
        (lambda: Offer("A", 10, loans=-5), "offer_loans"),
        (lambda: Costs(books=-3), "books"),
        (lambda: need(-1, 0), "cost_of_attendance"),
        (lambda: subsidized_room(10, 0, 0, -1), "annual_subsidized"),
        (lambda: offers_from_answers({"offer_school_1": "A", "offer_cost_1": "a lot"}), "offer_cost_1"),
    ],
)
def test_an_amount_that_is_none_is_named(make: Any, field: str) -> None:
    with pytest.raises(AnswerError) as caught:
        make()
    assert caught.value.field == field


def test_a_comparison_needs_a_school() -> None:
    with pytest.raises(MissingAnswerError, match="offer_school_1"):
        compare([])
    with pytest.raises(MissingAnswerError, match="offer_school"):
        Offer("  ", 10_000)


def test_every_stated_rule_and_warning_has_words_in_both_languages_and_a_source() -> None:
    said = statements()
    for rule in said.rules.values():
        assert rule.en != rule.es
        assert rule.as_of <= date(2026, 11, 21)
        assert all(source.url for source in rule.source)
    for warning in said.warnings.values():
        assert warning.rule in said.rules
        assert "{school}" in warning.en
        assert "{school}" in warning.es
