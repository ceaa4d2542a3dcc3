"""Alembic's entrance; ``stonks.adapters.postgres.migrate`` brings the connection."""

from alembic import context

from stonks.adapters.postgres.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    compare_type=True,
    compare_server_default=True,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
