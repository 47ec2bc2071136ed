"""`python -m actions.server`: serves the actions to Rasa on loopback."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable
from typing import Any

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor
from sanic import Sanic

from actions.flows import FLOWS
from actions.forms import FlowForm
from actions.free import ACTIONS
from actions.menu import MENU_ACTIONS
from aidline.settings import load_settings
from aidline.telemetry import configure

__all__ = ["executor", "serve"]


class _Executor(ActionExecutor):  # type: ignore[misc]
    def update_and_return_domain(self, payload: dict[str, Any], action_name: str) -> dict[str, Any]:
        """Nothing: Aidline's actions do not look at the domain, so Rasa need not send its words each turn."""
        return {}


def executor() -> ActionExecutor:
    """Every action there is, registered by name: no folder is searched, so nothing is served by accident."""
    registered = _Executor()
    for flow in FLOWS:
        registered.register_action(FlowForm(flow))
    for action in (*ACTIONS, *MENU_ACTIONS):
        registered.register_action(action)
    return registered


def serve(prepare: Callable[[Sanic], None] | None = None) -> None:
    """Serves every action until it is told to stop. `prepare` may add to the server before it starts."""
    settings = load_settings()
    configure(settings, "actions")
    # Rasa SDK warns on every call that the bot runs an older Rasa; both are pinned and tested together.
    warnings.filterwarnings("ignore", message="Your versions of rasa and rasa_sdk")
    logging.getLogger("rasa_sdk").setLevel(logging.WARNING)
    logging.getLogger("sanic.access").setLevel(logging.WARNING)
    app = create_app(executor(), cors_origins=[])
    app.config.KEEP_ALIVE_TIMEOUT = 600
    if prepare is not None:
        prepare(app)
    app.run(host="127.0.0.1", port=settings.actions_port, single_process=True, access_log=False, motd=False)


if __name__ == "__main__":
    serve()
