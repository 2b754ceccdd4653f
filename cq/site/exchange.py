"""Two folders change places: in one step where the system can, else in two with a way back.

Nothing here knows what is in the folders. All three paths must lie on one disk; mistakes of the
system come out as `OSError`.
"""

import errno
import os
import shutil
import sys
import tempfile
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # Linux, renameat2(2)
_RENAME_SWAP = 2  # macOS, renamex_np(2)
# An old kernel, a file system that cannot, a container whose filter answers « not permitted » to
# calls that it does not know. Where permission is truly missing, the plain renames say so too.
_CANNOT = frozenset(
    {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM},
)


def swap(site: Path, spare: Path, aside: Path) -> None:
    """Put `spare` in the place of `site`, and `site` in the place of `spare`.

    Whoever looks sees one whole folder or the other. Where the system has no exchange there is an
    instant without `site`; a kill in that instant is mended by `recover` at the next start, which
    finds the old folder in `aside`. Where there is no `site` yet, `spare` simply becomes it.
    """
    if not os.path.lexists(site):
        spare.rename(site)
        return
    if _at_once(site, spare):
        return
    site.rename(aside)
    try:
        spare.rename(site)
    except BaseException:
        aside.rename(site)
        raise
    aside.rename(spare)


def recover(site: Path, spare: Path, aside: Path) -> None:
    """Undo what a kill left of `swap`: afterwards `site` is a whole folder and `aside` is gone."""
    if not os.path.lexists(aside):
        return
    if not os.path.lexists(site):
        # Back and not forward: every note about the tree still speaks of the old one.
        aside.rename(site)
    elif not os.path.lexists(spare):
        aside.rename(spare)
    else:
        shutil.rmtree(aside)


def can_exchange(folder: Path) -> bool:
    """Whether two folders in `folder` can be exchanged in one step: two empty ones are tried.

    Raises `OSError` where nothing can be made there.
    """
    with tempfile.TemporaryDirectory(prefix=".cq-", dir=folder) as place:
        first, second = Path(place, "1"), Path(place, "2")
        first.mkdir()
        second.mkdir()
        return _at_once(first, second)


def _at_once(first: Path, second: Path) -> bool:
    """Whether the system exchanged the two; False where it has no such call here."""
    import ctypes  # 3 ms that a run in which nothing changed need not pay

    libc = ctypes.CDLL(None, use_errno=True)
    one, two = os.fsencode(first), os.fsencode(second)
    try:
        if sys.platform == "darwin":
            failed = libc.renamex_np(one, two, ctypes.c_uint(_RENAME_SWAP))
        else:
            failed = libc.renameat2(_AT_FDCWD, one, _AT_FDCWD, two, ctypes.c_uint(_RENAME_EXCHANGE))
    except AttributeError:  # this C library does not offer it
        return False
    if not failed:
        return True
    number = ctypes.get_errno()
    if number in _CANNOT:
        return False
    raise OSError(number, os.strerror(number), str(first), None, str(second))
