"""The key pair that signs tokens."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key


def ed25519_key(pem: str) -> Ed25519PrivateKey:
    """Read a private key in PEM; raises ``ValueError`` for any other kind of key."""
    key = load_pem_private_key(pem.encode(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError("tokens are signed with an Ed25519 key")
    return key
