"""The description of the API is whole and says what the API does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from channels.gateway.messages import Asks, Outgoing, Row, Source
from channels.web.openapi import document


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "$ref":
                yield inner
            else:
                yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def test_it_is_served_and_names_its_version(browser: FlaskClient) -> None:
    served = browser.get("/api/v1/openapi.json").get_json()
    assert served["openapi"].startswith("3.1")
    assert served["info"]["title"]
    assert served["info"]["version"]
    assert served == document()


def test_every_reference_leads_somewhere() -> None:
    described = document()
    named = set(references(described))
    assert named
    for reference in named:
        place: Any = described
        for part in reference.removeprefix("#/").split("/"):
            assert part in place, f"{reference} leads nowhere"
            place = place[part]


def test_every_address_of_the_api_is_described_with_its_methods(app: Flask) -> None:
    served = {
        (rule.rule, method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/") and not rule.rule.endswith("openapi.json")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    described = {(path, method) for path, methods in document()["paths"].items() for method in methods}
    assert served == described


def test_every_operation_says_what_it_does_and_what_can_go_wrong() -> None:
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            assert operation["summary"], f"{method} {path}"
            answers = operation["responses"]
            assert any(code.startswith("2") for code in answers)
            assert {"429", "503"} <= set(answers), f"{method} {path}"


@pytest.mark.parametrize(("name", "model"), [("Outgoing", Outgoing), ("Asks", Asks), ("Source", Source), ("Row", Row)])
def test_messages_are_described_field_by_field(name: str, model: Any) -> None:
    assert set(document()["components"]["schemas"][name]["properties"]) == set(model.model_fields)


def test_a_real_answer_has_every_part_that_is_promised(browser: FlaskClient) -> None:
    started = browser.post("/api/v1/conversations", json={}).get_json()
    operation = document()["paths"]["/api/v1/conversations"]["post"]
    promised = operation["responses"]["201"]["content"]["application/json"]["schema"]["required"]
    assert set(promised) <= set(started)
