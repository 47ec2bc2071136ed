"""Texts coming in from Twilio: signature, once for good, an empty answer at once; the reply follows from the worker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import phonenumbers
import structlog
from flask import Blueprint, Response, request
from sqlalchemy.orm import Session, sessionmaker
from twilio.request_validator import RequestValidator

from aidline.errors import Busy, InputError, TooMuch
from channels.gateway.gateway import Gateway
from channels.sms.reports import report

__all__ = ["Inbound", "create_sms_blueprint", "e164"]

log = structlog.get_logger()

_EMPTY = "<?xml version='1.0' encoding='UTF-8'?><Response/>"


def e164(number: str) -> str | None:
    """A phone number as E.164, or None when it is not one (short codes, words)."""
    try:
        parsed = phonenumbers.parse(number, "US")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


class Inbound:
    """Checks and takes what Twilio, or the phone simulator, posts."""

    def __init__(self, gateway: Gateway, tokens: Sequence[str], site: str) -> None:
        self._gateway, self._site = gateway, site
        self._validators = [RequestValidator(token) for token in tokens]

    def url(self, path: str) -> str:
        """The address the provider signed: the public one, also behind a proxy."""
        return f"{self._site}{path}"

    def genuine(self, url: str, form: Mapping[str, str], signature: str) -> bool:
        """Whether one of our tokens signed this request. Without a token nothing is genuine."""
        return any(validator.validate(url, dict(form), signature) for validator in self._validators)

    def own_words(self, phone: str) -> dict[str, str]:
        """What this phone sent lately, by the ids of its texts."""
        messages, _cursor = self._gateway.recent(self._gateway.conversations.of_phone(phone).id, 1000)
        return {message.id: message.text for message in messages if message.sender == "person"}

    def take(self, form: Mapping[str, str]) -> None:
        """Accepts the text; if too much comes at once, the person is told to send it again, and nothing is accepted.

        Raises InputError for a text without a usable number or id, RedisUnavailable.
        """
        phone, sid = e164(form.get("From", "")), form.get("MessageSid", "")
        if phone is None or not sid:
            raise InputError("This text has no phone number or no MessageSid.")
        conversation = self._gateway.conversations.of_phone(phone)
        media = form.get("NumMedia", "0") not in {"", "0"}
        try:
            self._gateway.accept(conversation, sid, form.get("Body", ""), media=media)
        except (TooMuch, Busy) as error:
            log.warning("a text was turned away: too many at once", conversation=conversation.id)
            if not conversation.opted_out:
                self._gateway.tell(conversation, f"{sid}.busy", str(error), at_most_every=60)


def create_sms_blueprint(inbound: Inbound, sessions: sessionmaker[Session]) -> Blueprint:
    """The blueprint under /sms/twilio."""
    sms = Blueprint("sms", __name__, url_prefix="/sms/twilio")

    @sms.before_request
    def check_signature() -> Response | None:
        path = request.full_path if request.query_string else request.path
        if inbound.genuine(inbound.url(path), request.form, request.headers.get("X-Twilio-Signature", "")):
            return None
        log.warning("a request without a valid signature was refused", path=request.path)
        return Response("The signature is missing or wrong.\n", status=403, content_type="text/plain")

    @sms.post("/inbound")
    def receive() -> Response:
        inbound.take(request.form)
        return Response(_EMPTY, content_type="text/xml")

    @sms.post("/status")
    def status() -> Response:
        known = report(
            sessions,
            text_id=request.args.get("text"),
            provider_id=request.form.get("MessageSid", ""),
            status=request.form.get("MessageStatus", ""),
            error=request.form.get("ErrorCode"),
        )
        if not known:
            log.warning("a report is about no text we know")
        return Response(status=204)

    return sms
