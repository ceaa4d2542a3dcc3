"""The kinds of public keys that passkeys may have."""

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from webauthn.helpers import decode_credential_public_key, decoded_public_key_to_cryptography
from webauthn.helpers.cose import COSEAlgorithmIdentifier

ALGORITHMS = [
    COSEAlgorithmIdentifier.EDDSA,
    COSEAlgorithmIdentifier.ECDSA_SHA_256,
    COSEAlgorithmIdentifier.RSASSA_PKCS1_v1_5_SHA_256,
]
RSA_BITS = range(2048, 4097)


def is_good_key(cose: bytes) -> bool:
    """Whether it can be loaded, and is of the kind that its algorithm says, of a usual size."""
    decoded = decode_credential_public_key(cose)
    key = decoded_public_key_to_cryptography(decoded)
    if isinstance(key, EllipticCurvePublicKey):
        is_p256 = isinstance(key.curve, SECP256R1)
        return is_p256 and decoded.alg == COSEAlgorithmIdentifier.ECDSA_SHA_256
    if isinstance(key, RSAPublicKey):
        is_usual = key.key_size in RSA_BITS and key.public_numbers().e == 65537
        return is_usual and decoded.alg == COSEAlgorithmIdentifier.RSASSA_PKCS1_v1_5_SHA_256
    return isinstance(key, Ed25519PublicKey)
