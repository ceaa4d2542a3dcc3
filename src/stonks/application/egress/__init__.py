"""Requests to places that others name, which are trusted in nothing."""
