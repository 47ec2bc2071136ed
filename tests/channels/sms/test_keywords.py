"""Words of the phone network mean what they mean everywhere, and only as a whole message."""

from __future__ import annotations

import pytest

from channels.sms.keywords import keyword

MEANT = {
    "stop": ["STOP", "stop", "Stop.", "STOP ALL", "stopall", "Unsubscribe", "cancel", "END", "quit", "revoke",
             "opt out", "optout", "alto", "PARAR", "Cancelar", "baja", "stop texting me", "please stop"],
    "start": ["START", "start", "UNSTOP", "opt in", "alta", "comenzar"],
    "help": ["HELP", "help!", "info", "AYUDA", "ayuda"],
    "more": ["MORE", "more", "Más", "MAS", "mas", "more please", "más por favor"],
}  # fmt: skip
ORDINARY = [
    "I want to stop the form", "don't stop", "when does it end?", "help me with the FAFSA", "more than 45,000",
    "parar de estudiar", "necesito ayuda con la fafsa", "", "45,000", "no", "no más", "quiero más información", "¿?",
    "starting college", "cancel my scholarship?",
]  # fmt: skip


@pytest.mark.parametrize(("meaning", "text"), [(meaning, text) for meaning, texts in MEANT.items() for text in texts])
def test_a_word_of_the_network_is_understood_however_it_is_typed(meaning: str, text: str) -> None:
    assert keyword(text) == meaning


@pytest.mark.parametrize("text", ORDINARY)
def test_the_same_word_inside_a_sentence_means_nothing_special(text: str) -> None:
    assert keyword(text) is None


@pytest.mark.parametrize("text", ["3 more", "2 más", "$500 end"])
def test_an_answer_with_a_figure_is_an_answer(text: str) -> None:
    assert keyword(text) is None
