"""Writes the next migration from the difference between the models and the migrations so far."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.script import ScriptDirectory

from aidline.storage.sql import _alembic_config, make_engine, migrate


def main(what_changed: str) -> None:
    """Write `versions/<number>_<what_changed>.py`, numbered after the last one."""
    config = _alembic_config()
    number = len(list(ScriptDirectory.from_config(config).walk_revisions())) + 1
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'scratch.sqlite3'}"
        migrate(url)
        engine = make_engine(url)
        with engine.connect() as connection:
            config.attributes["connection"] = connection
            command.revision(config, message=what_changed, autogenerate=True, rev_id=f"{number:04d}")
        engine.dispose()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit('Say what changed: python -m aidline.storage.migrations "add a column for ..."')
    main(sys.argv[1])
