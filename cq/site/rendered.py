"""What `render` hands to `protect`: bytes for an address, and the space that may read them.

Values only. `space` has no default: a page that forgot to say whose it is cannot be made.
"""

from pathlib import Path
from typing import NamedTuple

PUBLIC = "public"


class Rendered(NamedTuple):
    """A finished page, feed or calendar. `path` is relative to the site, `a/b/index.html`."""

    path: str
    data: bytes
    space: str


class Attached(NamedTuple):
    """A file that is published as it is, streamed from `source` and never held whole."""

    path: str
    source: Path
    digest: str
    size: int
    space: str
