"""Stage 1, scan: folders in, sources out. The only stage of the front half that touches the disk."""

from dataclasses import dataclass
from pathlib import PurePosixPath


@dataclass(frozen=True, slots=True)
class Source:
    """One text file of the site as it stands on the disk.

    `path` is relative to the site root (`content/…`); `digest` is `cq.digest.of_bytes(data)`.
    """

    path: PurePosixPath
    data: bytes
    digest: str
