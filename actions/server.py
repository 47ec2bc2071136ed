"""`python -m actions.server`: serves the actions to Rasa on loopback."""

from __future__ import annotations

import logging

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor

from actions.estimate_aid import EstimateAid
from actions.forms import FlowForm
from actions.free import ACTIONS
from actions.handoff import Handoff
from aidline.settings import load_settings
from aidline.telemetry import configure

__all__ = ["executor", "main"]


def executor() -> ActionExecutor:
    """Every action there is, registered by name: no folder is searched, so nothing is served by accident."""
    registered = ActionExecutor()
    for flow in (EstimateAid(), Handoff()):
        registered.register_action(FlowForm(flow))
    for action in ACTIONS:
        registered.register_action(action)
    return registered


def main() -> None:
    """Runs until it is told to stop."""
    settings = load_settings()
    configure(settings, "actions")
    # Rasa SDK warns on every call that the bot runs an older Rasa; both versions are pinned and tested together.
    logging.getLogger("rasa_sdk.utils").setLevel(logging.ERROR)
    logging.getLogger("sanic.access").setLevel(logging.WARNING)
    app = create_app(executor(), cors_origins=[])
    app.config.KEEP_ALIVE_TIMEOUT = 600
    app.run(host="127.0.0.1", port=settings.actions_port, single_process=True, access_log=False, motd=False)


if __name__ == "__main__":
    main()
