"""The pages a message rests on, as the gateway takes them (`sources`)."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge.cited import Citation

__all__ = ["sources_of"]


def sources_of(citations: Iterable[Citation]) -> list[dict[str, str]]:
    """`title`, `url` and the ISO day `as_of` of each page."""
    return [{"title": one.title, "url": one.url, "as_of": one.as_of.isoformat()} for one in citations]
