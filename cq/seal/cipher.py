"""The door to the ciphers: the few primitives of the format, each with its argument.

Nothing is invented here. Everything is what WebCrypto has too, since a browser must open what
Python seals: AES-256-GCM, HKDF-SHA256, HMAC-SHA256, PBKDF2. Argon2id guards the keyring alone,
which no browser opens.
"""

import base64
import binascii
import hmac as _hmac
import re
from typing import Protocol

KEY = 32  # bytes of every key
NONCE = 12  # bytes, as GCM wants them
TAG = 16  # bytes that GCM adds

# What RFC 9106 recommends second, and SEAL.md 5.4: 64 MiB make a stolen keyring dear to guess.
ARGON_PASSES, ARGON_LANES, ARGON_KIB = 3, 4, 65_536

_B64 = re.compile(r"[A-Za-z0-9_-]*\Z")


class Refused(Exception):
    """These bytes were not sealed with this key, for this place, or were changed since."""


class Aead(Protocol):
    """One key of AES-256-GCM. A nonce must never come twice with other bytes."""

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes: ...

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes: ...


def aead(key: bytes) -> Aead:
    """AES-256-GCM under `key` (32 bytes)."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if len(key) != KEY:
        raise ValueError(f"a key has {KEY} bytes, not {len(key)}")
    return AESGCM(key)


def opened(cipher: Aead, nonce: bytes, data: bytes, about: bytes) -> bytes:
    """What `data` holds; raises `Refused` where a single bit of it or of `about` differs."""
    from cryptography.exceptions import InvalidTag

    if len(nonce) != NONCE:
        raise Refused
    try:
        return cipher.decrypt(nonce, data, about)
    except InvalidTag:
        raise Refused from None


def hkdf(secret: bytes, salt: bytes, info: str | bytes, length: int) -> bytes:
    """HKDF-SHA256 (RFC 5869): `length` bytes that tell nothing of `secret` or of each other."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    about = info.encode("ascii") if isinstance(info, str) else info
    return HKDF(SHA256(), length=length, salt=salt, info=about).derive(secret)


def hmac(key: bytes, data: bytes) -> bytes:
    """HMAC-SHA256, 32 bytes."""
    return _hmac.digest(key, data, "sha256")


def stretched(phrase: str, salt: bytes, iterations: int) -> bytes:
    """PBKDF2-HMAC-SHA256: 32 bytes that cost whoever guesses `phrase` this many hashes a guess."""
    from hashlib import pbkdf2_hmac

    return pbkdf2_hmac("sha256", phrase.encode(), salt, iterations, KEY)


def hardened(
    phrase: str, salt: bytes, passes: int = ARGON_PASSES, kib: int = ARGON_KIB,
    lanes: int = ARGON_LANES,
) -> bytes:  # fmt: skip
    """Argon2id (RFC 9106): 32 bytes for the keyring, dear in memory as well."""
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    made = Argon2id(salt=salt, length=KEY, iterations=passes, lanes=lanes, memory_cost=kib)
    return made.derive(phrase.encode())


def b64(data: bytes) -> str:
    """URL-safe base64 without padding, as file names and JSON have it."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def unb64(text: str, length: int | None = None) -> bytes:
    """The bytes of `text`, of `length` if one is named.

    One spelling only: what would decode to the same bytes from another text raises `ValueError`.
    """
    if not isinstance(text, str) or not _B64.match(text):
        raise ValueError("not base64 for addresses")
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as fault:
        raise ValueError("not base64 for addresses") from fault
    if b64(data) != text or (length is not None and len(data) != length):
        raise ValueError("not base64 for addresses")
    return data
