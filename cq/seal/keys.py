"""The keys of the format: of a space in one epoch, of a reader, and what is derived from each.

Every derivation has a name of its own (« cq/1/… »), so that no two uses share bytes. A space's key
is random: neither a quartier's members nor a group's can compute another space's.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property

from cq.seal import cipher
from cq.seal.cipher import b64, hkdf

SITE = 16  # bytes of the site's public number, fixed for its life
SALT = 16
TOKEN = 16  # of an invitation
ITERATIONS = 1_000_000
LEAST_ITERATIONS, MOST_ITERATIONS = 600_000, 10_000_000  # that a browser accepts
LAST_EPOCH = 2**31
LONGEST_SPACE = 200  # characters

_SPACE = re.compile(r"(?:conseillers|[qg]-[a-z0-9]+(?:-[a-z0-9]+)*)\Z")


def is_space(name: str) -> bool:
    """Whether `name` is the id of a sealed space: conseillers, q-<slug>, g-<slug>."""
    return isinstance(name, str) and len(name) <= LONGEST_SPACE and _SPACE.match(name) is not None


@dataclass(frozen=True)
class SpaceKey:
    """The key of one space in one epoch. `site` is public, `secret` is everything."""

    site: bytes
    space: str
    epoch: int
    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        sizes = (len(self.site), len(self.secret))
        if sizes != (SITE, cipher.KEY) or not is_space(self.space):
            raise ValueError(f"not the key of a space: {self.space!r:.80}")
        # Exactly `int`: True is the epoch 1 for Python, and another text for whoever derives.
        if type(self.epoch) is not int or not 1 <= self.epoch <= LAST_EPOCH:
            raise ValueError("not an epoch")

    def _derived(self, name: str, length: int) -> bytes:
        return hkdf(self.secret, self.site, f"cq/1/{name}\n{self.space}\n{self.epoch}", length)

    @cached_property
    def _siv(self) -> bytes:
        return self._derived("siv", cipher.KEY)

    @cached_property
    def _name(self) -> bytes:
        return self._derived("name", cipher.KEY)

    @cached_property
    def manifest_id(self) -> str:
        """The one file that a reader can find without another."""
        return b64(self._derived("manifest-id", 16))

    @property
    def mark(self) -> str:
        """What a build may remember of the key: another key has another mark, and none can be
        learnt from it.
        """
        return f"{self.space} {self.epoch} {b64(cipher.hmac(self.secret, b'cq/1/mark')[:16])}"

    def file_id(self, path: str) -> str:
        """The name of the file at a logical path: it tells nothing of the path."""
        if not path.startswith("/") or not unicodedata.is_normalized("NFC", path):
            raise ValueError("not a logical path")
        return b64(cipher.hmac(self._name, path.encode())[:16])

    def context(self, identifier: str) -> bytes:
        """What is authenticated in each file and written in none: whose it is, and which."""
        return f"cq/1/file\n{self.space}\n{self.epoch}\n{identifier}\n".encode("ascii")

    def synthetic(self, context: bytes, digest: bytes) -> bytes:
        """S, the public 32 bytes that a file's own key comes from: one for each distinct content.

        `digest` is SHA-256 of *exactly the bytes encrypted*. Were it of the text before gzip, two
        builds of zlib would give two plaintexts under one key and nonce, which GCM does not
        survive.
        """
        return cipher.hmac(self._siv, len(context).to_bytes(4, "big") + context + digest)

    def file_key(self, synthetic: bytes, context: bytes) -> bytes:
        """The key of one file: never used for other bytes, so that its nonces may count from 0."""
        return hkdf(self.secret, synthetic, context, cipher.KEY)


@dataclass(frozen=True)
class Root:
    """What one way in (a phrase, an invitation) becomes: enough to open its slot."""

    site: bytes
    secret: bytes = field(repr=False)

    @cached_property
    def tag(self) -> str:
        """Where its slot stands: no user name is needed, and none is written."""
        return b64(hkdf(self.secret, self.site, "cq/1/slot-tag", 16))

    @cached_property
    def key(self) -> bytes:
        """The key of its slot."""
        return hkdf(self.secret, self.site, "cq/1/slot-kek", cipher.KEY)

    @classmethod
    def of_phrase(
        cls, site: bytes, salt: bytes, phrase: str, iterations: int = ITERATIONS
    ) -> "Root":
        """From a phrase as `phrase.norm` writes it."""
        return cls(site, cipher.stretched(phrase, salt, iterations))

    @classmethod
    def of_token(cls, site: bytes, token: bytes) -> "Root":
        """From an invitation: 128 random bits need no stretching."""
        if len(token) != TOKEN:
            raise ValueError("not an invitation")
        return cls(site, hkdf(token, site, "cq/1/link-root", cipher.KEY))
