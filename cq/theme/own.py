"""The files of a site's own themes, as texts to be looked at.

Reads the disk and judges nothing. What cq ships is not among them, nor a copy of it left as it is.
"""

from pathlib import Path
from typing import NamedTuple

from cq import digest
from cq.theme import DEFAULT, FOLDER, shipped

_TEXTS = frozenset((".html", ".css", ".js", ".svg"))
# A theme's file beyond this is a library of thousands of lines, which nobody wrote here.
_MOST = 1 << 20


class OwnFile(NamedTuple):
    """A file of `themes/`; `text` is "" for what is no text, or too much of it."""

    path: str  # under the site's root: themes/fete/base.html
    text: str


def own_files(root: Path) -> tuple[OwnFile, ...]:
    """Every file of every theme that lies at `root`, in the order of paths."""
    folder, ours = root / FOLDER, shipped()
    if not folder.is_dir() or folder.is_symlink() or folder.resolve() == ours.resolve():
        return ()
    found = []
    for file in sorted(folder.rglob("*")):
        within = file.relative_to(folder)
        hidden = any(part.startswith(".") for part in within.parts)
        if hidden or file.is_symlink() or not str(within).isprintable():
            continue
        if len(within.parts) > 1 and file.is_file():
            text = _text(file)
            if text is not None and not _is_copy(text, ours, within):
                found.append(OwnFile(f"{FOLDER}/{within.as_posix()}", text))
    return tuple(found)


def digest_of(files: tuple[OwnFile, ...]) -> str:
    """Changes where a finding may."""
    return digest.of_all(f"{one.path}\n{one.text}" for one in files)


def _text(file: Path) -> str | None:
    """None for what cannot be read: a build says it."""
    if file.suffix not in _TEXTS:
        return ""
    try:
        return file.read_text("utf-8") if file.stat().st_size <= _MOST else ""
    except (OSError, UnicodeDecodeError):
        return None


def _is_copy(text: str, ours: Path, within: Path) -> bool:
    """Whether this is cq's own file, unchanged: of the theme of that name, or of the default."""
    if not text:
        return False
    rest = within.relative_to(within.parts[0])
    for name in dict.fromkeys((within.parts[0], DEFAULT)):
        file = ours / name / rest
        if file.is_file() and file.read_text("utf-8", "replace") == text:
            return True
    return False
