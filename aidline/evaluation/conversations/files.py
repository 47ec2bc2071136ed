"""Personas from files: one YAML file each, read strictly, so that a misspelt key can't go unnoticed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from aidline.errors import InputError
from aidline.evaluation.conversations.persona import Persona

__all__ = ["read_persona", "read_personas"]


class _Plain(yaml.SafeLoader):
    """YAML in which only numbers, true, false and null are more than text: `no` is a word that a person types."""


_Plain.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:bool", r"true|false", "tf"),
    ("tag:yaml.org,2002:int", r"-?(?:0|[1-9][0-9]*)", "-0123456789"),
    ("tag:yaml.org,2002:float", r"-?(?:0|[1-9][0-9]*)\.[0-9]+", "-0123456789"),
    ("tag:yaml.org,2002:null", r"null|~|", "n~\0"),
):
    _Plain.add_implicit_resolver(_tag, re.compile(rf"(?:{_pattern})\Z"), [*_first, *([""] if "n" in _first else [])])


def _no_key_twice(loader: _Plain, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
    seen = set()
    for key, _value in node.value:
        if key.value in seen:
            raise yaml.constructor.ConstructorError(None, None, f"the key {key.value} stands twice", key.start_mark)
        seen.add(key.value)
    return yaml.SafeLoader.construct_mapping(loader, node, deep=True)


_Plain.add_constructor("tag:yaml.org,2002:map", _no_key_twice)


def read_persona(path: Path) -> Persona:
    """The persona of one file. Raises InputError naming the file, the key and what is wrong with it."""
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), _Plain)  # noqa: S506  # a SafeLoader
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read ({error}).", remedy="Give a persona's file or a folder.") from error
    except yaml.YAMLError as error:
        raise InputError(f"{path} is no YAML: {' '.join(str(error).split())}.", remedy="Mend that line.") from error
    if not isinstance(raw, dict):
        raise InputError(f"{path} holds no persona.", remedy="docs/personas.md says what a persona is.")
    try:
        persona = Persona.model_validate(raw)
    except ValidationError as error:
        raise InputError(f"{path}: {_told(error)}.", remedy="docs/personas.md lists the keys.") from None
    if persona.id != path.stem:
        raise InputError(f"{path}: id is {persona.id}, the file's name is another.", remedy="Make them the same.")
    return persona


def read_personas(path: Path) -> tuple[Persona, ...]:
    """The personas of a file, or of all `*.yml` in a folder and the folders in it, by name.

    Raises InputError for a file that can't be read, for two personas with one id, and where there are none.
    """
    found = sorted(path.rglob("*.yml")) if path.is_dir() else [path]
    personas = tuple(read_persona(one) for one in found)
    ids = [persona.id for persona in personas]
    if doubled := sorted({one for one in ids if ids.count(one) > 1}):
        raise InputError(f"{path}: {', '.join(doubled)} stand twice.", remedy="Give each persona an id of its own.")
    if not personas:
        raise InputError(f"{path} holds no personas.", remedy="Give a folder with *.yml in it.")
    return personas


def _told(error: ValidationError) -> str:
    told = []
    for one in error.errors():
        where = ".".join(str(part) for part in one["loc"])
        what = {"extra_forbidden": "is no key here", "missing": "is missing"}.get(one["type"])
        message = what or one["msg"].removeprefix("Value error, ")
        told.append(f"{where} {message}" if what else f"{where}: {message}" if where else message)
    return "; ".join(told)
