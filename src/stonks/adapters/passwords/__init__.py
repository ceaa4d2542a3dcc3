"""Passwords: how they are hashed, and which are too common."""

from stonks.adapters.passwords.argon2 import PwdlibPasswords, argon2id
from stonks.adapters.passwords.common import ZxcvbnCommonPasswords
from stonks.adapters.passwords.turns import Turns

__all__ = ["PwdlibPasswords", "Turns", "ZxcvbnCommonPasswords", "argon2id"]
