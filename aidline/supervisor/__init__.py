"""Starts Aidline's processes, keeps them running, and ends them without leaving anything behind.

`launch` makes everything ready and starts it; `Stack` is the running whole, for `aidline up` and for other
programs that need one (journey tests, evaluations).
"""

from aidline.supervisor.launch import launch, up
from aidline.supervisor.programs import Program
from aidline.supervisor.progress import Progress
from aidline.supervisor.stack import Cancelled, Stack

__all__ = ["Cancelled", "Program", "Progress", "Stack", "launch", "up"]
