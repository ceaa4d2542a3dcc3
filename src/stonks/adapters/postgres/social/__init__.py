"""Following on PostgreSQL."""
