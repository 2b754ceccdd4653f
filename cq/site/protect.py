"""Stage 7, protect: the only maker of artifacts, and only an artifact can be written.

What is public passes as it is; anything else is refused by raising, because a private page that
comes here is a mistake in this program and never one in the content. Nothing here touches the disk.
"""

import re
import unicodedata
from dataclasses import InitVar, dataclass, field
from pathlib import Path
from typing import NamedTuple, NoReturn, final

from cq.french.folding import fold
from cq.site.rendered import PUBLIC, Attached, Rendered

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


@final
@dataclass(frozen=True, slots=True)
class Artifact:
    """Bytes that may lie on a public server, at a path that is safe to write.

    Only this module makes one; it cannot be pickled, copied or derived, so none comes from
    anywhere else.
    """

    path: str
    content: bytes | Stream = field(repr=False)
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
    path = checked_path(rendered.path)
    if isinstance(rendered, Attached):
        return Artifact(path, Stream(rendered.source, rendered.digest, rendered.size), _MAKER)
    if type(rendered.data) is not bytes:
        raise TypeError(f"{path}: {type(rendered.data).__name__} instead of bytes")
    return Artifact(path, rendered.data, _MAKER)


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
