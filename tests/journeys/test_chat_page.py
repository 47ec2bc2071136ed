"""The chat page in a real browser, against the real stack."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

MakePage = Callable[..., Page]

YEAR, QUICK, ADULT, SINGLE = "2026-27", "Quick", "No", "Never married"


@pytest.fixture
def page(make_page: MakePage) -> Page:
    """The page of someone whose browser is in English."""
    page = make_page()
    enter(page)
    return page


def enter(page: Page, address: str = "/", box: str = "Your message") -> None:
    page.goto(address)
    expect(page.get_by_label(box, exact=True)).to_be_enabled()


def said_by_aidline(page: Page) -> Locator:
    return page.locator("article.aidline:not(.provisional)")


def say(page: Page, text: str, box: str = "Your message") -> None:
    """Type a message, send it with Enter and wait for what comes back."""
    before = said_by_aidline(page).count()
    page.get_by_label(box, exact=True).fill(text)
    page.keyboard.press("Enter")
    replied(page, before)


def choose(page: Page, label: str) -> None:
    """Click an answer and wait for what comes back."""
    before = said_by_aidline(page).count()
    answers(page).get_by_role("button", name=label, exact=True).click()
    replied(page, before)


def replied(page: Page, before: int) -> None:
    expect(said_by_aidline(page)).not_to_have_count(before, timeout=60_000)
    expect(page.locator("#working")).to_be_hidden(timeout=60_000)


def answers(page: Page) -> Locator:
    return page.locator("#answers")


def last(page: Page) -> str:
    return said_by_aidline(page).last.inner_text()


def whole_conversation(page: Page) -> str:
    return page.locator("#log").inner_text()


def test_a_student_clicks_types_asks_in_between_and_gets_an_estimate_with_its_worksheet(page: Page) -> None:
    before = said_by_aidline(page).count()
    page.get_by_role("button", name="Estimate my aid").click()
    replied(page, before)
    choose(page, YEAR)
    choose(page, QUICK)
    expect(page.get_by_text(re.compile(r"Question 3 of about \d+"))).to_be_visible()
    say(page, "nope")
    choose(page, SINGLE)
    choose(page, "No")
    choose(page, "Divorced")
    question = last(page)
    say(page, "what counts as untaxed income?")
    source = page.locator(".sources").last
    expect(source.get_by_role("link").first).to_have_attribute("href", re.compile("^https://"))
    expect(source).to_contain_text("checked")
    assert last(page) == question, "the same question comes again"
    say(page, "just me, my mom and my brother, so 3")
    say(page, "Ohio")
    choose(page, "No, did not file")
    expect(page.get_by_role("rowheader", name="Award year")).to_be_visible()
    answers(page).get_by_role("button").first.click()
    expect(page.get_by_text("-1,500")).to_be_visible()
    told = whole_conversation(page)
    assert "$7,395" in told
    assert "2026-27" in told
    assert "not an offer" in told
    say(page, "worksheet")
    table = page.get_by_role("table").last
    expect(table).to_contain_text("-1,500", timeout=60_000)
    assert table.get_by_role("row").count() > 3


def test_spanish_from_the_first_message_turns_the_page_spanish(page: Page) -> None:
    say(page, "hola, quiero saber cuánta ayuda me pueden dar para la universidad")
    expect(page.get_by_role("button", name="Enviar")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "es"
    assert "calcular su ayuda" in whole_conversation(page)


def test_a_browser_in_spanish_gets_the_page_and_the_form_in_spanish(make_page: MakePage) -> None:
    page = make_page("es-MX")
    enter(page, box="Su mensaje")
    before = said_by_aidline(page).count()
    page.get_by_role("button", name="Estimar mi ayuda").click()
    replied(page, before)
    assert "¿Para qué año escolar" in whole_conversation(page)
    choose(page, YEAR)
    choose(page, "Rápido")
    expect(page.get_by_text(re.compile(r"Pregunta 3 de unas \d+"))).to_be_visible()


def test_the_language_can_be_switched_on_the_page_in_the_middle_of_the_form(page: Page) -> None:
    say(page, "quick estimate of my aid for 2026-27")
    page.get_by_role("link", name="Español").click()
    expect(page.get_by_role("button", name="Enviar")).to_be_visible()
    say(page, "no", "Su mensaje")
    assert "estado civil" in last(page)
    page.get_by_role("link", name="English").click()
    say(page, "single")
    assert "Any of these true" in last(page) or "Is any of these true" in last(page)


def test_everything_works_with_the_keyboard_alone(page: Page) -> None:
    before = said_by_aidline(page).count()
    press_until(page, "Tab", lambda: focused(page)["id"] == "start-estimate")
    page.keyboard.press("Enter")
    replied(page, before)
    for label in (YEAR, QUICK, ADULT):
        before = said_by_aidline(page).count()
        press_until(page, "Tab", lambda label=label: focused(page)["text"] == label)  # type: ignore[misc]
        page.keyboard.press("Enter")
        replied(page, before)
    press_until(page, "Tab", lambda: focused(page)["id"] == "box")
    before = said_by_aidline(page).count()
    page.keyboard.type("single")
    page.keyboard.press("Enter")
    replied(page, before)
    expect(page.get_by_text(re.compile(r"Question 5 of about \d+"))).to_be_visible()


def focused(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(
        "() => ({id: document.activeElement.id, text: document.activeElement.innerText})"
    )
    return found


def press_until(page: Page, key: str, there: Callable[[], bool]) -> None:
    for _press in range(40):
        if there():
            return
        page.keyboard.press(key)
    raise AssertionError(f"not reached with {key}; the focus is on {focused(page)}")


def test_a_reload_keeps_the_conversation_and_the_open_question(page: Page) -> None:
    say(page, "quick estimate of my aid for 2026-27")
    say(page, "no")
    told = said_by_aidline(page).all_inner_texts()
    enter(page)
    expect(said_by_aidline(page)).to_have_count(len(told))
    assert said_by_aidline(page).all_inner_texts() == told
    choose(page, SINGLE)
    assert page.locator("article.person").count() == 3


def test_typed_markup_is_shown_as_text(page: Page) -> None:
    markup = "<img src=x onerror=\"document.title='owned'\"><b>bold</b>"
    say(page, markup)
    expect(page.locator("article.person .text").first).to_have_text(markup)
    assert page.locator("article img, article b").count() == 0
    assert "owned" not in page.title()
    enter(page)
    expect(page.locator("article.person .text").first).to_have_text(markup)
    assert page.locator("article img, article b").count() == 0


def test_the_button_for_a_person_is_always_there(page: Page) -> None:
    say(page, "quick estimate of my aid for 2026-27")
    before = said_by_aidline(page).count()
    page.locator("#person").click()
    replied(page, before)
    assert "What do you need help with?" in last(page)


def test_the_phone_simulator_shows_a_conversation(make_page: MakePage) -> None:
    page = make_page()
    page.goto("/phone")
    page.get_by_label("Text message", exact=True).fill("estimate my aid for 2026-27, quick")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Were you born before")).to_be_visible(timeout=60_000)
