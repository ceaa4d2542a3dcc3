"""Who comes and goes, on PostgreSQL."""
