"""Reading a YAML file of rules or figures into its typed shape."""

from collections.abc import Callable
from pathlib import Path

import yaml
from pydantic import BaseModel, ValidationError

from knowledge.errors import KnowledgeError

__all__ = ["read_table"]


def read_table[Shape: BaseModel](
    path: Path,
    shape: type[Shape],
    error: Callable[[Path, str], KnowledgeError],
    loader: type[yaml.SafeLoader] = yaml.SafeLoader,
) -> Shape:
    """What one file holds. Raises what `error` makes of the path and the first place that is wrong, in words."""
    try:
        return shape.model_validate(yaml.load(path.read_text(encoding="utf-8"), Loader=loader))  # noqa: S506
    except OSError as problem:
        raise error(path, f"it cannot be read ({problem.strerror})") from problem
    except UnicodeDecodeError as problem:
        raise error(path, f"it is not UTF-8 ({problem.reason})") from problem
    except yaml.YAMLError as problem:
        raise error(path, f"it is not valid YAML ({problem})") from problem
    except ValidationError as problem:
        first = problem.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise error(path, f"{place}: {first['msg']}") from problem
