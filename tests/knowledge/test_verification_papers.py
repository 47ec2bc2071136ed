"""The guide to verification promises: papers for everybody, none that the IRS made needless, each with its page."""

from datetime import date
from itertools import product
from pathlib import Path
from typing import get_args

import pytest
import yaml

from knowledge.errors import AnswerError, GuideError
from knowledge.tables import read_table
from knowledge.verification import Selected, guide, papers
from knowledge.verification.guide import FilerClass, Guide, Whose

TODAY = date(2026, 11, 21)
FILE = Path(__file__).parents[2] / "knowledge/verification/guide.yml"


def taxes(student: tuple[bool, str], parent: tuple[bool, str] | None = None) -> dict[Whose, tuple[bool, str]]:
    return {"student": student} if parent is None else {"student": student, "parent": parent}


@pytest.mark.parametrize("language", ["en", "es"])
def test_everybody_gets_papers_and_steps_without_a_blank(language: str) -> None:
    for group, irs, filer, way, due in product(
        (None, "V1", "V4", "V5"), (True, False), get_args(FilerClass), (None, "video"), (None, "2026-12", "2026-11-01")
    ):
        chosen = Selected("2026-27", group, taxes((irs, filer), (False, "us_filer")), way, due)
        found = papers(chosen, TODAY, language)
        said = " ".join((*found.about, *found.papers, *found.steps))
        assert "{" not in said
        assert found.documents
        assert len(found.steps) in {3, 4}
        assert found.citations


def test_data_of_the_irs_needs_no_papers() -> None:
    found = papers(Selected("2026-27", "V1", taxes((True, "us_filer"), (False, "nonfiler"))), TODAY, "en")
    assert found.documents == ("nonfiler_statement", "w2", "family_size_statement")
    assert "Your tax data came straight from the IRS, so it needs no papers." in found.papers


def test_identity_is_no_part_of_v1_and_taxes_no_part_of_v4() -> None:
    assert "identity" not in papers(Selected("2026-27", "V1", taxes((False, "us_filer"))), TODAY, "en").documents
    assert papers(Selected("2026-27", "V4", taxes((False, "us_filer"))), TODAY, "en").documents == ("identity",)


def test_a_month_lasts_to_its_last_day() -> None:
    [last] = papers(Selected("2026-27", "V4", school_deadline="2026-11"), TODAY, "en").steps[-1:]
    assert "in November 2026" in last
    [last] = papers(Selected("2026-27", "V4", school_deadline="2026-10"), TODAY, "es").steps[-1:]
    assert "Ya pasó octubre de 2026" in last


@pytest.mark.parametrize(
    "chosen",
    [Selected("2026-27", "V4", school_deadline="soon"), Selected("2026-27", "V1", taxes((False, "astronaut")))],
)
def test_an_answer_that_is_none_is_refused(chosen: Selected) -> None:
    with pytest.raises(AnswerError):
        papers(chosen, TODAY, "en")


def test_every_page_of_the_guide_is_used() -> None:
    assert {one.source for one in guide().sentences()} == set(guide().pages)


def test_a_guide_without_one_of_the_papers_is_refused(tmp_path: Path) -> None:
    held = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    del held["documents"]["w2"]
    broken = tmp_path / "guide.yml"
    broken.write_text(yaml.safe_dump(held, allow_unicode=True), encoding="utf-8")
    with pytest.raises(GuideError, match="there is no document w2"):
        read_table(broken, Guide, GuideError)
