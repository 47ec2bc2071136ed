"""Dead letters, events of turns, and when a text was last tried."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dead_letters",
        sa.Column("id", sa.String(length=96), nullable=False),
        sa.Column("stream", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=True),
        sa.Column("record_id", sa.String(length=96), nullable=True),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("cause", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dead_letters")),
    )
    with op.batch_alter_table("dead_letters", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dead_letters_at"), ["at"], unique=False)

    op.create_table(
        "turn_events",
        sa.Column("id", sa.String(length=96), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("message_id", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("intent", sa.String(length=64), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("actions", sa.JSON(), nullable=False),
        sa.Column("slots", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_turn_events_conversation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_turn_events")),
    )
    with op.batch_alter_table("turn_events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_turn_events_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_turn_events_conversation_id"), ["conversation_id"], unique=False)

    with op.batch_alter_table("sms_texts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("attempt_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.drop_index(batch_op.f("ix_sms_texts_provider_id"))
        batch_op.create_index(batch_op.f("ix_sms_texts_provider_id"), ["provider_id"], unique=True)


def downgrade() -> None:
    # The version before knows nothing between queued and sent.
    op.execute("UPDATE sms_texts SET status = 'queued' WHERE status IN ('sending', 'unsure')")
    with op.batch_alter_table("sms_texts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sms_texts_provider_id"))
        batch_op.create_index(batch_op.f("ix_sms_texts_provider_id"), ["provider_id"], unique=False)
        batch_op.drop_column("attempt_at")

    with op.batch_alter_table("turn_events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_turn_events_conversation_id"))
        batch_op.drop_index(batch_op.f("ix_turn_events_at"))

    op.drop_table("turn_events")
    with op.batch_alter_table("dead_letters", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dead_letters_at"))

    op.drop_table("dead_letters")
