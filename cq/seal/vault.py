"""What a build needs to seal: keys, the number of each space's state, the public slots."""

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

    @property
    def mark(self) -> str:
        """Equal ones seal equal contents to equal bytes; nothing secret can be learnt from it."""
        numbers = "\n".join(f"{space} {number}" for space, number in sorted(self.numbers.items()))
        return digest.of_all([self.ring.mark, numbers, digest.of_bytes(self.access)])
