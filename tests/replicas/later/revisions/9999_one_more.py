"""One more: a table, columns of tables that are written all the time, an index, and old rows filled in"""

import sqlalchemy as sa
from alembic import op

from tests.replicas.later import BEFORE, LATER

revision = LATER
down_revision = BEFORE
branch_labels = None
depends_on = None


def upgrade() -> None:
    """As real ones do, several tables one after the other, in another order than commands lock them in."""
    op.create_table(
        "task_note",
        sa.Column("task_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("task_id", name=op.f("pk_task_note")),
    )
    op.add_column("task", sa.Column("weight", sa.Integer(), server_default="1", nullable=False))
    op.create_index("ix_task_weight", "task", ["weight"])
    op.add_column("reminder", sa.Column("loud", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.add_column("outbox", sa.Column("colour", sa.String(), nullable=True))
    op.add_column("inbox", sa.Column("colour", sa.String(), nullable=True))
    op.add_column("person", sa.Column("rank", sa.String(), nullable=True))
    op.execute("UPDATE task SET weight = 2")


def downgrade() -> None:
    """Not wanted: a version that is taken back leaves its columns."""
    raise NotImplementedError
