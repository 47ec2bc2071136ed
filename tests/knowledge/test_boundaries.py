"""What the boundaries promise: care first, no help with harm, a kind no to the rest, real questions left alone."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from knowledge.boundaries import Boundary, BoundaryError, boundaries, boundary, crossed, language_of
from knowledge.boundaries.model import Entry, Phrases
from knowledge.boundaries.shelf import marks
from knowledge.notes import LANGUAGES, Language
from knowledge.replies import fixed_replies
from knowledge.upkeep.reading import grade

NOTES = Path(__file__).parents[2] / "knowledge" / "articles"
EACH = pytest.mark.parametrize("one", boundaries(), ids=lambda one: one.name)
IN_BOTH = pytest.mark.parametrize("language", LANGUAGES)

PERSON = {"en": ("person",), "es": ("persona",)}
DECLINES = {"en": "I can't", "es": "No puedo"}
AID = {"en": r"FAFSA|grants|loans|aid", "es": r"FAFSA|becas|préstamos|ayuda"}
OFFICES = {
    "aid-office": (r"financial aid office", r"oficina de ayuda económica"),
    "library": (r"library", r"biblioteca"),
    "registrar": (r"registrar", r"registrar"),
    "advising": (r"academic advis", r"consejero académico|academic advising"),
    "it-help-desk": (r"IT help desk", r"IT help desk"),
    "student-services": (r"student services", r"student services"),
    "business-office": (r"business office", r"business office"),
    "shares-bank-or-card": (r"business office", r"business office"),
    "admissions": (r"admissions office", r"oficina de admisiones"),
    "homework": (r"student services", r"student services"),
    "jobs": (r"student services", r"student services"),
}


def name_of(text: str) -> str | None:
    found = crossed(text)
    return found[0].name if found else None


# --- the list itself


def test_care_comes_before_all_else_and_talk_after_all_else() -> None:
    order = ["unsafe", "handoff", "outside", "talk"]
    kinds = [order.index(one.kind) for one in boundaries()]
    assert boundaries()[0].name == "crisis"
    assert all(first <= then for first, then in pairwise(kinds))


@EACH
def test_a_reply_says_the_same_with_the_same_sources_in_both_languages(one: Boundary) -> None:
    english, spanish = one.sentences["en"], one.sentences["es"]
    assert [said.source for said in english] == [said.source for said in spanish]
    assert all(here.text != there.text for here, there in zip(english, spanish, strict=True))
    assert {said.source for said in english if said.source} == one.sources.keys()


@EACH
@IN_BOTH
def test_a_reply_is_two_to_four_short_sentences_that_fit_a_few_texts(one: Boundary, language: Language) -> None:
    assert 1 <= len(one.sentences[language]) <= 4
    assert len(one.text(language)) <= (400 if language == "en" else 440)
    assert "{{" not in one.text(language)


@EACH
@IN_BOTH
def test_no_figure_is_said_without_a_source(one: Boundary, language: Language) -> None:
    for said in one.sentences[language]:
        assert said.source or not re.search(r"\d", said.text), said.text


@EACH
@IN_BOTH
def test_a_figure_is_the_same_in_both_languages(one: Boundary, language: Language) -> None:
    # Spanish callers press 2 at 988; English callers press nothing.
    def figures(of: Language) -> set[str]:
        return set(re.findall(r"\d(?:[\d,-]*\d)?", one.text(of))) - {"2"}

    assert figures(language) == figures("en")


@EACH
def test_a_reply_reads_at_grade_eight_or_below(one: Boundary) -> None:
    assert grade(one.text("en"), "en") <= 8.0


@EACH
def test_spanish_speaks_to_usted(one: Boundary) -> None:
    familiar = r"(?i)\b(?:tú|tu|tus|te|ti|puedes|tienes|quieres|llama|escribe|manda|dime|eres|necesitas)\b"
    assert not re.findall(familiar, one.text("es"))


@EACH
@IN_BOTH
def test_examples_are_many_or_none_and_all_different(one: Boundary, language: Language) -> None:
    asked = one.asked[language]
    assert not asked or len(asked) >= 8
    assert len(set(asked)) == len(asked)


@IN_BOTH
def test_no_example_belongs_to_two_boundaries(language: Language) -> None:
    asked = [example for one in boundaries() for example in one.asked[language]]
    assert len(set(asked)) == len(asked)


@EACH
@IN_BOTH
def test_patterns_never_send_an_example_to_another_kind_of_reply(one: Boundary, language: Language) -> None:
    for example in one.asked[language]:
        found = crossed(example)
        assert found is None or found[0].kind == one.kind or found[0].kind in ("unsafe", "handoff"), example


@EACH
def test_a_boundary_is_met_by_patterns_or_has_examples_to_be_found_by(one: Boundary) -> None:
    met = [example for language in LANGUAGES for example in one.asked[language] if name_of(example) == one.name]
    assert len(met) >= 5 or not any(one.asked.values())


# --- what each reply must say


@IN_BOTH
def test_a_crisis_gets_988_before_any_word_about_aid(language: Language) -> None:
    text = boundary("crisis").text(language)
    assert boundary("crisis").sentences[language] == fixed_replies().sentences("crisis", language)
    assert text.index("988") < text.index({"en": "your aid", "es": "ayuda económica"}[language])


@IN_BOTH
@pytest.mark.parametrize("name", ["distress", "danger-at-home"])
def test_someone_in_need_hears_care_first_then_where_help_is_now_then_the_aid_office(
    name: str, language: Language
) -> None:
    text = boundary(name).text(language)
    number = {"distress": "211", "danger-at-home": "1-800-799-7233"}[name]
    office = {"en": "financial aid office", "es": "oficina de ayuda económica"}[language]
    assert {"en": "sorry", "es": "Lo siento"}[language] in text.split(".")[0]
    assert text.index(number) < text.index(office)


@IN_BOTH
@pytest.mark.parametrize(
    "name",
    [
        *(one.name for one in boundaries() if one.kind == "handoff"),
        *("crisis", "distress", "danger-at-home", "legal-advice", "abuse", "human-or-bot", "what-can-you-do"),
    ],
)
def test_a_person_is_offered_where_only_a_person_will_do(name: str, language: Language) -> None:
    assert re.search("|".join(PERSON[language]), boundary(name).text(language))


@IN_BOTH
def test_whoever_asks_for_a_person_hears_all_three_ways_to_one(language: Language) -> None:
    text = boundary("person").text(language)
    assert {"en": '"person"', "es": '"persona"'}[language] in text
    assert {"en": "financial aid office", "es": "oficina de ayuda económica"}[language] in text
    assert "1-800-433-3243" in text


@pytest.mark.parametrize(
    "text",
    [
        "this thing is useless give me a real person",
        "you suck let me talk to a human",
        "no sirves para nada quiero una persona",
    ],
)
def test_whoever_is_cross_and_asks_for_a_person_is_not_told_off(text: str) -> None:
    found = crossed(text)
    assert found is None or found[0].kind == "handoff"


@IN_BOTH
@pytest.mark.parametrize("name", [one.name for one in boundaries() if one.name.startswith("fraud")])
def test_fraud_is_refused_with_its_price_and_an_honest_way(name: str, language: Language) -> None:
    one = boundary(name)
    assert one.text(language).startswith(DECLINES[language])
    penalty = next(said for said in one.sentences[language] if "$20,000" in said.text)
    assert penalty.source == "false-statements"
    assert re.search({"en": "prison", "es": "cárcel"}[language], penalty.text)
    assert {"en": "financial aid office", "es": "oficina de ayuda económica"}[language] in one.text(language)


@IN_BOTH
def test_taking_the_refund_and_leaving_may_have_to_be_paid_back(language: Language) -> None:
    assert {"en": "pay money back", "es": "pagar dinero de vuelta"}[language] in boundary("fraud-refund").text(language)


@IN_BOTH
@pytest.mark.parametrize("name", [one.name for one in boundaries() if one.name.startswith("shares-")])
def test_whoever_shares_a_secret_is_told_not_to_and_that_none_is_kept(name: str, language: Language) -> None:
    text = boundary(name).text(language)
    assert text.startswith({"en": "Please don't send", "es": "Por favor no mande aquí"}[language])
    assert re.search({"en": r"I never ask for", "es": r"Nunca l[oa]s? pido"}[language], text)
    assert re.search({"en": r"or keep", "es": r"ni l[oa]s? guardo"}[language], text)


@IN_BOTH
def test_records_of_others_are_refused_by_the_name_of_the_law(language: Language) -> None:
    text = boundary("third-party").text(language)
    assert text.startswith(DECLINES[language])
    assert "FERPA" in text
    assert {"en": "written permission", "es": "permiso por escrito"}[language] in text


@IN_BOTH
@pytest.mark.parametrize("name", [one.name for one in boundaries() if one.kind == "outside"])
def test_a_no_is_said_in_so_many_words_and_followed_by_what_aidline_can_help_with(
    name: str, language: Language
) -> None:
    sentences = boundary(name).sentences[language]
    assert sentences[0].text.startswith({"en": "I can't help with", "es": "No puedo ayudarle"}[language])
    assert re.search(AID[language], " ".join(said.text for said in sentences[1:]))


@IN_BOTH
@pytest.mark.parametrize("name", OFFICES)
def test_the_right_office_of_the_school_is_named(name: str, language: Language) -> None:
    assert re.search(OFFICES[name][LANGUAGES.index(language)], boundary(name).text(language))


@IN_BOTH
def test_no_reply_gives_hours_doses_or_forecasts(language: Language) -> None:
    for one in boundaries():
        assert not re.search(r"(?i)\b(?:a\.?m\.?|p\.?m\.?|mg|milligrams?|degrees|lunes|monday)\b", one.text(language))


@IN_BOTH
def test_planted_orders_are_refused_without_a_word_of_aidlines_own_instructions(language: Language) -> None:
    text = boundary("injection").text(language)
    assert text.startswith(DECLINES[language])
    assert text.endswith("?")
    assert not re.search(r"(?i)prompt|boundar|pattern|redact|llama", text)


@IN_BOTH
def test_openings_that_say_too_little_get_a_question_back(language: Language) -> None:
    assert "?" in boundary("which-subject").text(language)
    assert "?" in boundary("which-question").text(language)
    assert "?" in boundary("bare-fafsa").text(language)


# --- files that break the format


def test_a_boundary_needs_a_reply_and_a_way_to_be_met() -> None:
    with pytest.raises(ValueError, match="reply"):
        Entry(name="x", kind="talk", whole=Phrases(en=("x",)))
    with pytest.raises(ValueError, match="patterns or examples"):
        Entry(name="x", kind="talk", reply_named="unknown")


def test_an_unknown_name_is_an_error_not_a_silence() -> None:
    with pytest.raises(KeyError):
        boundary("no-such")
    with pytest.raises(KeyError):
        language_of("no-such", "hello")


def test_a_wrong_file_is_named_with_what_is_wrong() -> None:
    error = BoundaryError(Path("care.yml"), "a pattern is wrong")
    assert str(error) == "care.yml cannot be used: a pattern is wrong"


def test_every_pattern_is_over_folded_text() -> None:
    """Capitals or accents could never match."""
    for marked in marks():
        for patterns in (marked.patterns, marked.whole, marked.unless):
            for pattern in patterns.values():
                bare = re.sub(r"\\.|\(\?P?[<=!:a-zA-Z]*", "", pattern.pattern)
                assert bare == bare.lower(), marked.boundary.name
                assert not re.search("[áéíóúñü¿¡’]", bare), marked.boundary.name
