"""Whoever asked for a person is found, reached, and never dropped by accident."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from cryptography.fernet import Fernet

from aidline.storage.models import Handoff
from aidline.storage.secrets import Vault

if TYPE_CHECKING:
    from tests.channels.staff.conftest import Browser, Office


def waiting(browser: Browser) -> str:
    """What stands in the list of open hand-offs."""
    return browser.open("/staff/handoffs").text.split("Done lately")[0]


def test_an_open_handoff_shows_all_that_is_needed_to_reach_the_person(office: Office, maria: Browser) -> None:
    office.handoff("AL-7K2M", office.conversation("c1"), best_time="after 3 pm", contact_email="rosa@example.org")
    page = waiting(maria)
    for shown in (
        "AL-7K2M",
        "This week",
        "Nov 21, 2026, 5:05 PM EST",
        "Rosa Díaz",
        "Spanish",
        'href="tel:+15055550123"',
        "+1 505-555-0123",
        "rosa@example.org",
        "after 3 pm",
        "My aid was cut",
        'href="/staff/conversations/c1"',
    ):
        assert shown in page


def test_the_most_urgent_stand_first_then_the_longest_waiting(office: Office, maria: Browser) -> None:
    conversation = office.conversation("c1")
    hour = timedelta(hours=1)
    office.handoff("AL-LATER", conversation, urgency="whenever", created_at=office.clock.at - 9 * hour)
    office.handoff("AL-WEEK2", conversation, urgency="this_week", created_at=office.clock.at - hour)
    office.handoff("AL-WEEK1", conversation, urgency="this_week", created_at=office.clock.at - 2 * hour)
    office.handoff("AL-TODAY", conversation, urgency="today")
    page = waiting(maria)
    places = [page.index(reference) for reference in ("AL-TODAY", "AL-WEEK1", "AL-WEEK2", "AL-LATER")]
    assert places == sorted(places)


def test_a_handoff_marked_done_leaves_the_open_list_and_names_who_did_it(office: Office, maria: Browser) -> None:
    office.handoff("AL-7K2M", office.conversation("c1"))
    assert maria.send("/staff/handoffs", "/staff/handoffs/AL-7K2M/done").status_code == 303
    page = maria.open("/staff/handoffs").text
    assert "AL-7K2M is marked done." in page
    assert "Nobody is waiting." in page
    assert "<td>maria</td>" in page
    with office.sessions() as session:
        record = session.get_one(Handoff, "AL-7K2M")
    assert (record.status, record.done_by, record.done_at) == ("done", "maria", office.clock.at)


def test_marking_done_by_mistake_can_be_undone(office: Office, maria: Browser) -> None:
    office.handoff("AL-7K2M", office.conversation("c1"))
    maria.send("/staff/handoffs", "/staff/handoffs/AL-7K2M/done")
    maria.send("/staff/handoffs", "/staff/handoffs/AL-7K2M/reopen")
    assert "AL-7K2M" in waiting(maria).split("<h2")[1]
    with office.sessions() as session:
        record = session.get_one(Handoff, "AL-7K2M")
    assert (record.status, record.done_by, record.done_at) == ("open", None, None)


def test_the_second_to_mark_it_done_does_not_take_it_from_the_first(office: Office, maria: Browser) -> None:
    office.handoff("AL-7K2M", office.conversation("c1"), status="done", done_by="first", done_at=office.clock.at)
    maria.send("/staff/handoffs", "/staff/handoffs/AL-7K2M/done")
    page = maria.open("/staff/handoffs").text
    assert "nothing changed" in page
    assert "<td>first</td>" in page


def test_a_form_from_elsewhere_marks_nothing_done(office: Office, maria: Browser) -> None:
    office.handoff("AL-7K2M", office.conversation("c1"))
    refused = maria.post("/staff/handoffs/AL-7K2M/done", csrf_token="guessed")
    assert refused.status_code == 403
    assert "Nothing changed" in refused.text
    assert "AL-7K2M" in waiting(maria)


def test_a_number_under_a_lost_key_does_not_take_the_page_down(office: Office, maria: Browser) -> None:
    other = Vault(Fernet.generate_key().decode())
    office.handoff("AL-7K2M", office.conversation("c1"), contact_phone=other.encrypt_phone("+15055550123"))
    page = maria.open("/staff/handoffs")
    assert page.status_code == 200
    assert "can&#39;t be read" in page.text
    assert "Rosa Díaz" in page.text


def test_what_people_wrote_is_text_and_never_markup(office: Office, maria: Browser) -> None:
    office.handoff("AL-7K2M", office.conversation("c1"), reason="<img src=x>", contact_name="<b>Rosa</b>")
    page = maria.open("/staff/handoffs").text
    assert "<img src=x>" not in page
    assert "&lt;img src=x&gt;" in page
    assert "&lt;b&gt;Rosa&lt;/b&gt;" in page


def test_a_case_is_marked_as_one_and_its_lines_stand_with_the_conversation(office: Office, maria: Browser) -> None:
    lines = [
        {"label": "Income this year", "value": "$18,000", "note": ""},
        {"label": "School", "value": "<b>", "note": ""},
    ]
    office.handoff("AID-7K2M", office.conversation("c1"), kind="appeal", contact_name="", contact_method="",
                   case_file=office.vault.encrypt_phone(json.dumps(lines)), updated_at=office.clock.at)  # fmt: skip
    listed, page = waiting(maria), maria.open("/staff/conversations/c1").text
    assert "Case for a review" in listed
    assert "No name" in listed
    assert "Corrected" in listed
    for shown in ("Income this year", "$18,000", "&lt;b&gt;"):
        assert shown in page


def test_a_request_whose_content_was_deleted_waits_for_nobody(office: Office, maria: Browser) -> None:
    office.handoff("AID-7K2M", office.conversation("c1"), status="deleted", reason="", contact_name="")
    assert "Nobody is waiting." in maria.open("/staff/handoffs").text
    assert "Deleted by the person" in maria.open("/staff/conversations/c1").text
