"""Encryption of what is kept and read again, by ``cryptography``."""

from stonks.adapters.sealing.aes import AesSealer
from stonks.adapters.sealing.first_answers import SealedFirstAnswers
from stonks.adapters.sealing.keys import key_id, new_sealing_key, read_key

__all__ = ["AesSealer", "SealedFirstAnswers", "key_id", "new_sealing_key", "read_key"]
