"""The page that draws the flows shows them as they are."""

from __future__ import annotations

import pytest

from actions.flow.diagram import page
from aidline.settings import PROJECT


@pytest.mark.timeout(400)  # a hundred people walk through every flow; 80 s alone on a slow core
def test_the_drawn_flows_are_the_flows() -> None:
    drawn = (PROJECT / "docs/flows.md").read_text(encoding="utf-8")
    assert drawn == page(), "Draw them again: uv run python -m actions.flow.diagram > docs/flows.md"
