"""The papers for somebody who was selected, and what to do with them. Pure."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from knowledge.award_years import load
from knowledge.canonical import Answers, is_given
from knowledge.cited import Citation, Sentence, cite
from knowledge.errors import AnswerError
from knowledge.figures import figures, say_date
from knowledge.verification.guide import Document, Guide, Step, Whose, guide

__all__ = ["Papers", "Selected", "papers"]

_COLUMNS: dict[Whose, tuple[str, str]] = {
    "student": ("data_from_irs", "student_filer_class"),
    "parent": ("parent_data_from_irs", "parent_filer_class"),
}


@dataclass(frozen=True, slots=True)
class Selected:
    """Somebody selected for verification, in canonical values; None where they did not say.

    `taxes` holds, for each person whose taxes count, whether the data came from the IRS and the kind of filer
    ("unknown" when nobody said).
    """

    award_year: str
    group: str | None = None
    taxes: dict[Whose, tuple[bool, str]] = field(default_factory=dict)
    identity_way: str | None = None
    school_deadline: str | None = None

    @classmethod
    def of(cls, answers: Answers, award_year: str, people: tuple[Whose, ...]) -> "Selected":
        """From canonical answers; `people` are those whose taxes are on the form."""
        taxes: dict[Whose, tuple[bool, str]] = {}
        for person in people:
            irs, filer = _COLUMNS[person]
            taxes[person] = (answers.get(irs) == "yes", str(answers.get(filer) or "unknown"))
        names = ("verification_group", "identity_way", "school_deadline")
        group, way, deadline = (str(answers[name]) if is_given(answers, name) else None for name in names)
        return cls(award_year, group, taxes, way, deadline)


@dataclass(frozen=True, slots=True)
class Papers:
    """What is asked for: the codes, what the group is about, each paper in words, the steps, and where it stands."""

    documents: tuple[Document, ...]
    about: tuple[str, ...]
    papers: tuple[str, ...]
    steps: tuple[str, ...]
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence with what fills its blanks."""

    sentence: Sentence
    blanks: dict[str, str] = field(default_factory=dict)


def papers(selected: Selected, today: date, language: str) -> Papers:
    """The papers and steps on a day, in words of that language (en, es). Raises AnswerError, GuideError."""
    rules = guide()
    group = next((rule for name, rule in rules.groups.items() if name == selected.group), rules.groups["unknown"])
    asked = list(_papers(selected, rules, group.checks, language))
    about = [_Line(group)]
    if selected.award_year != rules.award_year:
        years = {"award_year": selected.award_year, "notice_year": rules.award_year}
        about.append(_Line(rules.other_year, years))
    if "taxes" in group.checks and (False, "unknown") in selected.taxes.values():
        about.append(_Line(rules.filer_unknown))
    steps = list(_steps(selected, rules, "identity" in group.checks, today, language))
    tax_year = str(load(selected.award_year).income_tax_year)
    lines = (*about, *(line for _document, line in asked), *steps)
    # The steps' pages first: a phone shows one address, and that of the notice fills a text.
    pages = (rules.pages[line.sentence.source] for line in (*steps, *lines) if line.sentence.source)

    def said(line: _Line) -> str:
        text = figures().fill(line.sentence.said(language), language).format(tax_year=tax_year, **line.blanks)
        return text[:1].upper() + text[1:]

    return Papers(
        documents=tuple(dict.fromkeys(document for document, _line in asked if document is not None)),
        about=tuple(map(said, about)),
        papers=tuple(said(line) for _document, line in asked),
        steps=tuple(map(said, steps)),
        citations=cite(pages, language),
    )


def _papers(
    selected: Selected, rules: Guide, checks: tuple[str, ...], language: str
) -> Iterator[tuple[Document | None, _Line]]:
    """Each paper with its code; None for a line that only says that none is needed of somebody."""
    if "taxes" in checks:
        if selected.taxes and all(from_irs for from_irs, _filer in selected.taxes.values()):
            yield "none_from_irs", _Line(rules.documents["none_from_irs"])
        else:
            yield from _tax_papers(selected, rules, language)
        yield "family_size_statement", _Line(rules.documents["family_size_statement"])
    if "identity" in checks:
        yield "identity", _Line(rules.documents["identity"])


def _tax_papers(selected: Selected, rules: Guide, language: str) -> Iterator[tuple[Document | None, _Line]]:
    for person, (from_irs, filer) in selected.taxes.items():
        blanks = rules.people[person].said(language)
        if from_irs:
            yield None, _Line(rules.from_irs, blanks)
            continue
        wanted = next((papers for kind, papers in rules.by_filer.items() if kind == filer), None)
        if wanted is None:
            raise AnswerError(f"{person}_filer_class", filer, "one of " + ", ".join(rules.by_filer))
        for document in wanted:
            yield document, _Line(rules.documents[document], blanks)


def _steps(selected: Selected, rules: Guide, identity: bool, today: date, language: str) -> Iterator[_Line]:
    yield _Line(rules.steps["school_list"])
    if identity:
        ways = {str(name): sentence for name, sentence in rules.identity_ways.items()}
        yield _Line(ways.get(selected.identity_way or "unknown", ways["unknown"]))
    yield _Line(rules.steps["send"])
    step, deadline = _due(selected.school_deadline, today, language)
    yield _Line(rules.steps[step], {"deadline": deadline})


def _due(deadline: str | None, today: date, language: str) -> tuple[Step, str]:
    """What to say of the school's date, and the date in words; a month lasts to its last day."""
    if deadline is None:
        return "ask_date", ""
    try:
        year, month, *day = (int(part) for part in deadline.split("-"))
        last = date(year, month, day[0] if day else monthrange(year, month)[1])
    except ValueError as error:
        raise AnswerError("school_deadline", deadline, "a day or a month such as 2026-12") from error
    if day:
        return "date_passed" if last < today else "by_date", say_date(last, language)
    return "month_passed" if last < today else "in_month", say_month(last, language)


def say_month(day: date, language: str) -> str:
    """The month of a day as people write it: December 2026, diciembre de 2026."""
    if language == "es":
        return say_date(day, language).split(" de ", 1)[1]
    month, _day, year = say_date(day, language).split()
    return f"{month} {year}"
