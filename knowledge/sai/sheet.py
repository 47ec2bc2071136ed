"""The sheet a formula is worked out on."""

__all__ = ["Sheet"]


class Sheet:
    """Collects the lines of one calculation, in the order they are worked out.

    `lines` holds whole dollars by line key, such as "parent_ipa"; a line that does not apply to a family is not there.
    """

    __slots__ = ("lines",)

    def __init__(self) -> None:
        self.lines: dict[str, int] = {}

    def line(self, key: str, amount: int) -> int:
        """Writes a line down and gives its amount back, for the next line to use."""
        self.lines[key] = amount
        return amount
