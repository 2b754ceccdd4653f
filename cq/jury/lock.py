"""One command at a time on a draw: a lock beside its private folder, which says who holds it.

The system takes the lock back when its holder dies, however it dies: nothing is left to clear away.
"""

import contextlib
import os
import platform
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from cq.access import kept
from cq.french.dates import hour, long_date
from cq.jury.folders import Folders
from cq.terminal import one_line

_PATIENCE = 2.0  # seconds: the other may be about to end; it may also be asking somebody
_MOST = 200  # bytes of what a holder says of itself


@contextlib.contextmanager
def held(folders: Folders, command: str) -> Iterator[None]:
    """Hold the draw for `cq draw-jury COMMAND`. Raises Occupied or OSError."""
    file = folders.private.with_name(f".{folders.name}.verrou")
    try:
        with kept.held(file, _PATIENCE) as descriptor:
            line = f"cq draw-jury {command}".strip()
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, f"{line} (processus {os.getpid()} sur {_machine()})".encode(), 0)
            yield
    except kept.Taken:
        raise kept.Occupied(
            f"une autre commande s’occupe du tirage {folders.name} : {_holder(file)} ; "
            "rien n’a été fait\n"
            "laissez-la finir, ou répondez à ce qu’elle demande, puis relancez celle-ci"
        ) from None


def _machine() -> str:
    return platform.node() or "cette machine"


def _holder(file: Path) -> str:
    """« cq draw-jury draw (processus 4012 sur accueil), depuis lundi 1er mars 2027 à 10 h »."""
    try:
        with file.open("rb") as stream:
            said = one_line(stream.read(_MOST).decode("utf-8", "replace"))
            since = datetime.fromtimestamp(os.fstat(stream.fileno()).st_mtime).astimezone()
    except OSError:
        return "une autre"
    return f"{said}, depuis {long_date(since.date())} à {hour(since.time())}"
