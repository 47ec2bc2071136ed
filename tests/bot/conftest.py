"""Rasa's side, in the bot's own Python 3.10: TensorFlow's stand-in first, as the bot starts."""

import os
import sys
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bot"))

from engine.tensorflow_shim import install

os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
warnings.simplefilter("ignore")
install()
