"""Passkeys: signing in, and proving again who one is, with a key that never leaves its device."""
