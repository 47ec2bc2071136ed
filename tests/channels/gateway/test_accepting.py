"""Taking a message: once for good, redacted before anything is kept, in the person's language, within limits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from aidline.errors import Busy, NotSignedIn, RecordError, RedisUnavailable, TooMuch
from aidline.settings import Settings
from aidline.storage.redis import connect
from aidline.storage.secrets import Vault
from channels.gateway import keys
from channels.gateway.gateway import Gateway
from tests.channels.gateway.conftest import House
from tests.fakes import FakeClock

SSN = "my social is 123-45-6789"


def test_a_message_is_accepted_once_for_good(house: House) -> None:
    person = house.someone()
    assert house.send(person, "m1") == "accepted"
    assert house.send(person, "m1") == "duplicate"
    assert house.shown(person) == ["hello"]


def test_the_same_id_from_someone_else_is_another_message(house: House) -> None:
    assert house.send(house.someone(), "m1") == "accepted"
    assert house.send(house.someone(), "m1") == "accepted"


def test_a_message_is_still_a_duplicate_after_it_was_answered(house: House) -> None:
    person = house.someone()
    house.send(person, "m1")
    house.answer("Hi!")
    assert house.send(person, "m1") == "duplicate"
    assert house.shown(person) == ["hello", "Hi!"]


def test_too_many_waiting_messages_are_turned_away_and_can_be_sent_again_later(house: House) -> None:
    person = house.someone()
    for n in range(3):
        house.send(person, f"m{n}")
    with pytest.raises(TooMuch, match="earlier messages") as refused:
        house.send(person, "m3")
    assert refused.value.retry_after > 0
    house.answer("Hi!")
    assert house.send(person, "m3") == "accepted"


def test_when_too_many_people_wait_the_next_one_is_told_so_and_can_come_back(house: House) -> None:
    crowd = [house.someone() for _ in range(house.waiting_limit)]
    for person in crowd:
        house.send(person, "m1")
    late = house.someone(language="es")
    with pytest.raises(Busy, match="mucha gente") as refused:
        house.send(late, "m1")
    assert refused.value.retry_after > 0
    assert house.shown(late) == []
    assert house.send(crowd[0], "m1") == "duplicate", "who was accepted stays accepted"
    house.answer("Hi!")
    assert house.send(late, "m1") == "accepted"


def test_who_writes_too_fast_is_asked_to_wait_in_their_language(house: House) -> None:
    person = house.someone(language="es")
    for _ in range(8):
        house.send(person, "m1")
    with pytest.raises(TooMuch, match="mucho") as refused:
        house.send(person, "m1")
    assert refused.value.retry_after > 0


def test_one_address_cannot_start_conversations_without_end(house: House) -> None:
    for _ in range(120):
        house.gateway.allow_new("198.51.100.7")
    with pytest.raises(TooMuch):
        house.gateway.allow_new("198.51.100.7")
    house.gateway.allow_new("198.51.100.8")


def test_a_social_security_number_is_gone_before_anything_is_stored(house: House) -> None:
    person = house.someone()
    house.send(person, "m1", SSN)
    everything = [house.client.dump(key) or b"" for key in house.client.scan_iter()]
    assert everything
    assert house.shown(person) == ["my social is [removed SSN]"]
    assert all(b"6789" not in (value if isinstance(value, bytes) else str(value).encode()) for value in everything)
    assert house.answer("…").problem == "sensitive"


def test_ten_thousand_characters_are_kept_and_not_taken_for_an_answer(house: House) -> None:
    person = house.someone()
    house.send(person, "m1", "word " * 4_000)
    [kept] = house.shown(person)
    assert len(kept) == 10_000
    inbound = house.answer("Too long")
    assert inbound.problem == "too_long"
    assert len(inbound.text) == 2_000


@pytest.mark.parametrize(
    ("text", "media", "problem"),
    [("", False, "empty"), ("   \n", False, "empty"), ("", True, "media"), ("a photo of my W-2", True, None),
     ("0", False, None), ("mañana", False, None), ("年収はいくらですか 教えてください", False, "other_language")],
)  # fmt: skip
def test_what_cannot_be_read_is_marked_and_still_accepted(
    house: House, text: str, media: bool, problem: str | None
) -> None:
    house.send(house.someone(), "m1", text, media=media)
    assert house.answer("…").problem == problem


def test_the_language_of_the_first_message_is_kept_for_the_next(house: House) -> None:
    person = house.someone(language=None)
    house.send(person, "m1", "hola, quiero saber cuánta ayuda me toca")
    assert house.gateway.conversations.get(person.id).language == "es"
    house.send(person, "m2", "Texas")
    house.send(person, "m3", "no")
    assert [house.answer("…").language for _ in range(3)] == ["es", "es", "es"]


def test_a_clear_change_of_language_is_followed(house: House) -> None:
    person = house.someone(language="es")
    house.send(person, "m1", "can we please go on in the other language because my mom is reading this")
    assert house.answer("…").language == "en"
    assert house.gateway.conversations.get(person.id).language == "en"


def test_a_language_asked_for_by_name_stays_whatever_is_written(house: House) -> None:
    person = house.someone(language="en")
    said = [
        "can u switch to spanish? my mom wants to read it",
        "the hospital bills and all of the receipts",
        "in english please",
    ]
    for number, text in enumerate(said):
        house.send(person, f"m{number}", text)
    assert [house.answer("…").language for _ in said] == ["es", "es", "en"]


def test_the_language_chosen_on_the_page_counts_until_something_was_said(house: House) -> None:
    person = house.someone(language=None)
    house.send(person, "m1", "ok", language="es")
    assert house.gateway.conversations.get(person.id).language == "es"


def test_a_wrong_token_opens_nothing(house: House) -> None:
    conversation_id, token = house.gateway.conversations.start("web")
    assert house.gateway.conversations.open(conversation_id, token).id == conversation_id
    other_id, other_token = house.gateway.conversations.start("web")
    for wrong_id, wrong in ((conversation_id, other_token), (conversation_id, ""), ("nobody", token)):
        with pytest.raises(NotSignedIn):
            house.gateway.conversations.open(wrong_id, wrong)
    assert other_id != conversation_id


def test_a_token_is_not_kept_as_it_is(house: House) -> None:
    conversation_id, token = house.gateway.conversations.start("web")
    assert token not in str(house.client.hgetall(keys.conversation(conversation_id)))


def test_a_conversation_that_is_over_says_so(house: House) -> None:
    person = house.someone()
    house.client.delete(keys.conversation(person.id))
    with pytest.raises(RecordError, match="over"):
        house.gateway.conversations.get(person.id)


def test_a_phone_comes_back_to_its_conversation_and_is_unreadable_in_redis(house: House) -> None:
    first = house.gateway.conversations.of_phone("+15055550123")
    assert house.gateway.conversations.of_phone("+15055550123").id == first.id
    assert house.gateway.conversations.of_phone("+15055550124").id != first.id
    assert first.phone == "+15055550123"
    kept = {key: str(house.client.hgetall(key)) for key in house.client.keys(keys.PREFIX + "*")}
    assert "5055550123" not in str(kept) + str(house.client.keys())


def test_a_phone_whose_conversation_was_forgotten_gets_a_new_one(house: House) -> None:
    first = house.gateway.conversations.of_phone("+15055550123")
    house.client.delete(keys.conversation(first.id))
    again = house.gateway.conversations.of_phone("+15055550123")
    assert again.id != first.id
    assert house.gateway.conversations.of_phone("+15055550123").id == again.id


def test_without_redis_nothing_is_accepted_and_it_is_said(
    tmp_path: Path, vault: Vault, clock: FakeClock, settings_for: Callable[..., Settings], house: House
) -> None:
    person = house.someone()
    client = connect(f"unix://{tmp_path / 'none.sock'}", timeout=0.2)
    gateway = Gateway(client, vault, clock, settings_for())
    with pytest.raises(RedisUnavailable):
        gateway.accept(person, "m1", "hello")
    client.close()
    assert house.send(person, "m1") == "accepted"


def test_events_go_on_after_the_cursor_and_not_before(house: House) -> None:
    person = house.someone()
    house.send(person, "m1", "one")
    _messages, cursor = house.gateway.recent(person.id)
    assert list(house.gateway.events(person.id, cursor, wait_ms=1)) == []
    house.answer("two")
    [event] = house.gateway.events(person.id, cursor, wait_ms=1)
    assert (event.kind, event.data["text"], event.data["seq"]) == ("message", "two", 2)
