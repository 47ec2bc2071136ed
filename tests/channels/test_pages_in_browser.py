"""The chat page in a real browser, against an API that says what a test wants it to say."""

from __future__ import annotations

import json
import os
import shutil
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, Response, jsonify, request
from flask.typing import ResponseReturnValue
from playwright.sync_api import Browser, Page, expect, sync_playwright
from werkzeug.serving import make_server

from channels.web.pages import create_pages_blueprint

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="No Chromium here; set CHROMIUM to its path.")


class Api:
    """The web API as far as the page sees it. `problems` are answers given instead of the next acceptances."""

    def __init__(self) -> None:
        self.events: list[tuple[str, dict[str, Any]]] = []
        self.history: list[dict[str, Any]] = []
        self.tries: list[dict[str, Any]] = []
        self.languages: list[str] = []
        self.problems: list[tuple[int, dict[str, Any]]] = []
        self.heard_in = ""
        self.starts = 0
        self.closed = False

    def says(self, text: str, sender: str = "aidline", **more: Any) -> dict[str, Any]:
        message = {
            "id": f"{sender}-{len(self.events)}",
            "seq": len(self.events),
            "sender": sender,
            "at": "2026-11-21T22:05:00+00:00",
            "language": "en",
            "text": text,
            "sources": [],
            "rows": [],
        } | more
        self.events.append(("message", message))
        return message

    def stream(self, after: int) -> Iterator[str]:
        yield ": open\n\n"
        while not self.closed:
            for number in range(after, len(self.events)):
                name, data = self.events[number]
                yield f"id: {number + 1}\nevent: {name}\ndata: {json.dumps(data)}\n\n"
                after = number + 1
            time.sleep(0.02)

    def app(self) -> Flask:
        app = Flask("page-test")
        app.register_blueprint(create_pages_blueprint(simulator=False))

        @app.post("/api/v1/conversations")
        def start() -> ResponseReturnValue:
            self.starts += 1
            cursor = str(len(self.events))
            return jsonify(conversation_id="c", language="en", cursor=cursor, messages=self.history), 201

        @app.post("/api/v1/messages")
        def accept() -> ResponseReturnValue:
            body = request.get_json()
            self.tries.append(body)
            if self.problems:
                status, problem = self.problems.pop(0)
                return jsonify(problem), status
            spoken = self.heard_in or body["language"]
            self.says(body["text"], "person", id=body["client_id"], language=spoken)
            return jsonify(message_id=body["client_id"], language=spoken), 202

        @app.post("/api/v1/language")
        def language() -> ResponseReturnValue:
            self.languages.append(request.get_json()["language"])
            return jsonify({})

        @app.get("/api/v1/events")
        def events() -> ResponseReturnValue:
            return Response(self.stream(int(request.args["after"])), content_type="text/event-stream")

        return app


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def api() -> Api:
    return Api()


@pytest.fixture
def page(api: Api, browser: Browser) -> Iterator[Page]:
    server = make_server("127.0.0.1", 0, api.app(), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    context = browser.new_context(base_url=f"http://127.0.0.1:{server.port}", locale="en-US")
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda line: wrong.append(line.text) if "Content Security Policy" in line.text else None)
    yield page
    context.close()
    api.closed = True
    server.shutdown()
    thread.join()
    server.server_close()
    assert wrong == []


def enter(page: Page, address: str = "/", box: str = "Your message") -> None:
    """Open the page and wait until the conversation has started."""
    page.goto(address)
    expect(page.get_by_label(box)).to_be_enabled()


def type_and_send(page: Page, text: str) -> None:
    page.get_by_label("Your message").fill(text)
    page.keyboard.press("Enter")


def bubbles(page: Page) -> list[str]:
    return page.locator("article .text").all_inner_texts()


def test_a_message_is_shown_once_and_its_answer_follows(api: Api, page: Page) -> None:
    enter(page)
    type_and_send(page, "hello")
    expect(page.locator("article")).to_have_count(1)
    api.says("Hi there.")
    expect(page.locator("article")).to_have_count(2)
    assert bubbles(page) == ["hello", "Hi there."]
    expect(page.get_by_label("Your message")).to_have_value("")


def test_a_message_that_was_refused_stays_in_the_box_and_goes_again_under_the_same_id(api: Api, page: Page) -> None:
    api.problems = [(503, {"title": "Busy", "detail": "Aidline is busy. Try again soon.", "retry_after": 5})]
    enter(page)
    type_and_send(page, "my question")
    expect(page.get_by_role("alert")).to_contain_text("Aidline is busy. Try again soon.")
    expect(page.get_by_label("Your message")).to_have_value("my question")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("article")).to_have_count(1)
    assert len({attempt["client_id"] for attempt in api.tries}) == 1
    expect(page.get_by_label("Your message")).to_have_value("")
    expect(page.get_by_role("alert")).to_be_hidden()


def test_a_chosen_answer_that_was_refused_is_not_lost_either(api: Api, page: Page) -> None:
    api.problems = [(429, {"title": "Slow down", "detail": "Too many messages."})]
    enter(page)
    page.get_by_role("button", name="Estimate my aid").click()
    expect(page.get_by_role("alert")).to_contain_text("Not sent yet: Estimate my aid")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("article .text")).to_have_text(["Estimate my aid"])


def test_a_session_that_ended_is_opened_again_and_the_message_goes_through(api: Api, page: Page) -> None:
    enter(page)
    api.problems = [(401, {"title": "No open conversation", "detail": "There is no open conversation."})]
    type_and_send(page, "still here")
    expect(page.locator("article .text")).to_have_text(["still here"])
    assert api.starts == 2
    assert len({attempt["client_id"] for attempt in api.tries}) == 1
    api.says("Welcome back.")
    expect(page.locator("article .text")).to_have_text(["still here", "Welcome back."])


def test_a_message_sent_without_a_connection_goes_out_by_itself_once_there_is_one(api: Api, page: Page) -> None:
    enter(page)
    page.context.set_offline(True)
    expect(page.get_by_text("You’re offline.")).to_be_visible()
    type_and_send(page, "are you there?")
    expect(page.get_by_role("alert")).to_contain_text("wasn’t sent")
    page.context.set_offline(False)
    expect(page.locator("article .text")).to_have_text(["are you there?"])
    expect(page.get_by_text("You’re offline.")).to_be_hidden()


def test_the_page_follows_the_language_the_person_writes_in(api: Api, page: Page) -> None:
    api.heard_in = "es"
    enter(page)
    type_and_send(page, "hola, necesito ayuda")
    expect(page.get_by_role("button", name="Enviar")).to_be_visible()


def test_choices_are_buttons_that_send_their_label_and_typing_stays_possible(api: Api, page: Page) -> None:
    choices = [{"value": "2026-27", "label": "2026-27 (this fall)"}, {"value": "2027-28", "label": "2027-28"}]
    enter(page)
    api.says("Which year?", asks={"name": "award_year", "kind": "year", "choices": choices, "step": 2, "steps": 9})
    answers = page.get_by_role("group", name="Answers you can choose")
    expect(answers.get_by_role("button")).to_have_text(["2026-27 (this fall)", "2027-28"])
    expect(page.get_by_text("Question 2 of about 9")).to_be_visible()
    expect(page.get_by_label("Your message")).to_be_editable()
    answers.get_by_role("button", name="2026-27 (this fall)").click()
    expect(page.locator("article.person .text")).to_have_text(["2026-27 (this fall)"])
    expect(answers).to_be_hidden()


def test_after_a_choice_the_next_tab_reaches_the_next_answers(api: Api, page: Page) -> None:
    def ask(text: str) -> None:
        api.says(text, asks={"name": "x", "kind": "yes_no", "choices": [{"value": "yes", "label": f"Yes, {text}"}]})

    enter(page)
    ask("one")
    page.get_by_role("button", name="Yes, one").press("Enter")
    expect(page.locator("article.person")).to_have_count(1)
    ask("two")
    expect(page.get_by_role("button", name="Yes, two")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Yes, two")).to_be_focused()


def test_an_answer_grows_sentence_by_sentence_and_is_then_replaced_by_the_complete_one(api: Api, page: Page) -> None:
    enter(page)
    type_and_send(page, "what is the FAFSA?")
    expect(page.locator("article")).to_have_count(1)
    api.events.append(("partial", {"turn": "t", "text": "It is a form."}))
    api.events.append(("partial", {"turn": "t", "text": "It is free."}))
    expect(page.locator("article.provisional")).to_have_text("It is a form. It is free.")
    source = {"title": "About the form", "url": "https://studentaid.gov/fafsa", "as_of": "2026-11-03"}
    api.says("It is a form. It is free.", sources=[source])
    expect(page.locator("article.provisional")).to_have_count(0)
    assert bubbles(page) == ["what is the FAFSA?", "It is a form. It is free."]
    link = page.get_by_role("link", name="About the form")
    expect(link).to_have_attribute("href", "https://studentaid.gov/fafsa")
    expect(page.locator(".sources")).to_contain_text("checked November 3, 2026")


def test_what_is_said_is_text_and_never_markup(api: Api, page: Page) -> None:
    api.history = [api.says("<img src=x onerror=alert(1)>\nsecond line")]
    enter(page)
    expect(page.locator("article")).to_have_count(1)
    assert bubbles(page) == ["<img src=x onerror=alert(1)>\nsecond line"]
    assert page.locator("article img").count() == 0


def test_a_result_is_a_real_table_that_can_be_printed(api: Api, page: Page) -> None:
    enter(page)
    rows = [{"label": "Student Aid Index", "value": "-322", "note": "Formula A"}]
    api.says("Your estimate.", rows=rows, result={"flow": "estimate_aid", "end": "estimate_shown", "values": {}})
    expect(page.get_by_role("rowheader", name="Student Aid Index")).to_be_visible()
    expect(page.get_by_role("cell", name="-322")).to_be_visible()
    page.evaluate("() => { window.print = () => { window.printed = document.querySelector('.printing').innerText } }")
    page.get_by_role("button", name="Print or save").click()
    assert "-322" in page.evaluate("window.printed")


def say_a_result(api: Api) -> None:
    """The answers looked over, then a result in three bubbles of one turn, and something said after it."""
    rows = [{"label": "Family size", "value": "4", "note": ""}]
    summary = {"name": "confirm_summary", "kind": "choice", "choices": []}
    api.says("Here is what I have.", id="m1.1", rows=rows, asks=summary)
    api.says("Your SAI is -322.", id="m2.1")
    api.says("This is an estimate.", id="m2.2")
    result = {"flow": "estimate_aid", "end": "estimate_shown", "values": {}}
    api.says("What next?", id="m2.3", result=result)
    api.says("Anything else?", id="m3.1")


def test_a_result_is_printed_whole_with_the_answers_it_rests_on(api: Api, page: Page) -> None:
    enter(page)
    say_a_result(api)
    expect(page.locator("article")).to_have_count(5)
    script = "[...document.querySelectorAll('.printing')].map((one) => one.innerText).join(' | ')"
    page.evaluate(f"() => {{ window.print = () => {{ window.printed = {script} }} }}")
    page.get_by_role("button", name="Print or save").click()
    printed = page.evaluate("window.printed")
    assert all(part in printed for part in ("Family size", "-322", "This is an estimate.", "What next?"))
    assert "Anything else?" not in printed


def test_a_result_can_be_saved_as_text_with_the_keyboard_alone(api: Api, page: Page) -> None:
    enter(page)
    say_a_result(api)
    button = page.get_by_role("button", name="Save as text")
    expect(button).to_be_visible()
    button.focus()
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    assert saved.value.suggested_filename == "Aidline 2026-11-21.txt"
    text = saved.value.path().read_text(encoding="utf-8-sig")
    assert text.index("Family size: 4") < text.index("Your SAI is -322.") < text.index("What next?")
    assert "your school makes the final offer" in text
    assert "Anything else?" not in text


def test_the_language_can_be_switched_at_any_time(api: Api, page: Page) -> None:
    enter(page)
    type_and_send(page, "hello")
    expect(page.locator("article")).to_have_count(1)
    page.get_by_role("link", name="Español").click()
    expect(page.get_by_role("button", name="Enviar")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ayuda para pagar la universidad")
    assert page.locator("html").get_attribute("lang") == "es"
    page.get_by_role("button", name="Hablar con una persona").first.click()
    expect(page.locator("article.person")).to_have_count(2)
    assert api.languages == ["es"]
    assert [(one["text"], one["language"]) for one in api.tries] == [
        ("hello", "en"),
        ("Hablar con una persona", "es"),
    ]


def test_a_page_opened_again_shows_the_conversation_and_its_open_question(api: Api, page: Page) -> None:
    api.history = [
        api.says("estimate my aid", "person"),
        api.says("How many people?", asks={"name": "family_size", "kind": "count", "choices": []}),
    ]
    enter(page)
    expect(page.locator("article .text")).to_have_text(["estimate my aid", "How many people?"])
    expect(page.get_by_role("button", name="I’m not sure")).to_be_visible()
    expect(page.get_by_role("group", name="Ways to start")).to_be_hidden()


def test_the_page_fits_a_window_of_320_pixels(api: Api, page: Page) -> None:
    api.history = [api.says("A long word: " + "x" * 200, rows=[{"label": "Cost", "value": "$24,322", "note": ""}])]
    page.set_viewport_size({"width": 320, "height": 568})
    enter(page, "/?lang=es", "Su mensaje")
    expect(page.locator("article")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
