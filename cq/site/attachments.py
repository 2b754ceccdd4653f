"""An attachment on its way out: streamed as it is, or cleaned of what it should not tell.

Pictures lose their metadata, drawings all that acts. PDF, office files, tables and calendars are
published as their authors made them: what they tell of themselves is for their authors to remove.
"""

import errno
import os
from pathlib import Path, PurePosixPath

from cq import digest
from cq.diagnostic import Diagnostic, Span, error
from cq.site.rendered import Attached, Rendered
from cq.site.target import FileTarget

_PICTURES = frozenset((".jpg", ".jpeg", ".png", ".webp"))
_DRAWINGS = frozenset((".svg",))


class BrokenPicture(Exception):
    """A picture or drawing that cannot be made fit for the public; it is not published.

    The arguments are its path under the site root and the reason, in French.
    """


def attach(root: Path, target: FileTarget) -> Rendered | Attached:
    """The published form of one attachment of the site at `root`.

    Raises `BrokenPicture`, and `OSError` for a file that is no more what was checked.
    """
    blob = target.blob
    if target.part is not None:
        return Rendered(target.path, _part(root / blob.path, *target.part), target.space)
    as_it_is = Attached(target.path, root / blob.path, blob.digest, blob.size, target.space)
    if not is_cleaned(blob.path):
        return as_it_is
    data = _read(root / blob.path)
    if digest.of_bytes(data) != blob.digest:
        raise OSError(errno.ESTALE, os.strerror(errno.ESTALE), blob.path)
    made = _cleaned(blob.path, data)
    return as_it_is if made == data else Rendered(target.path, made, target.space)


def broken_picture(root: Path, path: str) -> Diagnostic | None:
    """What `attach` would refuse at `path`, said before anything is built."""
    try:
        if is_cleaned(path):
            _cleaned(path, _read(root / path))
    except BrokenPicture as broken:
        return error(
            "broken-picture",
            f"cette image ne peut pas être publiée : {broken.args[1]}",
            Span(PurePosixPath(path)),
            "ce qu’elle dit de son auteur ou du lieu n’en peut pas être retiré",
            "ouvrez-la dans un logiciel d’images et enregistrez-la de nouveau sous le même nom",
        )
    except OSError:
        return None  # gone since the scan: the next one says so
    return None


def is_cleaned(path: str) -> bool:
    """Whether `attach` looks into such a file, and may refuse it."""
    return PurePosixPath(path).suffix.lower() in _PICTURES | _DRAWINGS


def _cleaned(path: str, data: bytes) -> bytes:
    from cq.site import drawings, pictures
    from cq.site.containers import Broken

    drawn = PurePosixPath(path).suffix.lower() in _DRAWINGS
    try:
        return drawings.clean(data) if drawn else pictures.clean(data)
    except Broken as broken:
        raise BrokenPicture(path, str(broken)) from broken


def _part(file: Path, start: int, size: int, wanted: str) -> bytes:
    with os.fdopen(os.open(file, os.O_RDONLY | os.O_NOFOLLOW), "rb") as stream:
        stream.seek(start)
        data = stream.read(size)
    if digest.of_bytes(data) != wanted:
        raise OSError(errno.ESTALE, os.strerror(errno.ESTALE), str(file))
    return data


def _read(file: Path) -> bytes:
    """The whole file; never through a symbolic link that came after the scan."""
    with os.fdopen(os.open(file, os.O_RDONLY | os.O_NOFOLLOW), "rb") as stream:
        return stream.read()
