"""The chat on PostgreSQL. Hot statements are written by hand: Core costs more than they do."""
