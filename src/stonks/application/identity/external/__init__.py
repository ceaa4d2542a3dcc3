"""Signing in by an account that somebody has elsewhere (OpenID Connect)."""
