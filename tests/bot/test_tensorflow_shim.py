"""Rasa starts without TensorFlow, and whoever really uses it is told plainly."""

import importlib
import subprocess
import sys
from pathlib import Path

import pytest
from engine.tensorflow_shim import TensorFlowFinder, TensorFlowMissing, install

BOT = Path(__file__).resolve().parents[2] / "bot"


def test_the_parts_of_rasa_that_the_bot_uses_can_be_imported():
    for name in ("rasa.core.agent", "rasa.core.processor", "rasa.nlu.classifiers.logistic_regression_classifier"):
        assert importlib.import_module(name)


def test_rasa_starts_with_the_stand_in_and_not_without_it():
    code = "import rasa.nlu.classifiers.diet_classifier"
    bare, helped = (
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", start], cwd=BOT, capture_output=True, text=True, check=False
        )
        for start in (code, f"from engine.tensorflow_shim import install; install(); {code}")
    )
    assert "No module named 'tensorflow" in bare.stderr
    assert helped.returncode == 0, helped.stderr[-500:]


def test_names_can_be_looked_up_subclassed_and_used_as_decorators():
    tf = importlib.import_module("tensorflow")

    class Layer(tf.keras.layers.Layer):
        pass

    @tf.function
    def step(x):
        return x + 1

    @tf.keras.utils.register_keras_serializable(package="aidline")
    class Kept(tf.keras.Model):
        pass

    assert isinstance(Layer, type)
    assert step(1) == 2
    assert Kept is not None


@pytest.mark.parametrize("module", ["tensorflow.keras.layers", "tensorflow.python.framework.ops", "keras.utils"])
def test_modules_below_it_are_found_too(module):
    assert importlib.import_module(module).__name__ == module


def test_really_using_it_says_what_to_do():
    tf = importlib.import_module("tensorflow")

    class Model(tf.keras.Model):
        pass

    with pytest.raises(TensorFlowMissing, match=r"config\.yml"):
        Model()


def test_installing_twice_changes_nothing():
    before = list(sys.meta_path)
    assert install() is True
    assert sys.meta_path == before
    assert sum(isinstance(finder, TensorFlowFinder) for finder in sys.meta_path) == 1


def test_it_steps_aside_when_the_real_one_is_installed(tmp_path):
    (tmp_path / "tensorflow.py").write_text("__version__ = '2.12.0'\n")
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]);"
        "from engine.tensorflow_shim import install; done = install();"
        "import tensorflow; print(done, tensorflow.__version__)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], cwd=BOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() == ["False", "2.12.0"]


def test_other_packages_that_are_missing_stay_missing():
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("tensorflow_decision_forests")
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("kerastuner")
