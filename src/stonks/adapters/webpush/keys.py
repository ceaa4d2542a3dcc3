"""Keys on the curve P-256."""

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    derive_private_key,
    generate_private_key,
)
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from stonks.adapters.base64url import decoded, encoded

CURVE = SECP256R1()
PRIVATE_BYTES, PUBLIC_BYTES = 32, 65


def new_vapid_key() -> str:
    """A new private key in PEM (PKCS #8)."""
    key = generate_private_key(CURVE)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def read_vapid_key(written: str) -> EllipticCurvePrivateKey:
    """A key in PEM, or as its 32 bytes in base64url. Raises ``ValueError`` for anything else."""
    if not written.lstrip().startswith("-----"):
        return _raw(written.strip().rstrip("="))
    try:
        key = load_pem_private_key(written.encode(), password=None)
    except (TypeError, UnsupportedAlgorithm) as error:
        raise ValueError("no key that can be read") from error
    if not isinstance(key, EllipticCurvePrivateKey) or not isinstance(key.curve, SECP256R1):
        raise ValueError("a key of another kind")
    return key


def read_public_key(written: object) -> EllipticCurvePublicKey:
    """A point in base64url, uncompressed and on the curve. Raises ``ValueError``."""
    point = decoded(written, longest=PUBLIC_BYTES)
    if len(point) != PUBLIC_BYTES:
        raise ValueError("no uncompressed point")
    return EllipticCurvePublicKey.from_encoded_point(CURVE, point)


def public_key(key: EllipticCurvePrivateKey) -> str:
    """What browsers take as ``applicationServerKey``: 87 characters."""
    return encoded(key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def _raw(written: str) -> EllipticCurvePrivateKey:
    secret = decoded(written, longest=PRIVATE_BYTES)
    if len(secret) != PRIVATE_BYTES:
        raise ValueError("a key has 256 bits")
    return derive_private_key(int.from_bytes(secret), CURVE)
