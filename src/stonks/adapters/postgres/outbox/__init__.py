"""The outbox on PostgreSQL."""
