"""Staff find a conversation and read exactly what was said."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import pytest

from channels.staff.queries import PAGE_SIZE

if TYPE_CHECKING:
    from tests.channels.staff.conftest import Browser, Office


def listed(browser: Browser, query: str = "") -> list[str]:
    """The conversations in the list, from the top."""
    page = browser.open(f"/staff/conversations{query}")
    assert page.status_code == 200
    return re.findall(r'href="/staff/conversations/([\w-]+)"', page.text)


@pytest.fixture
def three(office: Office) -> Office:
    office.message(office.conversation("web-en", ago=3), "person", "When is the FAFSA due? 100% sure it is_soon")
    office.message(office.conversation("sms-es", channel="sms", language="es", ago=2), "person", "Última pregunta")
    office.message(office.conversation("sms-en", channel="sms", ago=1), "person", "my dad got laid off")
    office.handoff("AL-7K2M", "sms-es")
    office.handoff("AL-9QQQ", "sms-en", status="done")
    return office


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["sms-en", "sms-es", "web-en"]),
        ("?channel=sms", ["sms-en", "sms-es"]),
        ("?language=en", ["sms-en", "web-en"]),
        ("?channel=sms&language=en", ["sms-en"]),
        ("?handoff=open", ["sms-es"]),
        ("?handoff=any", ["sms-en", "sms-es"]),
        ("?q=fafsa", ["web-en"]),
        ("?q=LAID+off", ["sms-en"]),
        ("?q=%C3%BAltima", ["sms-es"]),
        ("?q=al-7k2m", ["sms-es"]),
        ("?q=100%25", ["web-en"]),
        ("?q=is_soon", ["web-en"]),
        ("?q=e_a", []),
        ("?q=pregunta&language=en", []),
        ("?channel=fax&page=minus", ["sms-en", "sms-es", "web-en"]),
    ],
)
@pytest.mark.usefixtures("three")
def test_filters_in_the_address_narrow_the_list(maria: Browser, query: str, found: list[str]) -> None:
    assert listed(maria, query) == found


@pytest.mark.usefixtures("three")
def test_the_form_shows_the_filters_that_are_on(maria: Browser) -> None:
    page = maria.open("/staff/conversations?channel=sms&q=%22quoted%22").text
    assert '<option value="sms" selected>' in page
    assert 'value="&#34;quoted&#34;"' in page


@pytest.mark.usefixtures("three")
def test_the_list_says_who_is_waiting_for_a_person(maria: Browser) -> None:
    rows = maria.open("/staff/conversations").text.split("<tr>")
    assert [("Open" in row, "Done" in row) for row in rows[2:]] == [
        (False, True),
        (True, False),
        (False, False),
    ]


def test_pages_follow_each_other_without_gap_or_repeat_and_keep_the_filters(office: Office, maria: Browser) -> None:
    names = [office.conversation(f"c{number:03}", ago=number) for number in range(PAGE_SIZE + 3)]
    first = maria.open("/staff/conversations?channel=web").text
    assert 'href="?channel=web&amp;page=2"' in first
    assert listed(maria, "?channel=web") + listed(maria, "?channel=web&page=2") == names
    assert "Older" not in maria.open("/staff/conversations?channel=web&page=2").text


@pytest.mark.usefixtures("three")
def test_the_export_has_one_row_for_each_conversation_in_the_list(maria: Browser) -> None:
    answer = maria.open("/staff/conversations.csv?channel=sms")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [(row["conversation"], row["handoff"], row["messages"]) for row in rows] == [
        ("sms-en", "done", "1"),
        ("sms-es", "open", "1"),
    ]
    assert "attachment" in answer.headers["Content-Disposition"]


def test_a_transcript_shows_every_message_in_order_with_what_was_asked(office: Office, maria: Browser) -> None:
    office.conversation("c1")
    office.message("c1", "person", "estimate my aid")
    office.message("c1", "aidline", "Which school year?", asks={"name": "award_year", "kind": "year"})
    office.message("c1", "person", "next fall")
    office.message("c1", "aidline", "Money?", asks={"names": ["parent_agi", "parent_earned_income"], "kind": "money"})
    page = maria.open("/staff/conversations/c1").text
    parts = [
        "estimate my aid",
        "asks: award_year",
        "Which school year?",
        "next fall",
        "parent_agi, parent_earned_income",
    ]
    places = [page.index(part) for part in parts]
    assert places == sorted(places)
    assert "5:05:0" not in page
    assert "Nov 21, 2026, 5:05 PM EST" in page


def test_a_transcript_shows_what_was_understood_so_that_a_wrong_turn_can_be_explained(
    office: Office, maria: Browser
) -> None:
    office.conversation("c1")
    office.message("c1", "person", "can I talk about my money?")
    office.understood("c1", "m1", intent="talk_to_person", confidence=0.734)
    office.message("c1", "aidline", "What is it about?")
    page = maria.open("/staff/conversations/c1").text
    assert page.count("understood as:") == 1
    assert page.index("understood as: talk_to_person (73% sure)") < page.index("can I talk about my money?")


def test_a_transcript_shows_results_tables_and_sources(office: Office, maria: Browser) -> None:
    office.conversation("c1")
    office.message(
        "c1",
        "aidline",
        "Here is your estimate.",
        result={
            "flow": "estimate_aid",
            "end": "estimate_shown",
            "values": {"sai": -322, "pell": None},
            "assumed": ["eitc"],
        },
        rows=[{"label": "Student Aid Index", "value": "-322", "note": "Formula A"}],
        sources=[
            {"title": "The guide", "url": "https://fsapartners.ed.gov/guide", "as_of": "2026-11-03"},
            {"title": "Bad link", "url": "javascript:alert(1)", "as_of": "2026-11-03"},
        ],
    )
    page = maria.open("/staff/conversations/c1").text
    for shown in ("estimate_shown", "<dd>-322</dd>", "<dd>–</dd>", "Formula A", "checked 2026-11-03", "eitc"):
        assert shown in page
    assert 'href="https://fsapartners.ed.gov/guide"' in page
    assert "javascript:" not in page


def test_a_transcript_never_runs_what_people_wrote(office: Office, maria: Browser) -> None:
    office.conversation("c1")
    office.message("c1", "person", "<script>alert(1)</script>\nsecond line")
    page = maria.open("/staff/conversations/c1").text
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;\nsecond line" in page


def test_a_transcript_shows_its_handoff_and_how_to_reach_the_person(office: Office, maria: Browser) -> None:
    office.handoff("AL-7K2M", office.conversation("c1"))
    page = maria.open("/staff/conversations/c1").text
    assert "Hand-off AL-7K2M" in page
    assert "+1 505-555-0123" in page


@pytest.mark.parametrize("address", ["/staff/conversations/none", "/staff/nowhere"])
def test_what_is_not_there_is_said_plainly(maria: Browser, address: str) -> None:
    answer = maria.open(address)
    assert answer.status_code == 404
    assert "There is no such page or record." in answer.text
