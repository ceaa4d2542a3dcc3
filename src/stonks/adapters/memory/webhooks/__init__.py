"""Endpoints and what they are told, in memory."""
