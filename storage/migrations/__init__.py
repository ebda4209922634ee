"""How the tables came to be what they are: alembic revisions, additive first."""

HEAD = "0002"
"""The latest revision; a test holds it equal to what alembic finds."""
