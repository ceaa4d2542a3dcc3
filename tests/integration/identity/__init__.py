"""Identity on PostgreSQL and Redis."""
