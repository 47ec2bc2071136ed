"""The pages people open: the chat and, where no SMS provider is set up, the phone simulator.

The pages hold no data. Their scripts talk to `/api/v1` and `/phone/…` on the same origin.
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from typing import cast

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from channels.gateway.messages import Language

__all__ = ["CONTENT_POLICY", "create_pages_blueprint", "page_language", "page_words"]

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
    )
)
"""Nothing from elsewhere, nothing inline."""

_LANGUAGES: tuple[Language, ...] = ("en", "es")


@lru_cache(maxsize=1)
def page_words() -> dict[Language, dict[str, str]]:
    """The words of the pages by language, from the same file that the scripts read."""
    text = files("channels.web").joinpath("static", "words.json").read_text(encoding="utf-8")
    return cast(dict[Language, dict[str, str]], json.loads(text))


def page_language() -> tuple[Language, bool]:
    """The language of this request, and whether the person chose it (`?lang=`) or only the browser did."""
    chosen = request.args.get("lang", "")
    for language in _LANGUAGES:
        if chosen == language:
            return language, True
    best = request.accept_languages.best_match(_LANGUAGES, default="en")
    return ("es" if best == "es" else "en"), False


def create_pages_blueprint(*, simulator: bool) -> Blueprint:
    """The chat page at `/`, its files under `/assets`, and `/phone` where `simulator` is true."""
    pages = Blueprint("pages", __name__, static_folder="static", static_url_path="/assets", template_folder="templates")

    @pages.get("/")
    def chat() -> Response:
        return _page("web/chat.html")

    @pages.get("/favicon.ico")
    def favicon() -> BaseResponse:
        return redirect(url_for("pages.static", filename="icon.svg"), code=301)

    if simulator:

        @pages.get("/phone")
        def phone() -> Response:
            return _page("web/phone.html")

    @pages.after_request
    def guard(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = CONTENT_POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    return pages


def _page(template: str) -> Response:
    language, chosen = page_language()
    html = render_template(template, language=language, chosen=chosen, words=page_words()[language])
    response = Response(html, content_type="text/html; charset=utf-8", headers={"Content-Language": language})
    response.headers["Vary"] = "Accept-Language"
    response.headers["Cache-Control"] = "no-cache"
    return response
