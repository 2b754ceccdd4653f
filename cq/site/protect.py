"""Stage 7, protect: the only maker of artifacts, and only an artifact can be written.

What is public passes as it is; what belongs to a space passes sealed with that space's key, or not
at all: anything else is refused by raising, because a private page that comes here in clear is a
mistake in this program and never one in the content.
"""

import errno
import os
import posixpath
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import InitVar, dataclass, field
from pathlib import Path
from typing import NamedTuple, NoReturn, final

from cq import digest
from cq.content.within import logical
from cq.french.folding import fold
from cq.seal import file as seal
from cq.seal.keys import SpaceKey, is_space
from cq.site.rendered import PUBLIC, Attached, Rendered
from cq.site.routes import SPACE

_SIMPLE = re.compile(r"[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)*")
_PRIVATE_FOLDER = "prive"
_MAKER = object()


class Leak(Exception):
    """Something that is not public was on its way into the public tree. A bug, exit code 70."""


class Stream(NamedTuple):
    """Content that stays in a file: `write` copies it block by block and checks its digest."""

    source: Path
    digest: str
    size: int


class Sealing(NamedTuple):
    """A sealed file, made while it is written. `x` tells one content from every other."""

    pieces: Callable[[], Iterator[bytes]]
    x: str
    size: int  # of what is sealed, before gzip


@final
@dataclass(frozen=True, slots=True)
class Artifact:
    """Bytes that may lie on a public server, at a path that is safe to write.

    Only this module makes one; it cannot be pickled, copied or derived, so none comes from
    anywhere else.
    """

    path: str
    content: bytes | Stream | Sealing = field(repr=False)
    maker: InitVar[object]

    def __post_init__(self, maker: object) -> None:
        if maker is not _MAKER:
            raise TypeError("an Artifact is made by cq.site.protect only")

    def __init_subclass__(cls) -> None:
        raise TypeError("an Artifact has no other kinds")

    def __reduce__(self) -> NoReturn:
        raise TypeError("an Artifact stays in the process that protected it")


def public(rendered: Rendered | Attached) -> Artifact:
    """Let what is public pass.

    Raises `Leak` for any other space, `ValueError` for a path that must not be written.
    """
    if rendered.space != PUBLIC:
        raise Leak(f"{rendered.path} belongs to the space {rendered.space!r}")
    return _clear(rendered, checked_path(rendered.path))


def guarded(rendered: Rendered | Attached, space: str) -> Artifact:
    """Let what belongs to `space` pass in clear, into the folder of that space: a web server guards
    it there (`protection: serveur`), and nothing else does.

    Raises `Leak` for any other space, `ValueError` for a path that must not be written.
    """
    if rendered.space != space or not is_space(space):
        raise Leak(f"something of {rendered.space!r} was to lie in the folder of {space!r}")
    return _clear(rendered, checked_path(guarded_path(space, rendered.path)))


def guarded_path(space: str, path: str) -> str:
    """Where a file of a space that a server guards lies in the output."""
    return f"{SPACE}{space}/{path}"


def _clear(rendered: Rendered | Attached, path: str) -> Artifact:
    if isinstance(rendered, Attached):
        return Artifact(path, Stream(rendered.source, rendered.digest, rendered.size), _MAKER)
    if type(rendered.data) is not bytes:
        raise TypeError(f"{path}: {type(rendered.data).__name__} instead of bytes")
    return Artifact(path, rendered.data, _MAKER)


def sealed(rendered: Rendered | Attached, key: SpaceKey) -> Artifact:
    """Seal what belongs to the space of `key`.

    Raises `Leak` for any other space, `OSError` for a file that is no more what was checked.
    """
    if rendered.space != key.space:
        raise Leak(f"something of {rendered.space!r} was to be sealed for {key.space!r}")
    place = logical(rendered.path)
    body: bytes | Path
    if isinstance(rendered, Attached):
        body, size = rendered.source, rendered.size
        if digest.of_blocks(_blocks(rendered.source)) != rendered.digest:
            raise OSError(errno.ESTALE, os.strerror(errno.ESTALE), str(rendered.source))
    else:
        body, size = rendered.data, len(rendered.data)
    name = "" if place.endswith("/") else posixpath.basename(place)
    made = seal.seal(key, key.file_id(place), body, media=media_of(place), name=name)
    return Artifact(file_of(made.id), Sealing(made.chunks, made.x, size), _MAKER)


def manifest(key: SpaceKey, told: Mapping[str, object]) -> Artifact:
    """The list of a space's files, under the one name that its readers can compute."""
    data = seal.canonical(told)
    made = seal.seal(key, key.manifest_id, data, media="application/json")
    return Artifact(file_of(made.id), Sealing(made.chunks, made.x, len(data)), _MAKER)


SEALED = f"{SPACE}f/"


def file_of(identifier: str) -> str:
    """Where a sealed file lies in the output. Two folders that differ by case are one folder on
    some disks, so folders are in lower case.
    """
    return f"{SEALED}{identifier[:2].lower()}/{identifier}"


_MEDIA = {
    "pdf": "application/pdf", "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "csv": "text/csv", "txt": "text/plain", "ics": "text/calendar", "vcf": "text/vcard",
    "json": "application/json", "geojson": "application/geo+json", "svg": "image/svg+xml",
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp",
}  # fmt: skip


def media_of(place: str) -> str:
    """The type of what lies at a logical path, by its name: what it is was checked before."""
    if place.endswith("/"):
        return "text/html"
    return _MEDIA.get(place.rpartition(".")[2].lower(), "application/octet-stream")


def _blocks(source: Path) -> Iterator[bytes]:
    with source.open("rb") as stream:
        while block := stream.read(1 << 20):
            yield block


def checked_path(path: str) -> str:
    """`path` itself if it is a plain relative address that every disk and server takes alike.

    Raises `ValueError` otherwise. `prive` is refused in any spelling: no public address lies
    beneath a folder of that name, so one that does was read from where nothing public comes from.
    """
    parts = path.split("/")
    if "" in parts or "." in parts or ".." in parts:
        raise ValueError(f"not a relative path without detours: {path!r}")
    if not _SIMPLE.fullmatch(path):
        for character in path:
            # C*: control, format (direction marks), surrogates, unassigned; Zl, Zp: line ends.
            category = unicodedata.category(character)
            if category[0] == "C" or category in {"Zl", "Zp"} or character == "\\":
                raise ValueError(f"a character that has no place in a path: {path!r}")
    for part in parts:
        if (part.lower() if part.isascii() else fold(part)) == _PRIVATE_FOLDER:
            raise ValueError(f"a private folder in a public path: {path!r}")
    return path
