"""A copy of a site's sources in a place for its owner alone, and words put into its own texts."""

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

from cq.content.layout import CONTENT, TEXTS

_FREE = "titre|resume|nom|organisation|bilan|prochaine_etape|texte"
_LINE = re.compile(
    rf"^(\s*(?:- )?(?:{_FREE})\s*:[ \t]+)([^\s|>{{\[&*!#%@`\"'][^\n#]*?)[ \t]*$", re.MULTILINE
)
_QUOTED = re.compile(
    rf"^(\s*(?:- )?(?:{_FREE})\s*:[ \t]+)(\"[^\"\n]+|'[^'\n]+)([\"'])[ \t]*$", re.MULTILINE
)
_FLOW = re.compile(rf"([{{,]\s*(?:{_FREE})\s*:[ \t]+)([^,{{}}\[\]\"'\n]+)")
_TITLE = re.compile(r"^(# .*\S)[ \t]*$", re.MULTILINE)


def copied(root: Path, to: Path) -> None:
    """What a build reads of the site at `root`. Attachments share their bytes where the disk can:
    nothing ever writes into one. Links stay out, as they do of every build.
    """
    for name in (CONTENT, "themes"):
        if (root / name).is_dir():
            shutil.copytree(
                root / name, to / name, copy_function=_one, ignore=_unread, symlinks=True
            )


def _one(source: str, target: str) -> str:
    if Path(source).suffix.lower() not in TEXTS:
        try:
            os.link(source, target, follow_symlinks=False)
        except OSError:
            pass  # another disk
        else:
            return target
    return str(shutil.copyfile(source, target, follow_symlinks=False))


def _unread(folder: str, names: list[str]) -> set[str]:
    return {one for one in names if one.startswith(".") or (Path(folder) / one).is_symlink()}


def mark(file: Path, word: Callable[[], str]) -> None:
    """Put words into the free texts of one of the site's own files: its titles, names, body."""
    text = file.read_bytes().decode("utf-8", "surrogateescape")
    if file.suffix == ".md":
        head, body = _parted(text)
        if head:
            head = _marked(head, word)
        body = _TITLE.sub(lambda found: f"{found[1]} {word()}", body, count=1)
        text = f"{head}{body.rstrip()}\n\n{word()}\n"
    else:
        text = _marked(text, word)
    file.write_bytes(text.encode("utf-8", "surrogateescape"))


def _parted(text: str) -> tuple[str, str]:
    found = re.match(r"---[ \t]*\r?\n.*?^---[ \t]*\r?\n", text, re.DOTALL | re.MULTILINE)
    return (text[: found.end()], text[found.end() :]) if found else ("", text)


def _marked(text: str, word: Callable[[], str]) -> str:
    text = _LINE.sub(lambda found: f"{found[1]}{found[2]} {word()}", text)
    text = _QUOTED.sub(lambda found: f"{found[1]}{found[2]} {word()}{found[3]}", text)
    return _FLOW.sub(lambda found: f"{found[1]}{found[2].rstrip()} {word()}", text)
