"""Which folders of a site are repositories of their own, and to which one a text belongs.

A space kept apart (`espaces_separes`), a submodule, `content/` itself: each has a history that the
site's repository knows nothing of. Looks for `.git` and starts no git.
"""

from collections.abc import Iterable
from pathlib import Path

from cq.repository.head import is_top

SITE = ""  # the place of the repository around the site


def places(root: Path, paths: Iterable[str]) -> tuple[str, ...]:
    """The folders between `root` and the files at `paths` that are repositories; `SITE` first."""
    folders: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return (SITE, *sorted(folder for folder in folders if is_top(root / folder)))


def place_of(path: str, known: Iterable[str]) -> str:
    """Which of the places `known` the file at `path` lies in: the nearest one."""
    tops = frozenset(known)
    while path := path.rpartition("/")[0]:
        if path in tops:
            return path
    return SITE
