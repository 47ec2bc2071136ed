"""What people ask in passing, in the middle of a form, finds the note on that and not one with a word in common."""

import pytest

from knowledge.answer import Answerer
from knowledge.boundaries import boundaries
from knowledge.library import library
from knowledge.notes import Language
from knowledge.search import Searcher


@pytest.fixture(scope="module")
def answerer() -> Answerer:
    notes = library()
    return Answerer(notes, Searcher(notes, boundaries()), None)


@pytest.mark.parametrize(
    ("question", "language", "note_id"),
    [
        ("what counts, just my husband's or both of ours", "en", "contributor-spouse"),
        ("van a avisarle a la migra si lleno esto?", "es", "noncitizen-fafsa-safety"),
        ("why the hell do you need to know whats in MY bank account", "en", "assets-why-asked"),
        ("por que quieren saber lo que tengo en el banco", "es", "assets-why-asked"),
        ("y cuenta la renta o solo lo de la escuela?", "es", "cost-of-attendance"),
        ("do i count my overtime", "en", "income-overtime-tips"),
        ("when is it due", "en", "fafsa-deadlines"),
        ("para cuando es?", "es", "fafsa-deadlines"),
        ("soy la mama, cuanto me prestan para mi hija", "es", "parent-plus-limits"),
        ("how much can i borrow as his mother", "en", "parent-plus-limits"),
        ("can my dad take out a loan for me", "en", "parent-plus-who-can-borrow"),
    ],
)
def test_a_question_in_passing_finds_its_own_note(
    answerer: Answerer, question: str, language: Language, note_id: str
) -> None:
    assert answerer.answer(question, language).note_id == note_id


@pytest.mark.parametrize("said", ["cuanta ayuda me toca rápido", "rapido porfa, cuanta ayuda me dan en 2026-27"])
def test_somebody_in_a_hurry_does_not_hear_of_the_repayment_plan_rap(answerer: Answerer, said: str) -> None:
    assert "rap" not in (answerer.answer(said, "es").note_id or "").split("-")


@pytest.mark.parametrize(
    ("said", "language"),
    [("never got any", "en"), ("he passed away", "en"), ("not that one", "en"), ("nunca he pedido", "es")],
)
def test_a_few_words_that_ask_nothing_are_near_no_note(answerer: Answerer, said: str, language: Language) -> None:
    assert answerer.nearness(said, language) < 0.5


@pytest.mark.parametrize(
    ("said", "language"),
    [("what is sai", "en"), ("fafsa deadline", "en"), ("que es la pell", "es"), ("never got my pell?", "en")],
)
def test_a_few_words_that_name_the_subject_or_ask_are_as_near_as_ever(
    answerer: Answerer, said: str, language: Language
) -> None:
    assert answerer.nearness(said, language) >= 0.5


@pytest.mark.parametrize(
    ("question", "language", "note_id"),
    [
        ("wuts subsidized", "en", "loan-subsidized-vs-unsubsidized"),
        ("meaning of sai", "en", "sai"),
        ("wut r assets", "en", "assets"),
        ("hw can i find the agi", "en", "income-agi"),
        ("wen is fafsa due", "en", "fafsa-deadlines"),
        ("ke significa subsidiado", "es", "loan-subsidized-vs-unsubsidized"),
        ("k kiere decir sai", "es", "sai"),
        ("dnd encuentro el agi", "es", "income-agi"),
        ("kien cuenta de papa en la fafsa", "es", "parent-who-counts"),
    ],
)
def test_a_question_typed_as_it_sounds_finds_its_note(
    answerer: Answerer, question: str, language: Language, note_id: str
) -> None:
    assert answerer.answer(question, language).note_id == note_id


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("does our aid go up since my twin enrolls too", "en"),
        ("my bro starts uni in the fall as well, do we get more", "en"),
        ("theres two of us studying, is that cheaper", "en"),
        ("nos baja por ser gemelos los dos en la uni", "es"),
        ("ayuda que mi hermana ande en la universidad también", "es"),
    ],
)
def test_two_in_college_hear_that_it_no_longer_changes_the_index(
    answerer: Answerer, question: str, language: Language
) -> None:
    assert answerer.answer(question, language).note_id in {"siblings-in-college", "sai-siblings"}


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("is that what my boss withholds", "en"),
        ("so is it the money that came out of my checks", "en"),
        ("is that the refund we got", "en"),
        ("eso es lo que le descuentan en la nómina?", "es"),
        ("es el reembolso que nos llegó?", "es"),
    ],
)
def test_is_that_speaks_of_what_the_form_asks_for(answerer: Answerer, question: str, language: Language) -> None:
    asked = {"en": "your parents' income tax paid", "es": "impuesto sobre el ingreso de sus padres"}[language]
    found = answerer.answer(question, language, context=asked)
    assert found.note_id == "income-tax-paid"
    assert "withheld" in found.text


@pytest.mark.parametrize(("question", "language"), [("what does that mean", "en"), ("¿qué es eso?", "es")])
def test_what_is_that_is_about_what_the_form_asks_for(answerer: Answerer, question: str, language: Language) -> None:
    assert answerer.answer(question, language, context="AGI").note_id == "income-agi"
    assert answerer.answer(question, language).boundary == "which-question"


@pytest.mark.parametrize(
    ("question", "language", "note_id"),
    [
        ("is our double wide counted, we live in it", "en", "assets-home"),
        ("se cuenta el condominio en que vivimos", "es", "assets-home"),
        ("do they look at our minivan", "en", "assets-car-and-belongings"),
        ("se anota la camioneta", "es", "assets-car-and-belongings"),
        ("does he owe anything once he signs", "en", "contributor-does-not-pay"),
        ("al firmar queda de fiador?", "es", "contributor-does-not-pay"),
    ],
)
def test_what_a_family_has_and_signs_finds_its_note(
    answerer: Answerer, question: str, language: Language, note_id: str
) -> None:
    assert answerer.answer(question, language).note_id == note_id


@pytest.mark.parametrize(
    ("question", "language", "note_id"),
    [
        ("my neighbor swears you must see a notary, is she right?", "en", "verification-notary"),
        ("i read online that you have to pay back the pell grant. true or false", "en", "pell-pay-back"),
        ("my dad says the house we live in counts, is that true?", "en", "assets-home"),
        ("en facebook leí que la casa donde vivimos cuenta, ¿es verdad?", "es", "assets-home"),
        ("una señora me dijo que hay que pagar por llenar la fafsa, será cierto?", "es", "fafsa-free-official-site"),
        ("dicen que la beca pell se devuelve, es cierto eso?", "es", "pell-pay-back"),
    ],
)
def test_hearsay_is_answered_by_what_was_said(
    answerer: Answerer, question: str, language: Language, note_id: str
) -> None:
    assert answerer.answer(question, language).note_id == note_id


@pytest.mark.parametrize(
    ("question", "language", "note_id"),
    [
        ("so la casa donde vivimos, does it count?", "en", "assets-home"),
        ("el retiro de mi papá, is that something they count?", "en", "assets-retirement"),
        ("mi dad perdió su trabajo este año, can they look at our aid again", "en", "special-circumstances-job-loss"),
        ("oiga y my stepdad tiene que sign si está casado con my mom", "es", "parent-stepparent"),
    ],
)
def test_a_sentence_in_two_languages_finds_its_note(
    answerer: Answerer, question: str, language: Language, note_id: str
) -> None:
    assert answerer.answer(question, language).note_id == note_id


@pytest.mark.parametrize(
    ("question", "language", "note_id"),
    [
        ("is what i owe on my credit card counted", "en", "assets-debts"),
        ("do they count the payments on my truck", "en", "assets-debts"),
        ("y lo que debo en la tarjeta cuenta?", "es", "assets-debts"),
        ("is the house we own in guatemala counted", "en", "assets-rental-property"),
        ("cuenta la casa que tenemos en mi pueblo en méxico", "es", "assets-rental-property"),
        ("whats in box 2 of the w-2", "en", "income-tax-paid"),
        ("will they need my dad's ssn", "en", "account-parent-no-ssn"),
        ("is my stepmom forced to pay my tuition", "en", "contributor-does-not-pay"),
        ("si ella consiente la obligan a pagar?", "es", "contributor-does-not-pay"),
    ],
)
def test_debts_property_abroad_and_who_pays_find_their_notes(
    answerer: Answerer, question: str, language: Language, note_id: str
) -> None:
    assert answerer.answer(question, language).note_id == note_id


def test_a_parents_ssn_offered_here_is_still_refused(answerer: Answerer) -> None:
    assert answerer.answer("do you want my dad's ssn", "en").boundary == "shares-ssn"


@pytest.mark.parametrize(
    "asked", ["how much does college cost", "do i have to pay it back", "does work study cost me aid"]
)
def test_what_something_else_costs_is_not_taken_for_the_price_of_this_chat(answerer: Answerer, asked: str) -> None:
    assert answerer.answer(asked, "en").boundary is None


@pytest.mark.parametrize(
    ("question", "language", "note_id"),
    [
        ("should i list my stepsister too", "en", "family-size"),
        ("do my stepbrothers count", "en", "family-size"),
        ("my dad is living in mexico now, does he go on it", "en", "parent-abroad"),
        ("mi papá está en méxico, lo pongo?", "es", "parent-abroad"),
        ("every year i have to do this again?", "en", "fafsa-every-year"),
        ("esto se hace cada año?", "es", "fafsa-every-year"),
        ("se pueden poner muchas universidades?", "es", "schools-limit-20"),
        ("what if im late answering the school", "en", "verification-deadline"),
        ("does the money in my cash app count", "en", "assets-cash-and-apps"),
        ("what comes after i send it in", "en", "submission-summary-what"),
        ("qué sigue después de mandarla", "es", "submission-summary-what"),
        ("would a fiance make me married", "en", "dependency-not-legally-married"),
        ("vivo con mi novia y un bebé, soy casado?", "es", "dependency-not-legally-married"),
        ("i only do rotc drill", "en", "dependency-rotc-training"),
        ("nomás entreno con la reserva un fin de semana", "es", "dependency-rotc-training"),
        ("got a general discharge, vet or no", "en", "veteran-who-counts"),
        ("i turned 18 last week so emancipated?", "en", "dependency-turned-18"),
        ("una carta del notario me hace tener tutor?", "es", "guardianship-or-custody"),
        ("juvenile probation when i was 16", "en", "ward-juvenile-justice"),
        ("dad was never in my life, mom raised me", "en", "parent-one-unknown"),
        ("does health insurance my dad pays count as support", "en", "support-what-counts"),
        ("le pagan en efectivo a mi mamá y no hace taxes", "es", "income-cash-no-return"),
        ("explain head of household", "en", "glossary-filing-status"),
        ("is agi what my paycheck says", "en", "income-agi-or-wages"),
        ("is a 401k rollover income", "en", "glossary-rollover"),
        ("only my baby sister gets wic", "en", "benefits-who-and-when"),
        ("el seguro de covered california cuenta", "es", "benefits-which-count"),
        ("la tanda que tengo guardada cuenta", "es", "assets-cash-and-apps"),
        ("the account has my mom's name and mine", "en", "assets-joint-account"),
        ("sophomore by time but freshman by credits", "en", "grade-level-which"),
        ("do i put my loans as other grants", "en", "other-grants-which"),
    ],
)
def test_everyday_questions_meet_their_own_note_and_no_refusal(
    answerer: Answerer, question: str, language: Language, note_id: str
) -> None:
    assert answerer.answer(question, language).note_id == note_id
