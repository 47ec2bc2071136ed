"""Reminders: a wish is on record once, with the number unreadable, and the latest one counts."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from aidline.storage.models import DeadLetter, Reminder
from aidline.storage.secrets import Vault
from channels.gateway import keys
from channels.gateway.queue import Effect
from channels.gateway.record import Recorder
from tests.channels.gateway.conftest import House

PHONE = "+15055550123"
WISH: dict[str, Any] = {
    "phone": PHONE, "language": "es", "award_year": "2026-27", "state": "NY", "federal_deadline": "2027-06-30",
    "state_date": "2027-06-30", "most_texts": 2, "at": "2026-11-21T17:05:00+00:00",
}  # fmt: skip


@pytest.fixture
def recorder(house: House, records: sessionmaker[Session], vault: Vault) -> Recorder:
    made = Recorder(house.client, records, vault, lambda _text: None, name="one")
    made.prepare()
    return made


def on_record(records: sessionmaker[Session]) -> list[Reminder]:
    with records() as session:
        return list(session.scalars(select(Reminder).order_by(Reminder.id)))


def test_a_wish_is_on_record_with_its_terms_and_its_number_unreadable(
    house: House, recorder: Recorder, records: sessionmaker[Session], vault: Vault
) -> None:
    person = house.someone()
    house.send(person, "m1", "505-555-0123")
    house.answer("Noted.", effects=(Effect("reminder", dict(WISH)),))
    recorder.step(wait_ms=1)
    [kept] = on_record(records)
    assert (kept.conversation_id, kept.award_year, kept.state, kept.language) == (person.id, "2026-27", "NY", "es")
    assert (kept.federal_deadline.isoformat(), kept.most_texts) == ("2027-06-30", 2)
    assert "5055550123" not in kept.phone
    assert vault.decrypt_phone(kept.phone) == PHONE
    assert kept.phone_hash == vault.hash_phone(PHONE)


def test_reading_a_wish_again_changes_nothing(house: House, recorder: Recorder, records: sessionmaker[Session]) -> None:
    house.send(house.someone(), "m1", "yes")
    house.answer("Noted.", effects=(Effect("reminder", dict(WISH)),))
    entries: Any = house.client.xrange(keys.RECORD)
    recorder.step(wait_ms=1)
    for _cursor, fields in entries:
        house.client.xadd(keys.RECORD, fields)
    recorder.step(wait_ms=1)
    assert len(on_record(records)) == 1


def test_the_latest_wish_for_a_year_counts_in_whatever_order_they_are_read(
    house: House, recorder: Recorder, records: sessionmaker[Session], vault: Vault
) -> None:
    later = {**WISH, "phone": "+15055550177", "at": "2026-11-22T09:00:00+00:00"}
    house.send(house.someone(), "m1", "yes")
    house.answer("Noted.", effects=(Effect("reminder", later), Effect("reminder", dict(WISH))))
    recorder.step(wait_ms=1)
    [kept] = on_record(records)
    assert vault.decrypt_phone(kept.phone) == "+15055550177"


def test_two_award_years_are_two_wishes(house: House, recorder: Recorder, records: sessionmaker[Session]) -> None:
    next_year = {**WISH, "award_year": "2027-28", "federal_deadline": "2028-06-30", "state_date": None}
    house.send(house.someone(), "m1", "yes")
    house.answer("Noted.", effects=(Effect("reminder", dict(WISH)), Effect("reminder", next_year)))
    recorder.step(wait_ms=1)
    assert [one.award_year for one in on_record(records)] == ["2026-27", "2027-28"]


@pytest.mark.parametrize(
    "wrong", [{"phone": "505"}, {"most_texts": 0}, {"award_year": "soon"}, {"state": None, "at": "x"}]
)
def test_a_wish_that_cannot_be_kept_is_set_aside_and_holds_up_nobody(
    house: House, recorder: Recorder, records: sessionmaker[Session], wrong: dict[str, Any]
) -> None:
    house.send(house.someone(), "m1", "yes")
    house.answer("Noted.", effects=(Effect("reminder", {**WISH, **wrong}),))
    recorder.step(wait_ms=1)
    assert on_record(records) == []
    with records() as session:
        assert session.scalars(select(DeadLetter)).one().kind == "reminder"
