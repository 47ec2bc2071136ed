"""A word that is spelled right is never taken for another one."""

from __future__ import annotations

import pytest

from actions.answers.slips import mend
from actions.answers.text import words

KNOWN = frozenset({"cuesta", "corta", "flood", "depth", "madre", "pagar", "together", "divorced", "separated", "viuda"})


@pytest.mark.parametrize("text", ["cuenta", "carta", "food", "death", "made", "pasar"])
def test_a_real_word_stays_as_it_is(text: str) -> None:
    assert mend(words(text), KNOWN) == (text,)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("togther", "together"), ("divorsed", "divorced"), ("seperated", "separated"), ("biuda", "viuda")],
)
def test_a_slip_is_put_right(typed: str, meant: str) -> None:
    assert mend(words(typed), KNOWN) == (meant,)
