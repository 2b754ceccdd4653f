"""The door to watchfiles: one sign for each handful of changes in the sources of a site."""

from collections.abc import Iterator
from pathlib import Path

_QUIET = 200  # milliseconds: an editor that saves three files makes one change
_BREATH = 250  # milliseconds after which a watch that saw nothing says so
_WATCHED = ("content", "themes")


def changes(root: Path) -> Iterator[int]:
    """How many files changed, each time that some did, until Ctrl-C. Editors' own are left out.

    The first sign is 0 and comes once the watch stands: what is read after it misses no change.
    """
    from watchfiles import DefaultFilter, watch

    folders = [root / name for name in _WATCHED if (root / name).is_dir()]
    signs = watch(
        *folders, watch_filter=DefaultFilter(), debounce=1600, step=_QUIET, rust_timeout=_BREATH,
        yield_on_timeout=True,
    )  # fmt: skip
    next(signs)
    yield 0
    yield from (len(found) for found in signs if found)
