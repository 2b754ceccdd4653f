"""What a build needs for the private spaces: to seal them, keys, the number of each one's state and
the public slots; or what a web server needs that guards them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cq import digest
from cq.seal.ring import Ring


@dataclass(frozen=True)
class Vault:
    """The keys of one build. `numbers` are seconds, by space: readers refuse to go back."""

    ring: Ring = field(repr=False)
    numbers: Mapping[str, int]
    access: bytes = field(repr=False)  # acces.json, as it is published
    # What a server reads that guards the sealed files besides, by its path in the output.
    rules: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def mark(self) -> str:
        """Equal ones seal equal contents to equal bytes; nothing secret can be learnt from it."""
        numbers = "\n".join(f"{space} {number}" for space, number in sorted(self.numbers.items()))
        return digest.of_all(
            [self.ring.mark, numbers, digest.of_bytes(self.access), *_marks(self.rules)]
        )


@dataclass(frozen=True)
class Guarded:
    """Spaces that are published in clear, each in a folder that a web server guards.

    `rules`: as in `Vault`; each folder of a space has one, so that what finds it knows.
    """

    spaces: tuple[str, ...]
    rules: Mapping[str, bytes]

    @property
    def mark(self) -> str:
        return digest.of_all(["guarded", *self.spaces, *_marks(self.rules)])


def _marks(rules: Mapping[str, bytes]) -> list[str]:
    return [f"{path} {digest.of_bytes(rules[path])}" for path in sorted(rules)]
