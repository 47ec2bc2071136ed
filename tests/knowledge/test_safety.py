"""What safety promises: someone who may be in danger is heard first, in their own language."""

import pytest

from knowledge.replies import fixed_replies
from knowledge.safety import crisis


@pytest.mark.parametrize(
    "text",
    [
        "I want to die",
        "i dont want to live anymore",
        "I don’t want to be alive",
        "thinking about killing myself",
        "im suicidal",
        "i lost my aid and i wanna end my life",
        "there is no point in living",
        "i cant go on anymore",
        "my roommate says she will kill herself",
        "KMS if they deny my loan",
        "I WISH I WAS DEAD",
        "i might hurt myself tonight",
        "what if i just  end   it all",
        "i dont want to live with this pain",
    ],
)
def test_words_of_danger_in_english_are_heard(text: str) -> None:
    assert crisis(text) == "en"


@pytest.mark.parametrize(
    "text",
    [
        "ya no quiero vivir",
        "No quiero seguir viviendo",
        "me quiero morir",
        "quiero matarme",
        "pienso en el suicidio",
        "estoy pensando en quitarme la vida",
        "no tengo razón para vivir",
        "perdí la beca y mejor estaría muerta",
        "quiero hacerme daño",
        "no quiero vivir con este dolor",
    ],
)
def test_words_of_danger_in_spanish_are_heard(text: str) -> None:
    assert crisis(text) == "es"


@pytest.mark.parametrize(
    "text",
    [
        "my dad died last year, does my aid change?",
        "my father died by suicide, can i appeal",
        "this form is killing me",
        "I'm dying to know my SAI",
        "can my loans die with me",
        "do I want to live on campus or at home",
        "i don't want to live with my parents",
        "can i end my loan",
        "take my life insurance into account?",
        "will interest kill my budget",
        "mi papá murió el año pasado",
        "no quiero vivir con mis papás",
        "quiero vivir en el campus",
        "se me va a morir la beca",
        "¿qué pasa con mi préstamo si me muero?",
        "",
    ],
)
def test_everyday_words_are_not_taken_for_danger(text: str) -> None:
    assert crisis(text) is None


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_reply_gives_988_before_any_word_about_aid(language: str) -> None:
    replies = fixed_replies()
    texts = [one.text for one in replies.sentences("crisis", language)]  # type: ignore[arg-type]
    aid = next(place for place, text in enumerate(texts) if "aid" in text or "ayuda económica" in text)
    assert any("988" in text for text in texts[:aid])


def test_fixed_replies_say_as_much_in_spanish_and_cite_only_sources_they_have() -> None:
    replies = fixed_replies()
    for name in replies.replies:
        english, spanish = replies.sentences(name, "en"), replies.sentences(name, "es")
        assert [one.source for one in english] == [one.source for one in spanish]
        assert {one.source for one in english if one.source} <= replies.sources.keys()
