"""An attachment on its way out: streamed as it is, or cleaned of what it should not tell."""

from pathlib import Path

from cq.site.rendered import Attached, Rendered
from cq.site.target import FileTarget


def attach(root: Path, target: FileTarget) -> Rendered | Attached:
    """The published form of one attachment of the site at `root`."""
    blob = target.blob
    return Attached(target.path, root / blob.path, blob.digest, blob.size, target.space)
