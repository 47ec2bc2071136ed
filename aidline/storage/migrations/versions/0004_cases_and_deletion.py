"""Cases for a review of aid, requests that were corrected, and what a person had deleted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("handoffs", schema=None) as batch_op:
        batch_op.add_column(sa.Column("updated_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("kind", sa.String(length=8), nullable=False, server_default="handoff"))
        batch_op.add_column(sa.Column("case_file", sa.Text(), nullable=True))

    with op.batch_alter_table("conversations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("forgotten_seq", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    # The version before knows no deleted requests; without content they are done.
    op.execute("UPDATE handoffs SET status = 'done' WHERE status = 'deleted'")
    # Not in a batch: SQLite would make the tables anew, and dropping conversations takes their messages along.
    op.drop_column("conversations", "forgotten_at")
    op.drop_column("conversations", "forgotten_seq")
    op.drop_column("handoffs", "case_file")
    op.drop_column("handoffs", "kind")
    op.drop_column("handoffs", "updated_at")
