"""`python -m aidline.supervisor`: brings both Python environments up to date, as `aidline up` does, and stops there."""

from __future__ import annotations

import sys

from aidline.errors import AidlineError
from aidline.settings import load_settings
from aidline.supervisor.environments import ensure_environments
from aidline.supervisor.folder import DataFolder
from aidline.supervisor.progress import Progress
from aidline.supervisor.work import Work


def main() -> None:
    """Installs what is missing, telling how long it takes."""
    settings = load_settings()
    try:
        ensure_environments(settings, Work(DataFolder(settings.data_dir)), Progress(sys.stdout))
    except AidlineError as error:
        raise SystemExit(str(error)) from None


if __name__ == "__main__":
    main()
