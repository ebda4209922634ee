"""Alembic's entry: runs the revisions on the connection that storage.schema hands over."""

from alembic import context

from storage import letters_search, schema

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=schema.metadata,
    render_as_batch=True,
    compare_type=False,
    include_name=lambda name, _kind, _parents: not letters_search.is_own(name),
)
with context.begin_transaction():
    context.run_migrations()
