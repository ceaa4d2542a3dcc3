"""Signing in by other issuers, over HTTP."""
