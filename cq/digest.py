"""Fingerprints of bytes and of plain values: the one hash that the whole house uses.

A digest says « the same content », nothing else: it is no secret and no signature.
"""

import functools
import hashlib
from collections.abc import Callable, Iterable
from typing import BinaryIO

# 128 bits: 10^9 contents have a chance of 10^-21 to meet by accident. BLAKE2b is in every Python,
# quicker than SHA-256 without hardware help, and collision resistant at this length for a cache
# that only its own user can write.
_SIZE = 16
_BLOCK = 1 << 20


def of_bytes(data: bytes) -> str:
    """32 hexadecimal digits that stand for `data`."""
    return hashlib.blake2b(data, digest_size=_SIZE).hexdigest()


def of_text(text: str) -> str:
    return of_bytes(text.encode("utf-8", "surrogatepass"))


def of_value(value: object) -> str:
    """The digest of a plain value: str, int, bool, None, tuples, lists, NamedTuples of these.

    A tuple and a list of the same things are one value: what comes back from the ledger (JSON)
    must have the digest of what went in.
    """
    return of_bytes(_json()(value))


@functools.cache
def _json() -> Callable[[object], bytes]:
    """Write NamedTuples as JSON, by msgspec: three times as fast as the standard library, and a
    plan of 10,000 pages is 30 MB of it. Imported at its first use: most runs compare stamps.
    """
    import msgspec

    return msgspec.json.Encoder().encode


def of_all(digests: Iterable[str]) -> str:
    """One digest for a sequence of digests; order counts."""
    return of_text("\n".join(digests))


def of_stream(stream: BinaryIO) -> str:
    """The digest of a file's bytes, never more than one mebibyte of it in memory."""
    return of_blocks(iter(lambda: stream.read(_BLOCK), b""))


def of_blocks(blocks: Iterable[bytes]) -> str:
    """The digest of one content that comes in pieces; where it is cut does not count."""
    state = hashlib.blake2b(digest_size=_SIZE)
    for block in blocks:
        state.update(block)
    return state.hexdigest()
