"""What our personas expect of the formula is what their comments say it was worked out from."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

from aidline.evaluation.conversations.files import read_persona
from aidline.evaluation.conversations.matching import Within
from aidline.sai import estimate_report
from aidline.settings import PROJECT

FILES = sorted(
    path
    for path in (PROJECT / "tests/personas/estimate_aid").glob("*.yml")
    # Others say in words what was worked out elsewhere.
    if re.search(r"^# .*\w+=\S", path.read_text(encoding="utf-8"), re.MULTILINE)
)


def facts_of(path: Path) -> tuple[dict[str, str], dict[str, list[str]]]:
    """The comment at the top: canonical answers, and after `quick:` those of which several are possible."""
    lines = [line.lstrip("# ") for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    given, _, open_ones = " ".join(lines).partition(" quick: ")
    pairs = dict(re.findall(r"(\w+)=(\S+)", given))
    return pairs, {name: values.split(",") for name, values in re.findall(r"(\w+)=(\S+)", open_ones)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_expected_figures_follow_from_the_facts_beside_them(path: Path) -> None:
    facts, open_ones = facts_of(path)
    expected = read_persona(path).expect.values
    if not open_ones:
        values = estimate_report(facts)["values"]
        wrong = {name: (values.get(name), str(one)) for name, one in expected.items()
                 if name != "depth" and not one.holds(values.get(name))}  # fmt: skip
        assert wrong == {}
        return
    ways = [dict(zip(open_ones, way, strict=True)) for way in product(*open_ones.values())]
    indexes = [estimate_report({**facts, **way})["values"]["sai"] for way in ({}, *ways)]
    assert expected["sai"] == Within(min(indexes), max(indexes))
