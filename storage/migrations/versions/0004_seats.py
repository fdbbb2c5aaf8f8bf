"""In whose list of cases a case stands, and what it shares with others."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "seats",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("person", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_seats_case_id"),
        sa.PrimaryKeyConstraint("case_id", "person", name="pk_seats"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_seats_person", "seats", ["person"], unique=False)
    op.create_table(
        "traces",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("trace", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_traces_case_id"),
        sa.PrimaryKeyConstraint("case_id", "trace", name="pk_traces"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_traces_trace", "traces", ["trace"], unique=False)
