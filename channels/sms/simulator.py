"""The phone simulator's addresses: texts typed on its page take the same way as Twilio's, signature included."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from flask import Blueprint, Response, jsonify, request
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker
from twilio.request_validator import RequestValidator

from aidline.errors import InputError
from aidline.storage.models import Message, SmsText
from aidline.storage.secrets import Vault
from channels.gateway.gateway import Gateway
from channels.gateway.messages import Outgoing
from channels.sms.inbound import Inbound, e164

__all__ = ["create_simulator_blueprint"]

_PATH = "/sms/twilio/inbound"


def create_simulator_blueprint(
    inbound: Inbound, gateway: Gateway, token: str, sessions: sessionmaker[Session], vault: Vault
) -> Blueprint:
    """The blueprint under /phone."""
    simulator = Blueprint("simulator", __name__, url_prefix="/phone")
    signer = RequestValidator(token)

    @simulator.post("/send")
    def send() -> tuple[Response, int]:
        body: Any = request.get_json(silent=True) or {}
        phone, text = e164(str(body.get("from", ""))), str(body.get("body", ""))
        if phone is None:
            raise InputError("That is not a phone number.", remedy="Use one such as +1 505 555 0100.")
        form = {"From": phone, "Body": text, "MessageSid": f"SM{uuid4().hex}", "NumMedia": "0"}
        url = inbound.url(_PATH)
        if not inbound.genuine(url, form, signer.compute_signature(url, form)):
            raise InputError("The simulator is switched off.", remedy="Twilio is set up on this machine.")
        inbound.take(form)
        return jsonify({"message_id": form["MessageSid"]}), 202

    @simulator.get("/messages")
    def messages() -> Response:
        phone = e164(request.args.get("phone", ""))
        after = request.args.get("after", 0, type=int)
        if phone is None:
            raise InputError("That is not a phone number.")
        with sessions() as session:
            shown = _thread(session, vault.hash_phone(phone), after, inbound.own_words(phone))
        return jsonify({"messages": _with_data(shown, gateway)})

    return simulator


def _thread(session: Session, phone_hash: str, after: int, own: Mapping[str, str]) -> list[dict[str, Any]]:
    """What the phone shows: texts it sent (`own` by their id, as a transcript may hold less), and those it got."""
    conversations = select(SmsText.conversation_id).where(SmsText.phone_hash == phone_hash).distinct()
    said = session.execute(
        select(Message, SmsText)
        .outerjoin(SmsText, SmsText.id == Message.id)
        .where(Message.conversation_id.in_(conversations), Message.seq > after)
        .order_by(Message.seq)
    )
    shown = []
    for message, text in said:
        if message.sender == "person":
            body = own.get(message.id.partition(":")[2], message.text)
            shown.append({"n": message.seq, "direction": "in", "body": body, "status": "received"})
        elif text is not None and text.status not in SmsText.WAITING:
            shown.append(
                {
                    "n": message.seq,
                    "direction": "out",
                    "body": text.body,
                    "status": text.status,
                    "asks": text.asks,
                    "of": message.conversation_id,
                }
            )
        else:
            # A later text must not be shown before an earlier one that is still on its way.
            break
        shown[-1]["at"] = message.at.isoformat()
    return shown


def _with_data(shown: list[dict[str, Any]], gateway: Gateway) -> list[dict[str, Any]]:
    """The same texts, with what only the session remembers of them: `result` (answers are never on record), `more`."""
    live: dict[tuple[str, int], Outgoing] = {}
    for conversation in {text["of"] for text in shown if "of" in text}:
        live |= {(conversation, said.seq): said for said in gateway.recent(conversation, count=2 * len(shown) + 20)[0]}
    for text in shown:
        if (conversation := text.pop("of", None)) is not None:
            said = live.get((conversation, text["n"]))
            text |= {"result": said.result if said else None, "more": said is not None and said.more}
    return shown
