"""Alerts that go another way, and what is known of reaching people."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("detour", sa.BigInteger(), nullable=True))
    op.add_column("outbox", sa.Column("nudged", sa.BigInteger(), nullable=True))
    op.execute("UPDATE outbox SET nudged = 0")
    with op.batch_alter_table("outbox", recreate="always", table_kwargs={"sqlite_autoincrement": True}) as outbox:
        outbox.alter_column("nudged", existing_type=sa.BigInteger(), nullable=False)
    op.create_table(
        "reach",
        sa.Column("place", sa.LargeBinary(), nullable=False),
        sa.Column("contents", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("place", name="pk_reach"),
        sqlite_with_rowid=False,
    )
