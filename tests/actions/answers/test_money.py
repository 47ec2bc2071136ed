"""Amounts are read the way people type them, and nothing is guessed without asking."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.answers import parse_money

SURE = [
    ("45k", 45000),
    ("45K", 45000),
    ("45 k", 45000),
    ("like 45 grand", 45000),
    ("is it 45k?", 45000),
    ("about 60k", 60000),
    ("1.5k", 1500),
    ("$0", 0),
    ("0 dollars", 0),
    ("none", 0),
    ("nothing", 0),
    ("we paid nothing", 0),
    ("i didn't make anything", 0),
    ("nada", 0),
    ("cero", 0),
    ("no tengo ahorros", 0),
    ("no debo nada", 0),
    ("zero", 0),
    ("41850", 41850),
    ("41,850", 41850),
    ("$41,850.49", 41850),
    ("41850.50", 41851),
    ("forty-five thousand", 45000),
    ("forty five thousand", 45000),
    ("forty five k", 45000),
    ("a hundred and twenty", 120),
    ("fifteen hundred", 1500),
    ("18 thousand", 18000),
    ("half a million", 500000),
    ("two and a half thousand", 2500),
    ("cuarenta y cinco mil", 45000),
    ("veintiséis mil cuatrocientos", 26400),
    ("veintiseis mil cuatrocientos tambien", 26400),
    ("nueve mil doscientos", 9200),
    ("26 mil 400", 26400),
    ("veintiún mil", 21000),
    ("mil quinientos", 1500),
    ("un millon y medio", 1500000),
    ("como 39 mil", 39000),
    ("29 mil my mom", 29000),
    ("12,5 mil", 12500),
    ("64,000 from the farm and the feed store", 64000),
    ("about 640,000 after the loans", 640000),
    ("same, 45k", 45000),
    ("$45,000 (45k)", 45000),
    ("idk maybe 3k", 3000),
    ("no se, como 20 mil", 20000),
    ("45k no wait 46,200", 46200),
    ("in 2025 i made 45k", 45000),
    ("line 11 says 41,850", 41850),
    ("my W-2 says 33,100", 33100),
    ("my 401k has 30,000", 30000),
    ("30,000 in a 401(k)", 30000),
    ("401k", 401000),
    ("two jobs, 30k total", 30000),
    ("1'200,000", 1200000),
    ("12.345.678,90", 12345679),
]


@pytest.mark.parametrize(("typed", "dollars"), SURE)
def test_an_amount_is_taken_as_meant(typed: str, dollars: int) -> None:
    parsed = parse_money(typed)
    assert (parsed.value, parsed.status) == (dollars, "ok")


CONFIRMED = [
    ("1,200 a month", 14400, "per_month"),
    ("1900 a month", 22800, "per_month"),
    ("como 1,500 al mes", 18000, "per_month"),
    ("300 a month for 9 months", 2700, "per_month"),
    ("400 a week", 20800, "per_week"),
    ("900 every 2 weeks", 23400, "per_two_weeks"),
    ("800 a la quincena", 19200, "per_half_month"),
    ("6k a semester", 12000, "per_half_year"),
    ("40-50k", 45000, "range"),
    ("8k-9k", 8500, "range"),
    ("entre 40 y 50 mil", 45000, "range"),
    ("between 40 and 50k", 45000, "range"),
    ("less than 5000", 5000, "bound"),
    ("más de 60 mil", 60000, "bound"),
    ("40 mil pesos", 40000, "other_currency"),
    ("1.200", 1200, "separator_guess"),
    ("no", 0, "zero_guess"),
    ("n/a", 0, "zero_guess"),
]


@pytest.mark.parametrize(("typed", "dollars", "why"), CONFIRMED)
def test_a_reading_that_takes_a_step_of_thought_is_shown_first(typed: str, dollars: int, why: str) -> None:
    parsed = parse_money(typed)
    assert (parsed.value, parsed.status, parsed.problem) == (dollars, "needs_confirmation", why)


REFUSED = [
    ("", "empty"),
    ("   ", "empty"),
    ("enough to survive lol", "not_a_number"),
    ("2 jobs", "not_a_number"),
    ("a few thousand", "not_a_number"),
    ("½", "not_a_number"),
    ("no tengo el papel", "not_a_number"),
    ("that has nothing to do with you", "not_a_number"),
    ("-500", "negative"),
    ("(500)", "negative"),
    ("a loss of 3000", "negative"),
    ("perdimos 3000", "negative"),
    ("999999999", "too_large"),
    ("9" * 400, "too_large"),
    ("15 an hour", "per_hour_or_day"),
    ("45%", "percent"),
    ("39k my dad and 29k my mom", "ambiguous"),
]


@pytest.mark.parametrize(("typed", "problem"), REFUSED)
def test_what_is_no_usable_amount_is_refused_with_the_reason(typed: str, problem: str) -> None:
    parsed = parse_money(typed)
    assert (parsed.value, parsed.status, parsed.problem) == (None, "invalid", problem)


@pytest.mark.parametrize(
    "typed", ["idk", "I don't know", "not sure", "no idea", "no sé", "no se", "ni idea", "no estoy segura", "dunno"]
)
def test_not_knowing_is_always_accepted(typed: str) -> None:
    assert parse_money(typed).status == "not_sure"


def test_two_amounts_are_offered_one_by_one_and_together() -> None:
    assert parse_money("39k my dad and 29k my mom").alternatives == (39000, 29000, 68000)


def test_a_loss_counts_below_zero_where_losses_are_allowed() -> None:
    assert parse_money("a loss of 3000", allow_negative=True).value == -3000
    assert parse_money("-$1,250", allow_negative=True).value == -1250


def test_a_latin_american_thousands_point_is_sure_in_spanish() -> None:
    assert parse_money("1.200", language="es").status == "ok"


def test_a_monthly_figure_is_not_turned_into_a_balance() -> None:
    assert parse_money("200 a month", per_year=False).problem == "per_period"


def test_a_bare_small_number_may_be_thousands_where_that_is_usual() -> None:
    parsed = parse_money("45", usual_least=1000)
    assert (parsed.status, parsed.problem) == ("needs_confirmation", "unit_guess")
    assert (parsed.value, parsed.alternatives) == (45000, (45,))


AMOUNT = st.integers(min_value=0, max_value=99_999_999)


@given(AMOUNT)
def test_every_usual_way_to_write_an_amount_reads_back(dollars: int) -> None:
    for typed in (f"{dollars}", f"${dollars:,}", f"{dollars:,} dollars", f"${dollars:,}.00", f"about {dollars:,}"):
        assert parse_money(typed).value == dollars


@given(st.integers(min_value=1, max_value=99_999))
def test_thousands_read_back_in_every_shorthand(thousands: int) -> None:
    for typed in (f"{thousands}k", f"like {thousands} grand", f"{thousands} thousand", f"como {thousands} mil"):
        assert parse_money(typed).value == thousands * 1000


@given(AMOUNT)
def test_dots_between_thousands_read_back_in_spanish(dollars: int) -> None:
    assert parse_money(f"{dollars:,}".replace(",", "."), language="es").value == dollars


@given(st.integers(min_value=1, max_value=8_000_000))
def test_a_monthly_amount_is_twelve_times_itself_and_always_confirmed(dollars: int) -> None:
    parsed = parse_money(f"{dollars} a month")
    assert (parsed.value, parsed.status) == (dollars * 12, "needs_confirmation")


@given(st.text(max_size=60))
def test_no_text_is_too_odd_to_read(typed: str) -> None:
    parsed = parse_money(typed)
    assert (parsed.value is not None) == (parsed.status in {"ok", "needs_confirmation"})
    assert parsed.value is None or 0 <= parsed.value <= 99_999_999


@pytest.mark.parametrize("typed", ["like 20ish", "como 20 y tantos", "20", "veinte y pico", "20 something"])
def test_a_years_income_of_a_few_dollars_is_taken_for_thousands_and_confirmed(typed: str) -> None:
    parsed = parse_money(typed, usual_least=1000)
    assert (parsed.value, parsed.status, parsed.alternatives) == (20000, "needs_confirmation", (20,))


def test_an_income_of_hundreds_is_confirmed_as_said() -> None:
    parsed = parse_money("600", usual_least=1000)
    assert (parsed.value, parsed.status, parsed.alternatives) == (600, "needs_confirmation", (600_000,))


@pytest.mark.parametrize("typed", ["$45", "45 dollars", "45.50 bucks"])
def test_a_small_amount_said_in_dollars_is_taken_as_said(typed: str) -> None:
    assert parse_money(typed, usual_least=1000).status == "ok"


@pytest.mark.parametrize(
    ("typed", "dollars"),
    [
        ("12 mil y medio", 12500),
        ("doce mil y medio", 12500),
        ("12 mil y media", 12500),
        ("30 thousand and a half", 30500),
    ],
)
def test_half_a_thousand_more_is_heard(typed: str, dollars: int) -> None:
    assert (parse_money(typed).value, parse_money(typed).status) == (dollars, "ok")


@pytest.mark.parametrize("typed", ["20 something thousand", "20 y tantos mil", "veinte y pico mil"])
def test_thousands_left_open_are_shown_first(typed: str) -> None:
    parsed = parse_money(typed)
    assert (parsed.value, parsed.status) == (20000, "needs_confirmation")


@pytest.mark.parametrize(
    ("typed", "dollars"),
    [
        ("15/hr 30 hrs a week", 23400),
        ("$15.50 an hour, 30 hours a week", 24180),
        ("30 hrs/week at 15 per hour", 23400),
        ("gano 15 la hora, 30 horas a la semana", 23400),
        ("15 x hora y trabajo 20 horas por semana", 15600),
        ("15 an hour 30 hours a week for 12 weeks", 5400),
    ],
)
def test_a_wage_with_its_hours_is_a_years_pay_to_confirm(typed: str, dollars: int) -> None:
    parsed = parse_money(typed)
    assert (parsed.value, parsed.status, parsed.problem) == (dollars, "needs_confirmation", "per_hour")


@pytest.mark.parametrize("typed", ["15 an hour, 30 hours", "15/hr", "15 an hour 30 hours a week for 3 months"])
def test_a_wage_whose_year_cannot_be_told_is_refused(typed: str) -> None:
    assert parse_money(typed).problem in {"per_hour_or_day", "ambiguous"}


@pytest.mark.parametrize(
    ("typed", "dollars"),
    [
        ("9000 from one job and 4000 from another", 13000),
        ("9 thousand at walmart plus 4k uber", 13000),
        ("9000 de un trabajo y 4000 del otro", 13000),
        ("7,395 de pell y 1,000 del estado", 8395),
        ("2000 from one and 1500 from the other", 3500),
        ("9000 + 4000", 13000),
    ],
)
def test_amounts_from_several_places_are_added_up_to_be_confirmed(typed: str, dollars: int) -> None:
    parsed = parse_money(typed)
    assert (parsed.value, parsed.status, parsed.problem) == (dollars, "needs_confirmation", "sum")


@pytest.mark.parametrize(
    ("typed", "dollars"),
    [
        ("yo 14 mil y el 21 mil", 35000),
        ("yo 14 y el 21 mil", 35000),
        ("i make 14k and my husband 21k", 35000),
        ("39k my dad and 29k my mom", 68000),
        ("yo 14 mil y mi esposo 14 mil", 28000),
    ],
)
def test_two_peoples_amounts_are_added_up_only_where_both_are_asked_about(typed: str, dollars: int) -> None:
    parsed = parse_money(typed, together=True)
    assert (parsed.value, parsed.status, parsed.problem) == (dollars, "needs_confirmation", "sum")
    assert parse_money(typed).problem != "sum"


@pytest.mark.parametrize(
    "typed",
    [
        "45k and 1,300",
        "12k total, 8k of it subsidized",
        "40k last year and 50k this year",
        "9000 in 2024 and 4000 in 2025",
        "i made 30k and paid 2k in taxes",
        "5,500 in loans and 3,000 in grants",
        "900 a month from one job and 400 a month from the other",
        "between 40k from one and 50k",
    ],
)
def test_amounts_that_may_not_belong_together_are_never_added_up(typed: str) -> None:
    assert parse_money(typed, together=True).problem != "sum"


NONE_AT_ALL = [
    "no business", "we dont have a business", "she dont pay a cent", "doesnt pay a dime", "no tuve ingresos",
    "nada de nada", "theres literally nothing there", "never got any", "nunca he pedido", "no paga ni un centavo",
    "got no savings", "no own business", "havent borrowed anything", "no he sacado nada", "todavía nada", "nuthin",
    "i never worked", "no tuvimos", "no me dieron nada",
]  # fmt: skip
NONE_YET = ["never", "i havent", "not yet", "nunca", "todavia no", "todavía no", "aun no", "no trae", "never lol"]
FIRST = ["this is my first one", "es mi primera vez", "my first loan", "apenas empiezo", "1st time"]


@pytest.mark.parametrize("typed", NONE_AT_ALL)
def test_none_at_all_is_zero_in_every_question(typed: str) -> None:
    assert (parse_money(typed).value, parse_money(typed).status) == (0, "ok")


@pytest.mark.parametrize("typed", NONE_YET)
def test_none_yet_is_zero_where_nothing_is_usual_and_confirmed_elsewhere(typed: str) -> None:
    assert (parse_money(typed, none="usual").value, parse_money(typed, none="usual").status) == (0, "ok")
    assert (parse_money(typed).value, parse_money(typed).status) == (0, "needs_confirmation")


@pytest.mark.parametrize("typed", FIRST)
def test_a_first_time_is_zero_only_for_what_adds_up_over_the_years(typed: str) -> None:
    assert (parse_money(typed, none="so_far").value, parse_money(typed, none="so_far").status) == (0, "ok")
    assert parse_money(typed, none="usual").value is None


@pytest.mark.parametrize(
    "typed",
    [
        "yo no tengo el papel", "no tengo mucho", "no gano mucho", "i never worked full time", "no tax return",
        "i havent found it", "no he recibido la carta", "i never got a w2", "i didnt make much", "no pay stubs",
        "dont have it with me", "i dont owe that much",
    ],
)  # fmt: skip
def test_a_denial_of_something_else_is_no_zero(typed: str) -> None:
    assert parse_money(typed, none="so_far").value is None


def test_an_amount_with_its_rate_is_checked_and_a_percentage_alone_is_refused() -> None:
    read = parse_money("18 grand at like 6%")
    assert (read.status, read.value) == ("needs_confirmation", 18_000)
    assert parse_money("10%").status == "invalid"


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("4500 of that", 4500),
        ("about 2,250 of it", 2250),
        ("forty two one, 42100", 42100),
        ("twenty eight, 28400", 28400),
    ],
)
def test_a_part_of_an_amount_and_an_amount_spelt_out_first_are_read(typed: str, value: int) -> None:
    assert parse_money(typed).value == value
