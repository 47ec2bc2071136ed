"""The pages open in both languages, run nothing from elsewhere, and carry every word their scripts use."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

import channels.web
from channels.web.pages import create_pages_blueprint, page_words

STATIC = Path(channels.web.__file__).parent / "static"
SCRIPTS = sorted(STATIC.rglob("*.js"))
STYLES = sorted(STATIC.rglob("*.css"))
TEMPLATES = sorted((STATIC.parent / "templates").rglob("*.html"))


class Page(HTMLParser):
    """What a test asks about a page: its elements with their attributes, and the text of each element."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def client(*, simulator: bool = True) -> FlaskClient:
    app = Flask("pages-test")
    app.config["TESTING"] = True
    app.register_blueprint(create_pages_blueprint(simulator=simulator))
    return app.test_client()


@pytest.mark.parametrize(
    ("address", "browser", "language"),
    [
        ("/", "en-US,en", "en"),
        ("/", "es-MX,es;q=0.9,en;q=0.5", "es"),
        ("/", "fr-FR", "en"),
        ("/", "", "en"),
        ("/?lang=es", "en-US", "es"),
        ("/?lang=en", "es-US", "en"),
        ("/?lang=%3Cb%3E", "es-US", "es"),
        ("/phone?lang=es", "en-US", "es"),
        ("/phone", "en-US", "en"),
    ],
)
def test_a_page_comes_in_the_language_asked_for(address: str, browser: str, language: str) -> None:
    answer = client().get(address, headers={"Accept-Language": browser})
    page = Page(answer.text)
    assert answer.status_code == 200
    assert page.all("html")[0]["lang"] == language
    assert answer.headers["Content-Language"] == language
    words = {"en": "Send", "es": "Enviar"}
    assert words[language] in page.words


@pytest.mark.parametrize("address", ["/", "/phone"])
def test_a_page_runs_nothing_inline_and_nothing_from_elsewhere(address: str) -> None:
    answer = client().get(address)
    page = Page(answer.text)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert page.all("script")
    assert all(str(script.get("src", "")).startswith("/assets/") for script in page.all("script"))
    assert not page.all("style")
    for _tag, attributes in page.elements:
        assert not [name for name in attributes if name == "style" or name.startswith("on")]
        linked = [attributes.get(name) or "" for name in ("src", "href", "action")]
        assert not [place for place in linked if place.startswith(("http:", "https:", "//"))]


@pytest.mark.parametrize("address", ["/", "/phone"])
def test_every_file_a_page_names_is_there(address: str) -> None:
    site = client()
    page = Page(site.get(address).text)
    places = [attributes["src"] for tag in ("script", "img") for attributes in page.all(tag)]
    places += [attributes["href"] for attributes in page.all("link")]
    places.append(page.all("body")[0]["data-words"])
    for place in places:
        answer = site.get(str(place))
        answer.close()
        assert answer.status_code == 200, place


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_every_script_that_a_script_imports_is_there(script: Path) -> None:
    for name in re.findall(r'from "(\.[^"]+)"', script.read_text(encoding="utf-8")):
        assert (script.parent / name).is_file(), name


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_scripts_never_turn_data_into_markup(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function("):
        assert way not in text, way


@pytest.mark.parametrize("file", [*SCRIPTS, *STYLES], ids=lambda path: path.name)
def test_files_of_the_page_fetch_nothing_from_elsewhere(file: Path) -> None:
    assert not re.search(r"""(url\(|@import|fetch\(|from )\s*["']?(https?:)?//""", file.read_text(encoding="utf-8"))


def test_both_languages_have_the_same_words_and_the_same_places_to_fill() -> None:
    english, spanish = page_words()["en"], page_words()["es"]
    assert english.keys() == spanish.keys()
    for key, text in english.items():
        assert text.strip(), key
        assert spanish[key].strip(), key
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", spanish[key])), key


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_every_word_a_script_uses_exists(script: Path) -> None:
    text = re.sub(r'=== "\w*"', "", script.read_text(encoding="utf-8"))
    asked = re.findall(r"\bt\(([^,)]*)", text)
    keys = {key for argument in asked for key in re.findall(r'"(\w+)"', argument)}
    starts = {start for argument in asked for start in re.findall(r"`(\w+)\$\{", argument)}
    words = page_words()["en"]
    assert keys <= words.keys()
    assert all(any(word.startswith(start) for word in words) for start in starts)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_word_a_template_uses_exists(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    keys = set(re.findall(r"\bwords\.(?!json)(\w+)", text)) | set(re.findall(r'data-t(?:-label)?="(\w+)"', text))
    assert keys
    assert keys <= page_words()["en"].keys()


@pytest.mark.parametrize("address", ["/", "/phone"])
def test_every_box_has_a_label(address: str) -> None:
    page = Page(client().get(address).text)
    labelled = {label["for"] for label in page.all("label")}
    boxes = [box for tag in ("textarea", "input", "select") for box in page.all(tag)]
    assert boxes
    assert {box["id"] for box in boxes} <= labelled


def test_the_conversation_is_read_out_as_it_grows_and_a_person_is_always_offered() -> None:
    page = Page(client().get("/").text)
    log = next(attributes for _tag, attributes in page.elements if attributes.get("role") == "log")
    assert log["aria-live"] == "polite"
    assert log["aria-label"] == "Conversation"
    person = next(button for button in page.all("button") if button.get("id") == "person")
    assert "hidden" not in person
    assert [link["lang"] for link in page.all("a") if "data-language" in link] == ["en", "es"]


def test_the_simulator_says_that_no_text_leaves_the_computer() -> None:
    assert "No text message leaves this computer." in client().get("/phone").text
    assert "Ningún mensaje de texto sale de esta computadora." in client().get("/phone?lang=es").text


def test_there_is_no_simulator_where_real_texts_are_sent() -> None:
    assert client(simulator=False).get("/phone").status_code == 404
