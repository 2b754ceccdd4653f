"""The door to watchfiles: one sign for each handful of changes in the sources of a site."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

_QUIET = 200  # milliseconds: an editor that saves three files makes one change
_BREATH = 250  # milliseconds after which a watch that saw nothing says so
_WATCHED = ("content", "themes")


def changes(root: Path, day: Callable[[], date]) -> Iterator[int]:
    """How many files changed, each time that some did, until Ctrl-C. Editors' own are left out.

    A new day is a change: what was to come has been. The first sign is 0 and comes once the watch
    stands: what is read after it misses no change.
    """
    from watchfiles import DefaultFilter, watch

    begun, seen = False, day()
    while True:
        folders = _standing(root)
        signs = watch(
            *folders, watch_filter=DefaultFilter(), debounce=1600, step=_QUIET,
            rust_timeout=_BREATH, yield_on_timeout=True,
        )  # fmt: skip
        next(signs)
        yield int(begun)
        begun = True
        for found in signs:
            now = day()
            if found or now != seen:
                seen = now
                yield max(1, len(found))
            if _standing(root) != folders:  # made, or put in another's place, since the watch stood
                break
        else:
            return


def _standing(root: Path) -> dict[Path, int]:
    """The watched folders that are there, each with what the disk knows it by."""
    found = {}
    for name in _WATCHED:
        with suppress(OSError):
            found[root / name] = (root / name).stat().st_ino
    return found
