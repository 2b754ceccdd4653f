"""Whether a signature is that of a round of drand's quicknet: looked at here, without any network.

The scheme is drand's « bls-unchained-g1-rfc9380 »: BLS on the curve BLS12-381, signatures on G1,
the message is the digest of the round's number. The one door to the library that knows the curve;
where it is not installed nobody can tell, and the answer is None (docs/adr/0013).
"""

import hashlib

# The key of the League of Entropy for quicknet, in the chain's own public description.
QUICKNET_KEY = bytes.fromhex(
    "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064"
    "510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ec"
    "e45a"
)
_TAG = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"
_SIZE = 48  # bytes of a point of G1
LIBRARY = "py-arkworks-bls12381"


def signed(number: int, signature: bytes) -> bool | None:
    """Whether quicknet signed the round `number` so; None where no library here can tell."""
    try:
        from py_arkworks_bls12381 import GT, G1Point, G2Point
    except ImportError:
        return None
    if len(signature) != _SIZE or not 0 < number < 1 << 64:
        return False
    message = hashlib.sha256(number.to_bytes(8, "big")).digest()
    try:
        # Refuses what is no point, in another form, or of another order (tests/unit/jury).
        point = G1Point.from_compressed_bytes(signature)
    except ValueError:
        return False
    hashed = G1Point.hash_to_curve(message, _TAG)
    key = G2Point.from_compressed_bytes(QUICKNET_KEY)
    # e(signature, G) = e(hash, key), as one product.
    return bool(GT.pairing_check([point, -hashed], [G2Point(), key]))
