"""Endpoints and what they are told, on PostgreSQL."""
