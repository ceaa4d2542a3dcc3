"""Secrets from the operating system."""

from secrets import token_urlsafe


def new_secret() -> str:
    """``NewSecret``: 256 random bits in base64url, 43 characters."""
    return token_urlsafe(32)
