"""Lets Rasa start without TensorFlow.

Rasa 3.6 imports TensorFlow when its own modules are imported, even if no part of the pipeline uses it. Aidline's
pipeline does not. With this finder in place those imports get empty stand-ins: names can be looked up, subclassed and
used as decorators, and the first real use fails with a plain error. If TensorFlow is installed, the finder stays out
of the way, so DIET and TED work as Rasa intends (docs/decisions/0002-rasa-without-tensorflow.md).
"""

import importlib.abc
import importlib.machinery
import importlib.util
import sys
from types import ModuleType
from typing import Any, Optional, Sequence

PACKAGES = ("tensorflow", "tensorflow_addons", "tensorflow_hub", "tensorflow_text", "keras")


class TensorFlowMissing(RuntimeError):
    """Something in the pipeline really needs TensorFlow."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} was used, but TensorFlow is not installed in the bot's environment. "
            "Take DIET, TED and other neural parts out of config.yml, or install bot/tensorflow.txt."
        )


class _StandInType(type):
    """Classes of this type answer every attribute with another stand-in."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _stand_in(f"{cls.__qualname__}.{name}")

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        if not cls.__dict__.get("_is_stand_in", False):
            raise TensorFlowMissing(cls.__qualname__)
        # `@tf.function` hands over the function it decorates; `@register(...)` hands over options first.
        if len(args) == 1 and not kwargs and callable(args[0]) and not isinstance(args[0], _StandInType):
            return args[0]
        return cls

    def __or__(cls, other: Any) -> Any:
        return Any

    __ror__ = __or__


def _stand_in(name: str) -> "_StandInType":
    return _StandInType(name.rsplit(".", 1)[-1], (), {"_is_stand_in": True, "__qualname__": name})


class _StandInModule(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name == "__version__":
            return "0"
        return _stand_in(f"{self.__name__}.{name}")


class TensorFlowFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds `tensorflow` and its companions, and anything below them, as stand-ins."""

    def find_spec(
        self, fullname: str, path: Optional[Sequence[str]], target: Optional[ModuleType] = None
    ) -> Optional[importlib.machinery.ModuleSpec]:
        if fullname.split(".", 1)[0] in PACKAGES:
            return importlib.machinery.ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        return _StandInModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        module.__path__ = []


def install() -> bool:
    """Puts the finder in place unless TensorFlow is installed. Returns whether it did."""
    if any(isinstance(finder, TensorFlowFinder) for finder in sys.meta_path):
        return True
    if importlib.util.find_spec("tensorflow") is not None:
        return False
    sys.meta_path.append(TensorFlowFinder())
    return True
