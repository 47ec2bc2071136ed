from __future__ import annotations

import re

from pydantic import SecretStr

from aidline.settings import PROJECT, Settings

LINES = (PROJECT / ".env.example").read_text(encoding="utf-8").splitlines()
SHOWN = dict(re.findall(r"^#?(AIDLINE_[A-Z0-9_]+)=(.*)$", "\n".join(LINES), re.MULTILINE))


def test_every_setting_is_shown_and_nothing_else() -> None:
    assert set(SHOWN) == {f"AIDLINE_{name.upper()}" for name in Settings.model_fields}


def test_every_setting_is_explained_by_the_line_above_it() -> None:
    for number, line in enumerate(LINES):
        if line.startswith("#AIDLINE_"):
            above = LINES[number - 1]
            assert above.startswith(("# ", "#AIDLINE_")), line


def test_nothing_is_set_until_someone_sets_it() -> None:
    assert all(not line or line.startswith("#") for line in LINES)


def test_a_default_that_is_shown_is_the_default() -> None:
    for name, field in Settings.model_fields.items():
        if isinstance(field.default, int | float | str):
            assert SHOWN[f"AIDLINE_{name.upper()}"] == str(field.default).lower().replace("info", "INFO"), name


def test_no_secret_is_shown() -> None:
    secret = [n for n, f in Settings.model_fields.items() if SecretStr in getattr(f.annotation, "__args__", ())]
    assert secret
    assert all(SHOWN[f"AIDLINE_{name.upper()}"] == "" for name in secret)
