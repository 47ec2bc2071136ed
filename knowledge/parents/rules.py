"""The rules in plain words, English and Spanish, each with its source."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, get_args

from pydantic import BaseModel, ConfigDict, Field

from knowledge.award_years.model import Confidence, Section, Source
from knowledge.errors import KnowledgeError
from knowledge.notes import Language
from knowledge.parents.model import Reason
from knowledge.tables import read_table

_FILE = Path(__file__).parent / "rules.yml"
_Words = Annotated[str, Field(min_length=1)]


class ParentRulesError(KnowledgeError):
    """The file `path` breaks its format; the message names the place."""

    def __init__(self, path: Path, what: str) -> None:
        self.path = path
        super().__init__(f"{path} cannot be used: {what}")


class Rule(Section):
    """A rule of rules.yml. `as_of`: the day its source was last known to say so."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Reason
    text_en: _Words
    text_es: _Words
    as_of: date


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    sources: tuple[Source, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A rule in the words of one language, ready to be shown with its source."""

    text: str
    source: tuple[Source, ...]
    as_of: date
    confidence: Confidence


def say(reason: Reason, language: Language) -> Explanation:
    """Why, in plain words. Raises ParentRulesError when rules.yml cannot be used."""
    rule = rules()[reason]
    return Explanation(rule.text_es if language == "es" else rule.text_en, rule.source, rule.as_of, rule.confidence)


@cache
def rules() -> dict[Reason, Rule]:
    """Every rule by id. Raises ParentRulesError."""
    return read(_FILE)


def read(path: Path) -> dict[Reason, Rule]:
    """The rules of one file: each id once, none left out. Raises ParentRulesError naming the first wrong place."""
    listed = read_table(path, _File, ParentRulesError).rules
    by_id = {rule.id: rule for rule in listed}
    if len(by_id) < len(listed):
        ids = [rule.id for rule in listed]
        raise ParentRulesError(path, f"rules: {next(one for one in ids if ids.count(one) > 1)} stands there twice")
    for reason in get_args(Reason):
        if reason not in by_id:
            raise ParentRulesError(path, f"rules: {reason} is missing")
    return by_id
