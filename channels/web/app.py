"""The web application: pages, API, text webhooks, staff, health."""

from __future__ import annotations

import hashlib
import hmac

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from aidline.clock import Clock, clock_at
from aidline.settings import Settings
from aidline.storage.redis import connect
from aidline.storage.secrets import Vault, load_or_make
from aidline.storage.sql import make_engine, session_factory
from channels.gateway.gateway import Gateway
from channels.sms.inbound import Inbound, create_sms_blueprint
from channels.sms.simulator import create_simulator_blueprint
from channels.staff import create_staff_blueprint
from channels.web.api import create_api_blueprint
from channels.web.errors import register_errors
from channels.web.hand_over import create_hand_over_blueprint
from channels.web.health import create_health_blueprint
from channels.web.pages import create_pages_blueprint

__all__ = ["create_app", "simulator_token"]

_LARGEST_REQUEST = 256 * 1024


def simulator_token(secret_key: str) -> str:
    """The token the phone simulator signs with, so that it passes the same check as Twilio."""
    return hmac.new(secret_key.encode(), b"phone simulator", hashlib.sha256).hexdigest()


def create_app(settings: Settings, clock: Clock | None = None) -> Flask:
    """The application for these settings."""
    clock = clock or clock_at(settings.clock_file)
    secrets = load_or_make(settings)
    vault = Vault(secrets.phone_key)
    client = connect(settings.redis)
    sessions = session_factory(make_engine(settings.database))
    gateway = Gateway(client, vault, clock, settings)
    simulated = settings.twilio_auth_tokens is None
    token = simulator_token(secrets.secret_key)
    tokens = [token] if settings.twilio_auth_tokens is None else _split(settings.twilio_auth_tokens.get_secret_value())
    inbound = Inbound(gateway, tokens, settings.site)

    app = Flask(__name__, static_folder=None)
    app.config.update(
        SECRET_KEY=secrets.secret_key,
        MAX_CONTENT_LENGTH=_LARGEST_REQUEST,
        SESSION_SECONDS=settings.session_days * 24 * 3600,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.site.startswith("https"),
    )
    if settings.public_url:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]
    register_errors(app)
    app.register_blueprint(create_pages_blueprint(simulator=simulated))
    app.register_blueprint(create_api_blueprint(gateway, secrets.secret_key))
    app.register_blueprint(create_hand_over_blueprint(gateway, secrets.secret_key))
    app.register_blueprint(create_health_blueprint(client, sessions, settings))
    app.register_blueprint(create_sms_blueprint(inbound, sessions))
    app.register_blueprint(create_staff_blueprint(sessions, vault, clock))
    if simulated:
        app.register_blueprint(create_simulator_blueprint(inbound, gateway, token, sessions, vault))
    return app


def _split(tokens: str) -> list[str]:
    return [token.strip() for token in tokens.split(",") if token.strip()]
