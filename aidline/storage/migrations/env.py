"""Runs migrations on the connection that `aidline.storage.sql` hands over."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlalchemy import DateTime

from aidline.storage.models import Base, UtcDateTime


def _render_item(kind: str, item: Any, _autogen: Any) -> str | Literal[False]:
    # A migration must keep its meaning when models change, so it names no type of ours.
    if kind == "type" and isinstance(item, UtcDateTime):
        return f"sa.{DateTime(timezone=True)!r}"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    render_item=_render_item,
)
with context.begin_transaction():
    context.run_migrations()
