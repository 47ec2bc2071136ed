"""What Aidline answers with fixed words before, or instead of, its notes: a closed, reviewed list of boundaries.

The words, patterns and examples are in `*.yml` beside this module, in order of precedence.
"""

from knowledge.boundaries.model import Boundary, BoundaryError, Kind
from knowledge.boundaries.shelf import boundaries, boundary

from knowledge.boundaries.crossing import crossed, language_of, without_injection  # isort: skip

__all__ = ["Boundary", "BoundaryError", "Kind", "boundaries", "boundary", "crossed", "language_of", "without_injection"]
