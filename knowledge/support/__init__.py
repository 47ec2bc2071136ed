"""Whether a sentence says nothing but what a statement of the notes says, in other words only where that is safe."""

from knowledge.support.check import Fault, faults, opening, supports

__all__ = ["Fault", "faults", "opening", "supports"]
