"""What a school may do about special circumstances, in words with a source."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from knowledge import special_circumstances as module
from knowledge.errors import SpecialCircumstancesError
from knowledge.special_circumstances import REASONS, SpecialCircumstances, special_circumstances
from knowledge.tables import read_table


def test_every_statement_has_words_in_both_languages_and_a_source() -> None:
    for name, statement in special_circumstances().statements.items():
        assert statement.en.endswith("."), name
        assert statement.es.endswith("."), name
        assert all(source.url and source.url.startswith("https://") for source in statement.source), name


@pytest.mark.parametrize("reason", [*REASONS, None, "nothing known"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_reason_has_papers_that_help(reason: str | None, language: str) -> None:
    assert len(special_circumstances().papers.listed(reason, language)) >= 2


def test_a_reason_without_papers_is_refused(tmp_path: Path) -> None:
    data = yaml.safe_load(Path(module.__file__).with_suffix(".yml").read_text(encoding="utf-8"))
    del data["papers"]["by_reason"]["death"]
    path = tmp_path / "broken.yml"
    path.write_text(yaml.safe_dump(data), encoding="utf-8")
    with pytest.raises(SpecialCircumstancesError, match="papers"):
        read_table(path, SpecialCircumstances, SpecialCircumstancesError)
