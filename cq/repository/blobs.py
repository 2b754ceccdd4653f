"""The bytes that a file had, by git's name of them; large ones are left out unread."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from cq.repository.launcher import Flow, Program, clean_environment


def contents(root: Path, blobs: Iterable[str], most: int) -> Iterator[tuple[str, bytes | None]]:
    """Those of `blobs` that git has, each with its bytes; None for one with more than `most`.

    A clone may lack some: what does not come is not there. Raises RepositoryFault, where git stops
    half-way as well: half a text is none.
    """
    wanted = [one for one in dict.fromkeys(blobs) if one.isalnum()]
    if not wanted:
        return
    with clean_environment():
        program = Program(root)
        with program.flow("cat-file", "--batch-check") as flow:
            sizes = {one: _size(flow, one) for one in wanted}
        with program.flow("cat-file", "--batch") as flow:
            for one in wanted:
                size = sizes[one]
                if size is not None:
                    yield one, _bytes(flow, one) if size <= most else None


def _size(flow: Flow, blob: str) -> int | None:
    """How many bytes it has; None where there is no such text. Leaves what follows unread."""
    try:
        flow.to.write(blob.encode("ascii") + b"\n")
        flow.to.flush()
    except OSError as fault:
        raise flow.broken() from fault
    line = flow.answer.readline(1024)
    if not line.endswith(b"\n"):
        raise flow.broken()
    words = line.split()
    return int(words[2]) if len(words) == 3 and words[1] == b"blob" else None


def _bytes(flow: Flow, blob: str) -> bytes:
    size = _size(flow, blob)
    data = flow.answer.read(size + 1) if size is not None else b""
    if size is None or len(data) != size + 1:
        raise flow.broken()
    return data[:size]
