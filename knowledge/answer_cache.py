"""Answers already given, found again only by exactly the same question."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock


class AnswerCache[Value]:
    """The `size` values used last, in memory. Thread-safe.

    Exact keys only: a cache that matches by likeness takes "can" for "cannot".
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._values: OrderedDict[Hashable, Value] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: Hashable) -> Value | None:
        """The value kept for that key, or None."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def put(self, key: Hashable, value: Value) -> None:
        """Keep a value; the one unused for longest goes when there are more than `size`."""
        with self._lock:
            self._values[key] = value
            self._values.move_to_end(key)
            while len(self._values) > self._size:
                self._values.popitem(last=False)
