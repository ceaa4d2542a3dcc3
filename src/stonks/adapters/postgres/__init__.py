"""PostgreSQL, the truth: SQLAlchemy Core with explicit rows."""
