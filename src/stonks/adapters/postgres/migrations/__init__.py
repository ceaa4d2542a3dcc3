"""The schema's versions, and how Alembic gets at them."""
