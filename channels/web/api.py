"""The web API: start or resume a conversation, send a message, see what is said. Described at /api/v1/openapi.json."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, jsonify, request
from itsdangerous import BadSignature
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from aidline.errors import InputError, NotSignedIn, RecordError
from aidline.language import Language, from_header
from channels.gateway.conversations import Conversation
from channels.gateway.gateway import Event, Gateway
from channels.web.cookie import COOKIE, keep, signer_for
from channels.web.openapi import document

__all__ = ["create_api_blueprint"]

_BLOCK_MS = 4000
_STREAM_SECONDS = 300
_CURSOR = re.compile(r"\d{1,18}(-\d{1,18})?\Z")


class _Start(BaseModel):
    model_config = ConfigDict(extra="forbid")
    language: Language | None = None


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid")
    client_id: str = Field(pattern=r"^[A-Za-z0-9_-]{8,40}$")
    text: str
    language: Language | None = None


class _SetLanguage(BaseModel):
    model_config = ConfigDict(extra="forbid")
    language: Language


def create_api_blueprint(gateway: Gateway, secret_key: str) -> Blueprint:
    """The blueprint under /api/v1."""
    api = Blueprint("api", __name__, url_prefix="/api/v1")
    signer = signer_for(secret_key)

    def caller() -> Conversation:
        header = request.headers.get("Authorization", "")
        signed = header.removeprefix("Bearer ").strip() if header else request.cookies.get(COOKIE, "")
        try:
            conversation_id, token = signer.loads(signed)
        except (BadSignature, ValueError, TypeError):
            raise NotSignedIn("There is no open conversation.", remedy="Please start a new one.") from None
        return gateway.conversations.open(str(conversation_id), str(token))

    @api.post("/conversations")
    def start() -> tuple[Response, int]:
        body = _Start.model_validate(_json(optional=True))
        if "Authorization" not in request.headers:
            try:
                return _opened(caller(), request.cookies[COOKIE], new=False)
            except (NotSignedIn, RecordError):
                pass
        gateway.allow_new(request.remote_addr or "unknown")
        conversation_id, token = gateway.conversations.start("web")
        signed = str(signer.dumps([conversation_id, token]))
        answer, status = _opened(gateway.conversations.get(conversation_id), signed, new=True, language=body.language)
        return keep(answer, signed), status

    def _opened(
        conversation: Conversation, token: str, *, new: bool, language: Language | None = None
    ) -> tuple[Response, int]:
        messages, cursor = gateway.recent(conversation.id)
        spoken = conversation.language or language or from_header(request.headers.get("Accept-Language"))
        body = {
            "conversation_id": conversation.id,
            "token": token,
            "language": spoken,
            "cursor": cursor,
            "messages": [message.model_dump(mode="json", exclude_none=True) for message in messages],
        }
        return jsonify(body), 201 if new else 200

    @api.post("/messages")
    def send() -> tuple[Response, int]:
        body = _Message.model_validate(_json())
        outcome, spoken = gateway.accept(caller(), body.client_id, body.text, language=body.language)
        answer = {"message_id": body.client_id, "language": spoken, "duplicate": outcome == "duplicate"}
        return jsonify(answer), 200 if outcome == "duplicate" else 202

    @api.get("/messages")
    def messages() -> Response:
        """For programs: what was said after a cursor, waiting up to `wait` seconds for something new."""
        conversation, after = caller(), _cursor()
        wait = min(max(request.args.get("wait", 0.0, type=float), 0.0), _BLOCK_MS / 1000)
        events = list(gateway.events(conversation.id, after, wait_ms=max(int(wait * 1000), 1)))
        said = [event.data for event in events if event.kind == "message"]
        return jsonify({"messages": said, "cursor": events[-1].cursor if events else after})

    @api.post("/language")
    def set_language() -> Response:
        body = _SetLanguage.model_validate(_json())
        gateway.conversations.set_language(caller().id, body.language)
        return jsonify({"language": body.language})

    @api.get("/events")
    def events() -> Response:
        conversation = caller()
        after = request.headers.get("Last-Event-ID") or _cursor()
        if not _CURSOR.match(after):
            raise InputError("The cursor is not one of ours.")
        stream = Response(_stream(gateway, conversation.id, after), content_type="text/event-stream")
        stream.headers["Cache-Control"] = "no-store"
        stream.headers["X-Accel-Buffering"] = "no"
        return stream

    @api.get("/openapi.json")
    def openapi() -> Response:
        return jsonify(document())

    @api.errorhandler(ValidationError)
    def invalid(error: ValidationError) -> tuple[Response, int]:
        wrong = "; ".join(f"{'.'.join(str(p) for p in e['loc']) or 'body'}: {e['msg']}" for e in error.errors())
        return jsonify({"title": "This can't be read", "detail": wrong}), 422

    return api


def _json(*, optional: bool = False) -> Any:
    if optional and not request.data:
        return {}
    body = request.get_json(silent=True)
    if body is None:
        raise InputError("The body must be JSON.")
    return body


def _cursor() -> str:
    after = request.args.get("after", "0-0")
    if not _CURSOR.match(after):
        raise InputError("The cursor is not one of ours.", remedy="Use the `cursor` of an earlier answer.")
    return after


def _stream(gateway: Gateway, conversation_id: str, after: str) -> Iterator[str]:
    """Server-sent events; ends after a while, and the browser comes back by itself with its last cursor."""
    yield "retry: 1000\n\n"
    for _round in range(_STREAM_SECONDS * 1000 // _BLOCK_MS):
        nothing = True
        for event in gateway.events(conversation_id, after, wait_ms=_BLOCK_MS):
            nothing, after = False, event.cursor
            yield _sse(event)
        if nothing:
            yield ": still here\n\n"


def _sse(event: Event) -> str:
    return f"id: {event.cursor}\nevent: {event.kind}\ndata: {json.dumps(event.data)}\n\n"
