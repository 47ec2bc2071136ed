"""Which case of the guide fits somebody, and what it says. Pure."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from knowledge.award_years import available, load
from knowledge.canonical import Answers, is_given
from knowledge.cited import Citation, Sentence, cite
from knowledge.errors import AnswerError
from knowledge.fafsa_status.guide import Guide, NextStep, When, guide
from knowledge.figures import figures

__all__ = ["FormStatus", "Standing", "explain", "is_late", "year_is_over"]


@dataclass(frozen=True, slots=True)
class FormStatus:
    """A FAFSA as its owner describes it, in canonical values; None where they did not say.

    `submitted` is a day, or a month ("2026-10"). `award_year` is only used when it was named.
    """

    fafsa_status: str | None = None
    status_reason: str | None = None
    who_missing: str | None = None
    submitted: str | None = None
    award_year: str | None = None

    @classmethod
    def of(cls, answers: Answers) -> "FormStatus":
        """From canonical answers."""
        names = ("fafsa_status", "status_reason", "who_missing", "submitted_date", "award_year")
        return cls(*(str(answers[name]) if is_given(answers, name) else None for name in names))


@dataclass(frozen=True, slots=True)
class Standing:
    """What it means, what to do in order, and where that stands."""

    next_step: NextStep
    meaning: str
    steps: tuple[str, ...]
    citations: tuple[Citation, ...]


def explain(form: FormStatus, today: date, language: str) -> Standing:
    """The standing of a form on a day, in words of that language (en, es). Raises AnswerError, GuideError."""
    rules = guide()
    over = year_is_over(form.award_year, today)
    late = is_late(form.submitted, today)
    case = next(one for one in rules.cases if _fits(one.when, form, late=late, over=over))
    meaning = rules.meanings[case.meaning or form.fafsa_status or "unknown"]
    sentences = (meaning, *(rules.steps[step] for step in case.steps))
    words = tuple(_said(sentence, form, rules, language) for sentence in sentences)
    pages = (rules.pages[sentence.source] for sentence in sentences if sentence.source)
    return Standing(case.next_step, words[0], words[1:], cite(pages, language))


def year_is_over(award_year: str | None, today: date) -> bool:
    """Whether the form of that award year can no longer be sent; no for a year that has no tables."""
    return award_year in available() and today > load(str(award_year)).fafsa_form.federal_deadline


def is_late(submitted: str | None, today: date) -> bool:
    """Whether a form sent then has taken longer than any usually takes; of a month its last day counts.

    Raises AnswerError for what is neither a day nor a month.
    """
    if submitted is None:
        return False
    try:
        year, month, *day = (int(part) for part in submitted.split("-"))
        sent = date(year, month, day[0] if day else monthrange(year, month)[1])
    except ValueError as error:
        raise AnswerError("submitted_date", submitted, "a day or a month such as 2026-10") from error
    return (today - sent).days > guide().processing.paper_most


def _fits(when: When, form: FormStatus, *, late: bool, over: bool) -> bool:
    wanted = (
        (when.fafsa_status, form.fafsa_status),
        (when.status_reason, form.status_reason),
        (when.who_missing, form.who_missing),
    )
    if any(allowed and said not in allowed for allowed, said in wanted):
        return False
    return late >= when.late and over >= when.year_over


def _said(sentence: Sentence, form: FormStatus, rules: Guide, language: str) -> str:
    people = {str(who): words for who, words in rules.people.items()}
    named = people.get(form.who_missing or "", people["unknown"]).said(language)
    days = rules.processing.model_dump(exclude={"page"})
    text = figures().fill(sentence.said(language), language)
    return text.format(who=named, Who=named[:1].upper() + named[1:], **days)
