"""Parsers of what people type, in English and Spanish: pure functions, no input or output.

Each gives a `Parsed` outcome and never raises on any text.
"""

from actions.answers.award_year import award_year_of, parse_award_year
from actions.answers.choice import Choice, parse_choice
from actions.answers.command import Command, command
from actions.answers.contact import parse_email, parse_name, parse_phone
from actions.answers.correction import LAST, UNKNOWN, Correction, correction
from actions.answers.count import parse_count
from actions.answers.dates import Day, parse_birth_date, parse_birth_year, parse_date
from actions.answers.money import parse_money
from actions.answers.parsed import Parsed, Status
from actions.answers.question import looks_like_question, question_score
from actions.answers.rate import parse_rate
from actions.answers.school import parse_school
from actions.answers.state import ABROAD, parse_state, state_codes
from actions.answers.yes_no import YesNo, parse_yes_no

__all__ = [
    "ABROAD",
    "LAST",
    "UNKNOWN",
    "Choice",
    "Command",
    "Correction",
    "Day",
    "Parsed",
    "Status",
    "YesNo",
    "award_year_of",
    "command",
    "correction",
    "looks_like_question",
    "parse_award_year",
    "parse_birth_date",
    "parse_birth_year",
    "parse_choice",
    "parse_count",
    "parse_date",
    "parse_email",
    "parse_money",
    "parse_name",
    "parse_phone",
    "parse_rate",
    "parse_school",
    "parse_state",
    "parse_yes_no",
    "question_score",
    "state_codes",
]
