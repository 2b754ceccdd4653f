"""A file of the user's written again: a kill leaves the whole old text or the whole new one."""

import contextlib
from pathlib import Path


def rewrite(file: Path, data: bytes) -> None:
    """`data` in the place of `file`, with its mode; or in a new one. Raises OSError; an old file
    then stands.
    """
    beside = file.with_name(f".{file.name}.cq")
    try:
        # A link of that name may have come with a pull request: nothing is written through it.
        beside.unlink(missing_ok=True)
        with beside.open("xb") as stream:
            stream.write(data)
        with contextlib.suppress(FileNotFoundError):
            beside.chmod(file.stat().st_mode & 0o777)
        beside.replace(file)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise
