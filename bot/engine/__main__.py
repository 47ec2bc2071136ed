"""`python -m engine train|run …`: Rasa's own command line, started the way Aidline needs it."""

import os
import sys
import warnings

from engine import action_answers, action_requests, tensorflow_shim


def main() -> None:
    """Installs the TensorFlow stand-in, silences noise that nobody can act on, and hands over to Rasa."""
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    warnings.simplefilter("ignore")
    tensorflow_shim.install()
    sys.path.insert(0, os.getcwd())
    from rasa.__main__ import main as rasa_main

    action_answers.install()
    action_requests.install()
    rasa_main()


if __name__ == "__main__":
    main()
