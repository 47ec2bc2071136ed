"""The quick estimate: what it assumes in place of the answers it does not ask for."""

from dataclasses import dataclass
from datetime import date

from knowledge.canonical import Answers, is_given
from knowledge.sai.answers import from_partial_answers, usual_filing_status
from knowledge.sai.inputs import MONEY_OF_A_PERSON, MONEY_OF_ASSETS, EstimateInputs

_ONE_YES_OR_NO_EACH = ("means_tested_benefit", "eitc_received")
_SAME_FOR_BOTH = ("married_joint", "married_separate")
_NO_RETURN = ("nonfiler", "foreign_nonfiler")


@dataclass(frozen=True, slots=True)
class QuickAnswers:
    """`answers` are the given ones and the assumed ones; `assumed` names the latter, in a fixed order."""

    answers: dict[str, object]
    assumed: tuple[str, ...]


def assume(answers: Answers, today: date) -> QuickAnswers:
    """Fills in what a quick estimate leaves out. Given answers are never changed. Raises AnswerError.

    Joint returns for married couples, head of household for unmarried people with dependents, else single;
    earned income equal to adjusted gross income; no income tax, so that the index errs on the high side; a
    second person who files, or does not, like the first; no schedules, benefits, earned income credit,
    additions, offsets, assets, or income of a dependent student; full-time study. The adjusted gross income of
    whoever counts is never assumed.
    """
    known = from_partial_answers(answers, today)
    usual = dict.fromkeys(_ONE_YES_OR_NO_EACH, "no") | _of_people(answers, known)
    usual |= {f"{who}_{name}": 0 for who in _owners(known) for name in MONEY_OF_ASSETS}
    usual["enrollment"] = "full_time"
    missing = {name: value for name, value in usual.items() if not is_given(answers, name)}
    return QuickAnswers({**answers, **missing}, tuple(missing))


def _owners(known: EstimateInputs) -> tuple[str, ...]:
    return ("parent", "student") if known.is_dependent else ("student",)


def _of_people(answers: Answers, known: EstimateInputs) -> dict[str, object]:
    first, second = ("parent", "other_parent") if known.is_dependent else ("student", "student_spouse")
    filer = answers.get(f"{first}_filer_class") or "us_filer"
    status = answers.get(f"{first}_filing_status") or usual_filing_status(known.family, first)
    usual = _of_one(first, filer, status, answers.get(f"{first}_agi"))
    if known.deciding_pair:
        with_first = status if status in _SAME_FOR_BOTH else "single"
        usual |= _of_one(second, filer, with_first, answers.get(f"{second}_agi"))
    if known.is_dependent:
        agi = answers.get("student_agi")
        usual |= _of_one("student", "us_filer" if agi else "nonfiler", "single", agi)
    return usual


def _of_one(who: str, filer: object, status: object, agi: object) -> dict[str, object]:
    usual: dict[str, object] = {f"{who}_filer_class": filer}
    if filer in _NO_RETURN:
        return usual
    usual |= {f"{who}_filing_status": status, f"{who}_files_schedule_abdefh": "no"}
    usual |= {f"{who}_{name}": 0 for name in MONEY_OF_A_PERSON if name != "agi"}
    usual[f"{who}_earned_income"] = agi or 0
    return usual
