"""The staff pages under `/staff`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session, sessionmaker

from aidline.clock import Clock
from aidline.errors import TooMuch
from aidline.storage import accounts
from aidline.storage.models import StaffUser
from aidline.storage.secrets import Vault
from channels.staff import queries
from channels.staff.formatting import FILTERS, case_of, phone_of
from channels.staff.signin import (
    SignInLimit,
    check_form,
    form_token,
    local_target,
    sign_in,
    sign_out,
    signed_in_as,
)

__all__ = ["create_staff_blueprint"]

_CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_OPEN_TO_ALL = {"staff.login", "staff.enter", "staff.static"}
_WRONG = "That user name and password don't match. Check both, capital letters too, and try again."


def create_staff_blueprint(sessions: sessionmaker[Session], vault: Vault, clock: Clock) -> Blueprint:
    """Sign-in, hand-offs and conversations for staff.

    The app that registers it sets `SECRET_KEY` and the flags of the session cookie. Limits on guessing
    passwords are kept in this process.
    """
    staff = Blueprint(
        "staff",
        __name__,
        url_prefix="/staff",
        static_folder="static",
        static_url_path="/static",
        template_folder="templates",
    )
    _add_guards(staff, sessions, clock)
    _add_sign_in(staff, sessions, clock)
    _add_handoffs(staff, sessions, vault, clock)
    _add_conversations(staff, sessions, vault)
    for name, function in FILTERS.items():
        staff.add_app_template_filter(function, f"staff_{name}")
    return staff


def _add_guards(staff: Blueprint, sessions: sessionmaker[Session], clock: Clock) -> None:
    @staff.before_request
    def only_staff() -> ResponseReturnValue | None:
        if request.endpoint in _OPEN_TO_ALL:
            return None
        if _who(sessions, clock) is None:
            wanted = request.full_path.rstrip("?") if request.method == "GET" else None
            return redirect(url_for("staff.login", next=wanted), code=303)
        if request.method == "POST":
            check_form()
        return None

    @staff.context_processor
    def for_templates() -> dict[str, object]:
        return {"form_token": form_token, "username": signed_in_as(clock.now())}

    @staff.after_request
    def guard(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = _CONTENT_POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        if request.endpoint != "staff.static":
            response.headers["Cache-Control"] = "no-store"
        return response

    @staff.errorhandler(403)
    def refused(_error: Exception) -> ResponseReturnValue:
        return render_template("staff/refused.html"), 403

    @staff.errorhandler(404)
    def missing(_error: Exception) -> ResponseReturnValue:
        return render_template("staff/missing.html"), 404

    @staff.get("/<path:_anything>")
    def nowhere(_anything: str) -> ResponseReturnValue:
        abort(404)


def _who(sessions: sessionmaker[Session], clock: Clock) -> str | None:
    name = signed_in_as(clock.now())
    if name is None:
        return None
    with sessions() as session:
        user = session.get(StaffUser, name)
    return name if user is not None and not user.disabled else None


def _add_sign_in(staff: Blueprint, sessions: sessionmaker[Session], clock: Clock) -> None:
    limit = SignInLimit()

    @staff.get("/")
    def home() -> ResponseReturnValue:
        return redirect(url_for("staff.handoffs"), code=303)

    @staff.get("/login")
    def login() -> ResponseReturnValue:
        if _who(sessions, clock) is not None:
            return redirect(local_target(request.args.get("next"), url_for("staff.handoffs")), code=303)
        return render_template("staff/login.html", problem="", name="", target=request.args.get("next", ""))

    @staff.post("/login")
    def enter() -> ResponseReturnValue:
        check_form()
        name, password = request.form.get("username", ""), request.form.get("password", "")
        target = request.form.get("next", "")
        address = request.remote_addr or ""

        def again(problem: str) -> str:
            return render_template("staff/login.html", problem=problem, name=name, target=target)

        try:
            limit.count(name, address)
        except TooMuch as error:
            return again(str(error)), 429, {"Retry-After": str(error.retry_after)}
        with sessions.begin() as session:
            right = accounts.verify(session, name, password)
        if not right:
            return again(_WRONG), 401
        limit.forget(name, address)
        sign_in(name, clock.now())
        return redirect(local_target(target, url_for("staff.handoffs")), code=303)

    @staff.post("/logout")
    def leave() -> ResponseReturnValue:
        sign_out()
        return redirect(url_for("staff.login"), code=303)


def _add_handoffs(staff: Blueprint, sessions: sessionmaker[Session], vault: Vault, clock: Clock) -> None:
    @staff.get("/handoffs")
    def handoffs() -> ResponseReturnValue:
        with sessions() as session:
            waiting = [(handoff, phone_of(handoff, vault)) for handoff in queries.open_handoffs(session)]
            done = queries.done_handoffs(session)
        return render_template("staff/handoffs.html", waiting=waiting, done=done)

    @staff.post("/handoffs/<reference>/done")
    def handoff_done(reference: str) -> ResponseReturnValue:
        name = signed_in_as(clock.now()) or ""
        with sessions.begin() as session:
            changed = queries.close_handoff(session, reference, name, clock.now())
        flash(f"{reference} is marked done." if changed else f"{reference} was no longer open; nothing changed.")
        return redirect(url_for("staff.handoffs"), code=303)

    @staff.post("/handoffs/<reference>/reopen")
    def handoff_reopened(reference: str) -> ResponseReturnValue:
        with sessions.begin() as session:
            changed = queries.reopen_handoff(session, reference)
        flash(f"{reference} is open again." if changed else f"{reference} was not done; nothing changed.")
        return redirect(url_for("staff.handoffs"), code=303)


def _add_conversations(staff: Blueprint, sessions: sessionmaker[Session], vault: Vault) -> None:
    @staff.get("/conversations")
    def conversations() -> ResponseReturnValue:
        filters = queries.Filters.from_args(request.args)
        with sessions() as session:
            lines, older = queries.find_conversations(session, filters)
        return render_template("staff/conversations.html", lines=lines, older=older, filters=filters)

    @staff.get("/conversations.csv")
    def conversations_csv() -> ResponseReturnValue:
        filters = queries.Filters.from_args(request.args)
        with sessions() as session:
            body = _csv(queries.export_lines(session, filters))
        headers = {"Content-Disposition": 'attachment; filename="aidline-conversations.csv"'}
        return Response(body, content_type="text/csv; charset=utf-8", headers=headers)

    @staff.get("/conversations/<conversation_id>")
    def transcript(conversation_id: str) -> ResponseReturnValue:
        with sessions() as session:
            found = queries.read_transcript(session, conversation_id)
        if found is None:
            abort(404)
        phones = {handoff.reference: phone_of(handoff, vault) for handoff in found.handoffs}
        cases = {handoff.reference: case_of(handoff, vault) for handoff in found.handoffs}
        return render_template("staff/transcript.html", transcript=found, phones=phones, cases=cases)


def _csv(lines: Iterable[queries.ConversationLine]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["conversation", "started_utc", "last_utc", "channel", "language", "messages", "handoff"])
    for line in lines:
        times = [at.isoformat(timespec="seconds") for at in (line.started_at, line.last_at)]
        writer.writerow([line.id, *times, line.channel, line.language, line.message_count, line.handoff])
    return out.getvalue()
