"""The web API's description (OpenAPI 3.1), made from the same models that check and send messages."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic.json_schema import models_json_schema

from channels.gateway.messages import Outgoing

__all__ = ["document"]

_PROBLEM = {
    "type": "object",
    "properties": {
        "title": {"type": "string"},
        "detail": {"type": "string"},
        "retry_after": {"type": "integer"},
    },
    "required": ["title", "detail"],
}
_LANGUAGE = {"type": "string", "enum": ["en", "es"]}


def _object(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": required}


def _json(schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _body(schema: dict[str, Any]) -> dict[str, Any]:
    return {"required": True, "content": {"application/json": {"schema": schema}}}


@cache
def document() -> dict[str, Any]:
    """The whole description as JSON values."""
    _map, definitions = models_json_schema([(Outgoing, "serialization")], ref_template="#/components/schemas/{model}")
    problem = _json({"$ref": "#/components/schemas/Problem"}, "What went wrong, for people.")
    outgoing = {"type": "array", "items": {"$ref": "#/components/schemas/Outgoing"}}
    text, cursor = {"type": "string"}, {"name": "after", "in": "query", "schema": {"type": "string"}}
    opened = _object(
        ["conversation_id", "token", "language", "cursor", "messages"],
        conversation_id=text, token=text, language=_LANGUAGE, cursor=text, messages=outgoing,
    )  # fmt: skip
    sent = _object(["message_id", "language", "duplicate"], message_id=text, language=_LANGUAGE,
                   duplicate={"type": "boolean"})  # fmt: skip
    failures = {str(code): problem for code in (400, 401, 404, 413, 422, 429, 503)}
    signed_in: list[dict[str, list[str]]] = [{"cookie": []}, {"token": []}]
    return {
        "openapi": "3.1.0",
        "info": {"title": "Aidline", "version": "1", "description": "Talk to Aidline from a web page or a program."},
        "paths": {
            "/api/v1/conversations": {"post": {
                "summary": "Start a conversation, or resume the one of the cookie.", "security": [],
                "requestBody": {**_body(_object([], language=_LANGUAGE)), "required": False},
                "responses": {"201": _json(opened, "Started."), "200": _json(opened, "Resumed."), **failures},
            }},
            "/api/v1/messages": {
                "post": {
                    "summary": "Send a message. The same client_id is accepted once for good.", "security": signed_in,
                    "requestBody": _body(_object(["client_id", "text"], client_id={
                        "type": "string", "pattern": "^[A-Za-z0-9_-]{8,40}$"}, text=text, language=_LANGUAGE)),
                    "responses": {"202": _json(sent, "Accepted."), "200": _json(sent, "Accepted before."), **failures},
                },
                "get": {
                    "summary": "What was said after a cursor.", "security": signed_in,
                    "parameters": [cursor, {"name": "wait", "in": "query", "schema": {"type": "number", "maximum": 4}}],
                    "responses": {"200": _json(_object(["messages", "cursor"], messages=outgoing, cursor=text),
                                               "Messages, oldest first."), **failures},
                },
            },
            "/api/v1/events": {"get": {
                "summary": "The same as server-sent events: message, and partial sentences of an explanation.",
                "security": signed_in, "parameters": [cursor],
                "responses": {"200": {"description": "Events.", "content": {"text/event-stream": {
                    "schema": {"type": "string"}}}}, **failures},
            }},
            "/api/v1/language": {"post": {
                "summary": "Choose the language.", "security": signed_in,
                "requestBody": _body(_object(["language"], language=_LANGUAGE)),
                "responses": {"200": _json(_object(["language"], language=_LANGUAGE), "Set."), **failures},
            }},
        },
        "components": {
            "schemas": {**definitions["$defs"], "Problem": _PROBLEM},
            "securitySchemes": {
                "cookie": {"type": "apiKey", "in": "cookie", "name": "aidline"},
                "token": {"type": "http", "scheme": "bearer"},
            },
        },
    }  # fmt: skip
