"""What the check of a model's own sentences promises: only what a statement says, and as surely, gets through."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from knowledge.library import library
from knowledge.notes import Language, Statement
from knowledge.search.searcher import said
from knowledge.support import faults, opening, supports

PELL = "The most a Pell Grant pays for 2026-27 is $7,395."
BACK = "You do not pay a Pell Grant back, except after some withdrawals or overpayments."
ALONE = (
    "No. Living on your own and paying your own bills does not by itself make you independent on the FAFSA. You need a "
    "yes to a dependency question, or you give your parents’ information."
)
BORROW = "A full-time dependent undergraduate can borrow up to $5,500 in the first year."
DIVORCED = (
    "If your parents are divorced or separated and live apart, the FAFSA uses the parent who gave you more financial "
    "support in the last 12 months. It is not decided by where you lived."
)
HOME = "No. The home your family lives in is never counted on the FAFSA, so you do not report its value."
UNSUB = "On an unsubsidized loan, interest is charged from the first day, even while you are in school."
LATE = "The federal deadline for the 2026-27 FAFSA is June 30, 2027."
TWO_DATES = "The federal FAFSA deadline is June 30, 2027 for 2026-27 and June 30, 2028 for 2027-28."
SIGN = "After a FAFSA correction, the student signs again, and the school gets the new record."
UNDERGRAD = "Only undergraduates can get a subsidized loan. Graduate and professional students get unsubsidized loans."
CONSENT = "If a parent gives no consent, the student cannot get federal aid."
PART = "Yes. You can get part of a Pell Grant if you study part time, even less than half time."
PHONE = "Call Federal Student Aid at 1-800-433-3243 or go to studentaid.gov."
LOSE = "One F does not always end your aid, but it lowers your SAP pace."
WAGES = "Federal Work-Study is a part-time job that pays you wages. But you must find the job yourself."
AGE = "For the 2026-27 FAFSA, if you were born before January 1, 2003, you do not need your parents."
SHARE = "The student and the parent sign the FAFSA because the IRS must share tax data."
NOT_BECAUSE = "You do not lose aid because you moved."
OVERPAY = "A parent earns more than the student."

PELL_ES = "La Beca Pell máxima para 2026-27 es $7,395."
BACK_ES = "La Pell no se paga de vuelta, salvo en algunos casos de retiro."
ALONE_ES = "No. Vivir por su cuenta y pagar sus gastos no basta para ser independiente en la FAFSA."
UNSUB_ES = "El préstamo sin subsidio cobra interés desde el primer día."
DACA_ES = "No. Con DACA no se puede recibir ayuda federal: ni Beca Pell, ni Trabajo y Estudio, ni préstamos federales."
LATE_ES = "La fecha límite federal de la FAFSA 2026-27 es el 30 de junio de 2027."
CONSENT_ES = "Si el padre no da consentimiento, el estudiante no puede recibir ayuda federal."
SIGN_ES = "Después de una corrección, el estudiante firma otra vez, y la escuela recibe el nuevo registro."
HALF_ES = "Sí. Puede recibir una parte de la Beca Pell si estudia medio tiempo."
ONLY_ES = "El préstamo con subsidio es solo para la licenciatura. En posgrado los préstamos son sin subsidio."

TABLE: tuple[tuple[str, str, Language, bool], ...] = (
    # Word for word, shortened at the end, or in words that mean the same.
    (PELL, PELL, "en", True),
    (PELL, "For 2026-27, the most a Pell Grant pays is $7,395.", "en", True),
    (PELL, "The maximum a Pell Grant pays for 2026-27 is $7395.", "en", True),
    (PELL, "The biggest Pell pays in the 2026-27 school year is $7,395.", "en", True),
    (BACK, "You don't pay a Pell Grant back, except after some withdrawals or overpayments.", "en", True),
    (ALONE, "No, living on your own and paying your own bills does not by itself make you independent.", "en", False),
    (
        ALONE,
        "No, living on your own and paying your own bills does not by itself make you independent on the FAFSA.",
        "en",
        True,
    ),
    (HOME, "The home your family lives in is never counted on the FAFSA.", "en", True),
    (CONSENT, "The student can't get federal aid if a parent gives no consent.", "en", True),
    (SIGN, "The student signs again after a FAFSA correction, and the school gets the new record.", "en", False),
    (UNDERGRAD, "Only undergraduates can receive a subsidized loan.", "en", True),
    (WAGES, WAGES, "en", True),
    (PHONE, PHONE, "en", True),
    (PELL_ES, "Para 2026-27, la Beca Pell máxima es $7,395.", "es", True),
    (PELL_ES, "La beca Pell máxima es de $7,395 para 2026-27.", "es", True),
    (UNSUB_ES, "Un préstamo no subsidiado cobra interés desde el primer día.", "es", True),
    (CONSENT_ES, "El estudiante no puede recibir ayuda federal si el padre no da consentimiento.", "es", True),
    (DACA_ES, "No, con DACA no se puede recibir ayuda federal: ni Beca Pell, ni Trabajo y Estudio, ni préstamos "
     "federales.", "es", True),
    (ONLY_ES, "El préstamo con subsidio es sólo para la licenciatura.", "es", True),
    (HALF_ES, "Sí, puede obtener una parte de la Pell si estudia medio tiempo.", "es", True),
    # True, but in words or an order that the check cannot follow: they are given up.
    (LATE, "For the 2026-27 FAFSA, the federal deadline is June 30, 2027.", "en", False),
    (BACK, "You don't pay back a Pell Grant, except after some withdrawals or overpayments.", "en", False),
    # The same words in another order, or words that are nearly the same.
    ("Savings count as assets.", "Assets count as savings.", "en", False),
    ("The amount is set once a year.", "The amount is set after a year.", "en", False),
    ("All parents share one cap of $20,000.", "Each parent has one cap of $20,000.", "en", False),
    ("You may choose any plan.", "You may choose all plans.", "en", False),
    ("Most students get less.", "Students get less.", "en", False),
    ("Fill out the form by June 30.", "Send the form by June 30.", "en", False),
    ("Fill out the form by June 30.", "Fill out the form before June 30.", "en", False),
    ("Los ahorros cuentan como bienes.", "Los bienes cuentan como ahorros.", "es", False),
    ("Todos los padres comparten un tope.", "Cada padre tiene un tope.", "es", False),
    # Another number, date, year, address or telephone number.
    (PELL, "The most a Pell Grant pays for 2026-27 is $2,000.", "en", False),
    ("The Pell Grant is money for college. The most is $7,395.", "A Pell Grant is up to $2,000.", "en", False),
    (PELL, "The most a Pell Grant pays for 2027-28 is $7,395.", "en", False),
    (PELL, "The most a Pell Grant pays is $7,395.", "en", False),
    (PELL, "The least a Pell Grant pays for 2026-27 is $7,395.", "en", False),
    (LATE, "The federal deadline for the 2026-27 FAFSA is July 30, 2027.", "en", False),
    (LATE, "The state deadline for the 2026-27 FAFSA is June 30, 2027.", "en", False),
    (LATE, "The deadline for the 2026-27 FAFSA is June 30, 2027.", "en", False),
    (TWO_DATES, "The federal FAFSA deadline is June 30, 2028 for 2026-27 and June 30, 2027 for 2027-28.", "en", False),
    (TWO_DATES, "The federal FAFSA deadline is June 30, 2027 for 2027-28 and June 30, 2028 for 2026-27.", "en", False),
    (PHONE, "Call Federal Student Aid at 1-800-433-3244 or go to studentaid.gov.", "en", False),
    (PHONE, "Call Federal Student Aid at 1-800-433-3243 or go to studentaid.com.", "en", False),
    (SIGN, "After a FAFSA correction, the student signs again within 14 days.", "en", False),
    (LATE_ES, "La fecha límite federal de la FAFSA 2026-27 es el 30 de junio de 2028.", "es", False),
    (LATE_ES, "La fecha límite estatal de la FAFSA 2026-27 es el 30 de junio de 2027.", "es", False),
    (PELL_ES, "La Beca Pell mínima para 2026-27 es $7,395.", "es", False),
    # Turned round.
    (BACK, "You cannot pay back a Pell Grant.", "en", False),
    (BACK, "You cannot pay a Pell Grant back, except after some withdrawals or overpayments.", "en", False),
    (BACK, "You pay a Pell Grant back, except after some withdrawals or overpayments.", "en", False),
    (BACK, "You never pay a Pell Grant back, except after some withdrawals or overpayments.", "en", False),
    (HOME, "The home your family lives in is always counted on the FAFSA.", "en", False),
    (HOME, "Yes, the home your family lives in is never counted on the FAFSA.", "en", False),
    (HOME, "Yes, the FAFSA counts the home your family lives in.", "en", False),
    (CONSENT, "If a parent gives consent, the student cannot get federal aid.", "en", False),
    (CONSENT, "If a parent gives no consent, the student can get federal aid.", "en", False),
    (NOT_BECAUSE, "You do not lose aid.", "en", False),
    (ALONE_ES, "Vivir por su cuenta y pagar sus gastos basta para ser independiente en la FAFSA.", "es", False),
    (ALONE_ES, "Sí, vivir por su cuenta y pagar sus gastos no basta para ser independiente en la FAFSA.", "es", False),
    (DACA_ES, "Con DACA se puede recibir ayuda federal: Beca Pell, Trabajo y Estudio, préstamos.", "es", False),
    (UNSUB_ES, "El préstamo sin subsidio no cobra interés desde el primer día.", "es", False),
    # What a small model told a student of 22.
    (ALONE, "A 22-year-old living alone can report as independent.", "en", False),
    (ALONE, "Yes, you are independent.", "en", False),
    (ALONE, "You are independent on the FAFSA.", "en", False),
    (ALONE, "Living on your own makes you independent on the FAFSA.", "en", False),
    # Somebody or something else.
    (BORROW, "A full-time independent undergraduate can borrow up to $5,500 in the first year.", "en", False),
    (BORROW, "A dependent undergraduate can borrow up to $5,500 in the first year.", "en", False),
    (UNSUB, "On a subsidized loan, interest is charged from the first day, even while you are in school.", "en", False),
    (UNDERGRAD, "Only graduate students can get a subsidized loan.", "en", False),
    (UNDERGRAD, "Only undergraduates can get an unsubsidized loan.", "en", False),
    (CONSENT, "If a student gives no consent, the parent cannot get federal aid.", "en", False),
    (OVERPAY, "The student earns more than a parent.", "en", False),
    (SIGN, "After a FAFSA correction, the parent signs again.", "en", False),
    (UNSUB_ES, "El préstamo con subsidio cobra interés desde el primer día.", "es", False),
    (CONSENT_ES, "Si el estudiante no da consentimiento, el padre no puede recibir ayuda federal.", "es", False),
    (ONLY_ES, "El préstamo sin subsidio es solo para la licenciatura.", "es", False),
    # A condition or an exception lost, weakened or turned into another.
    (BACK, "You do not pay a Pell Grant back.", "en", False),
    (PART, "You can get part of a Pell Grant.", "en", False),
    (PART, "Yes, you can get a Pell Grant if you study part time, even less than half time.", "en", False),
    (CONSENT, "The student cannot get federal aid.", "en", False),
    (CONSENT, "Unless a parent gives no consent, the student cannot get federal aid.", "en", False),
    (DIVORCED, "If your parents are divorced, the FAFSA uses the parent who gave you more financial support in the "
     "last 12 months.", "en", False),
    (AGE, "For the 2026-27 FAFSA, you do not need your parents.", "en", False),
    (AGE, "For the 2026-27 FAFSA, if you were born after January 1, 2003, you do not need your parents.", "en", False),
    (LOSE, "One F does not end your aid.", "en", False),
    (WAGES, "Federal Work-Study is a part-time job that pays you wages.", "en", False),
    (UNDERGRAD, "Undergraduates can get a subsidized loan.", "en", False),
    (BACK_ES, "La Pell no se paga de vuelta.", "es", False),
    (CONSENT_ES, "El estudiante no puede recibir ayuda federal.", "es", False),
    (HALF_ES, "Puede recibir una parte de la Beca Pell.", "es", False),
    (HALF_ES, "Puede recibir la Beca Pell si estudia medio tiempo.", "es", False),
    # Surer than the statement.
    ("Your school may ask for tax papers.", "Your school must ask for tax papers.", "en", False),
    ("Your school may ask for tax papers.", "Your school asks for tax papers.", "en", False),
    ("Grants are usually free money.", "Grants are free money.", "en", False),
    ("Some schools charge a fee.", "Schools charge a fee.", "en", False),
    ("You can borrow up to $5,500.", "You can borrow $5,500.", "en", False),
    ("You can borrow up to $5,500.", "You can borrow at least $5,500.", "en", False),
    ("Su escuela puede pedir papeles.", "Su escuela debe pedir papeles.", "es", False),
    ("Normalmente la beca no se devuelve.", "La beca no se devuelve.", "es", False),
    ("Puede pedir hasta $5,500.", "Puede pedir $5,500.", "es", False),
    # Added, or not a statement at all.
    (PELL, "The most a Pell Grant pays for 2026-27 is $7,395, and you qualify.", "en", False),
    (PELL, "You get $7,395 for 2026-27.", "en", False),
    (SHARE, "The student and the parent sign the FAFSA.", "en", True),
    (SHARE, "The student or the parent signs the FAFSA.", "en", False),
    (PELL, "No.", "en", False),
    (PELL, "So there you are.", "en", False),
    (PELL, "Is the most a Pell Grant pays for 2026-27 $7,395?", "en", False),
    (PELL, "The most a Pell Grant pays for 2026-27 is $7,395 美元.", "en", False),
    (PELL, "The most a Pell Grant pays for 2026-27 is <b>$7,395</b>.", "en", False),
    (PELL_ES, "Tú recibes la Beca Pell máxima para 2026-27, $7,395.", "es", False),
)  # fmt: skip


@pytest.mark.parametrize(("statement", "sentence", "language", "passes"), TABLE)
def test_a_sentence_passes_only_if_its_statement_says_it(
    statement: str, sentence: str, language: Language, passes: bool
) -> None:
    assert supports([statement], sentence, language) is passes, faults([statement], sentence, language)


@pytest.mark.parametrize(
    ("statement", "sentence", "fault"),
    [
        (PELL, "The most a Pell Grant pays for 2026-27 is $2,000.", "number"),
        (ALONE, "Yes, you are independent.", "opening"),
        (UNSUB, "On a subsidized loan, interest is charged from the first day.", "subject"),
        (BACK, "You cannot pay back a Pell Grant.", "polarity"),
        (BACK, "A Pell Grant is a gift.", "words"),
        (PELL, "So there you are.", "empty"),
        (PELL, "佩尔助学金", "letters"),
    ],
)
def test_whoever_reads_the_log_learns_what_was_wrong(statement: str, sentence: str, fault: str) -> None:
    assert faults([statement], sentence, "en")[0] == fault


def test_two_neighbours_back_a_sentence_that_says_all_of_the_first() -> None:
    pair = ["Grants are free money.", "Loans must be repaid."]
    assert supports(pair, "Grants are free money, and loans must be repaid.", "en")
    assert not supports(pair, "Grants must be repaid, and loans are free money.", "en")
    assert not supports(pair, "Loans must be repaid, and grants are free money.", "en")


@pytest.mark.parametrize(
    ("text", "language", "says"),
    [("No. It is not.", "en", "no"), ("Sí, puede.", "es", "yes"), ("Si puede, firme.", "es", None),
     ("No parent signs.", "en", None), ("It depends: ask.", "en", "depends"), ("Depende. Vea.", "es", "depends")],
)  # fmt: skip
def test_yes_and_no_are_told_from_words_that_only_look_like_them(
    text: str, language: Language, says: str | None
) -> None:
    assert opening(text, language) == says


STATEMENTS = [(note.language, one) for note in library() for one in said(note)]
DENIALS: dict[Language, tuple[str, ...]] = {"en": ("not", "no", "never"), "es": ("no", "nunca")}


@settings(max_examples=300, deadline=None)
@given(some.sampled_from(STATEMENTS))
def test_whatever_a_note_says_supports_itself(known: tuple[Language, Statement]) -> None:
    language, statement = known
    assert supports([statement.text], statement.text, language)


@settings(max_examples=300, deadline=None)
@given(some.sampled_from(STATEMENTS), some.data())
def test_no_statement_supports_itself_with_a_denial_put_in_anywhere(
    known: tuple[Language, Statement], data: some.DataObject
) -> None:
    language, statement = known
    words = statement.text.split()
    place = data.draw(some.integers(0, len(words)))
    denied = " ".join([*words[:place], data.draw(some.sampled_from(DENIALS[language])), *words[place:]])
    assert not supports([statement.text], denied, language)


@settings(max_examples=300, deadline=None)
@given(some.sampled_from(STATEMENTS), some.data())
def test_no_statement_supports_itself_with_another_figure(
    known: tuple[Language, Statement], data: some.DataObject
) -> None:
    language, statement = known
    places = [place for place, letter in enumerate(statement.text) if letter.isdigit()]
    if places:
        place = data.draw(some.sampled_from(places))
        other = data.draw(some.sampled_from([one for one in "0123456789" if one != statement.text[place]]))
        changed = f"{statement.text[:place]}{other}{statement.text[place + 1 :]}"
        assert not supports([statement.text], changed, language)


@settings(max_examples=200, deadline=None)
@given(some.sampled_from(STATEMENTS), some.sampled_from(STATEMENTS))
def test_no_statement_backs_another_that_says_something_else(
    one: tuple[Language, Statement], other: tuple[Language, Statement]
) -> None:
    shorter, longer = sorted((one[1].text, other[1].text), key=len)
    if one[0] == other[0] and not longer.startswith(shorter[:20]):
        assert not supports([shorter], longer, one[0])
