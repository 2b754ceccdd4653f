"""The door to watchfiles: one sign for each handful of changes in the sources of a site."""

from collections.abc import Iterator
from pathlib import Path

_QUIET = 200  # milliseconds: an editor that saves three files makes one change
_WATCHED = ("content", "themes")


def changes(root: Path) -> Iterator[int]:
    """How many files changed, each time that some did, until Ctrl-C. Editors' own are left out."""
    from watchfiles import DefaultFilter, watch

    folders = [root / name for name in _WATCHED if (root / name).is_dir()]
    for found in watch(*folders, watch_filter=DefaultFilter(), debounce=1600, step=_QUIET):
        yield len(found)
