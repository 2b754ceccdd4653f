"""The keys that a build needs: of each space the current one, and nothing of its readers.

A keyring gives them, or the line that `cq access export-ci` prints: whoever has that line can read
and seal the spaces, but learns no phrase and can let nobody in.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cq.seal import cipher, keys
from cq.seal.cipher import KEY, b64, unb64
from cq.seal.file import canonical, read_canonical
from cq.seal.keys import Root, SpaceKey


class BadLine(ValueError):
    """A line that is no ring; never quoted, since it may be a damaged secret."""


@dataclass(frozen=True)
class Ring:
    """The current key of each space of one site, by the space's id."""

    site: bytes
    keys: Mapping[str, SpaceKey] = field(repr=False)

    @property
    def mark(self) -> str:
        """What a build may remember of the keys: another ring has another mark."""
        return "\n".join((b64(self.site), *(self.keys[one].mark for one in sorted(self.keys))))

    @property
    def root(self) -> Root:
        """The root of a slot that opens nothing. Another ring has another: a machine whose line is
        older than acces.json, or newer, finds no slot there, and need not open any to know.
        """
        line = self.line().encode("ascii")
        return Root(self.site, cipher.hkdf(line, self.site, "cq/1/ring", KEY))

    def line(self) -> str:
        """One line of text for the secrets of a machine that only builds."""
        held = {space: [key.epoch, b64(key.secret)] for space, key in self.keys.items()}
        text = canonical({"k": held, "s": b64(self.site)})
        return f"cq1.{b64(text)}.{_check(text)}"

    @classmethod
    def of_line(cls, line: str) -> "Ring":
        """The ring of such a line, wherever a form has broken it. Raises `BadLine`."""
        try:
            version, rest, check = "".join(line.split()).split(".")
            text = unb64(rest)
            if version != "cq1" or check != _check(text):
                raise BadLine
            fields: Any = read_canonical(text)
            site = unb64(fields["s"], keys.SITE)
            held = {
                space: SpaceKey(site, space, epoch, unb64(secret, KEY))
                for space, (epoch, secret) in fields["k"].items()
            }
        except (ValueError, TypeError, KeyError, AttributeError):
            raise BadLine from None
        return cls(site, held)


def _check(text: bytes) -> str:
    """Six bytes that betray a slip of the hand: a key with one letter changed is a key too, and
    would seal a site that nobody can read.
    """
    return b64(hashlib.sha256(b"cq/1/line\n" + text).digest()[:6])
