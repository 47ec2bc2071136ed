"""Opening a conversation by the link that was asked for in it: once, and by a person."""

from __future__ import annotations

import re

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from aidline.errors import NotSignedIn
from channels.gateway.gateway import Gateway
from channels.web.cookie import keep, signer_for
from channels.web.pages import page_language, page_words

__all__ = ["create_hand_over_blueprint"]

_PREVIEW = re.compile(r"bot\b|crawler|spider|preview|facebookexternalhit|whatsapp|slack|skype|embedly", re.IGNORECASE)
"""Programs that look at a link in a text before the person does. They must not use it up."""


def create_hand_over_blueprint(gateway: Gateway, secret_key: str) -> Blueprint:
    """The links under /go."""
    links = Blueprint("hand_over", __name__, url_prefix="/go")
    signer = signer_for(secret_key)

    @links.get("/<code>")
    def go(code: str) -> BaseResponse:
        if _PREVIEW.search(request.headers.get("User-Agent", "")):
            return Response("Aidline\n", content_type="text/plain; charset=utf-8")
        try:
            conversation, token = gateway.conversations.enter(code)
        except NotSignedIn:
            language, _chosen = page_language()
            text = page_words()[language]["link_used"]
            return Response(f"{text}\n", status=410, content_type="text/plain; charset=utf-8")
        answer = keep(redirect(url_for("pages.chat")), str(signer.dumps([conversation.id, token])))
        answer.headers["Cache-Control"] = "no-store"
        return answer

    @links.after_request
    def guard(response: BaseResponse) -> BaseResponse:
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    return links
