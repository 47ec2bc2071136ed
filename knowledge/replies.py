"""Fixed replies, word for word, for when no note may or can answer."""

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from knowledge.notes import Language, Source

ReplyName = Literal["unknown", "crisis"]
_FILE = Path(__file__).parent / "replies.yml"


class FixedSentence(BaseModel):
    """A sentence and the id of its source in `FixedReplies.sources`; None when it states no fact."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: Annotated[str, Field(min_length=1)]
    source: str | None


class FixedReplies(BaseModel):
    """All fixed replies, by name and language, and the sources they cite."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sources: dict[str, Source]
    replies: dict[ReplyName, dict[Language, tuple[FixedSentence, ...]]]

    def sentences(self, name: ReplyName, language: Language) -> tuple[FixedSentence, ...]:
        """The sentences of a reply in that language."""
        return self.replies[name][language]


@cache
def fixed_replies() -> FixedReplies:
    """The replies as `replies.yml` holds them."""
    data = yaml.safe_load(_FILE.read_text("utf-8"))
    sources = {name: {"id": name, **source} for name, source in data["sources"].items()}
    return FixedReplies.model_validate({"sources": sources, "replies": data["replies"]})
