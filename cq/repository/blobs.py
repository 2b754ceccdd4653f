"""The bytes that a file had, by git's name of them; large ones are left out unread."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from cq.repository.launcher import Flow, Program, RepositoryFault, clean_environment


def contents(root: Path, blobs: Iterable[str], most: int) -> Iterator[tuple[str, bytes | None]]:
    """Each of `blobs` with its bytes; None for one that is not there, or has more than `most`.

    Raises RepositoryFault.
    """
    wanted = [one for one in dict.fromkeys(blobs) if one.isalnum()]
    if not wanted:
        return
    with clean_environment():
        program = Program(root)
        with program.flow("--no-replace-objects", "cat-file", "--batch-check") as flow:
            small = {one for one in wanted if 0 <= _size(flow, one) <= most}
        with program.flow("--no-replace-objects", "cat-file", "--batch") as flow:
            for one in wanted:
                yield one, _bytes(flow, one) if one in small else None


def _size(flow: Flow, blob: str) -> int:
    """How many bytes it has; -1 where there is no such text. Leaves what follows unread."""
    flow.to.write(blob.encode("ascii") + b"\n")
    flow.to.flush()
    words = flow.answer.readline(1024).split()
    if not words:
        raise RepositoryFault("git a cessé de répondre")
    return int(words[2]) if len(words) == 3 and words[1] == b"blob" else -1


def _bytes(flow: Flow, blob: str) -> bytes | None:
    size = _size(flow, blob)
    return flow.answer.read(size + 1)[:size] if size >= 0 else None
