"""The delivered theme's templates, compiled, beside the compiled modules of this package.

Like a module's `.pyc`, and in its folder: who may write there may change the program itself, so
nothing new is trusted. Read only by the very program that wrote it; what cannot be read or
written is compiled again. Must never hold a template of a site.
"""

import marshal
import os
import sys
from contextlib import suppress
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path
from types import CodeType

from cq import digest

_SIZE = 32  # digits of a digest


class Compiled:
    """Code by template, each for one text. `program` is what compiled it: `settings.identity`."""

    def __init__(self, program: str) -> None:
        self._file = _file()
        self._mark = MAGIC_NUMBER + program.encode()
        self._kept = _read(self._file, self._mark)
        self._fresh = False

    def get(self, name: str, checksum: str) -> CodeType | None:
        """The code of the template `name` whose text has this checksum, if it is kept."""
        known, data = self._kept.get(name, ("", b""))
        if known != checksum:
            return None
        code = marshal.loads(data)  # noqa: S302 - the digest of the whole was right
        return code if isinstance(code, CodeType) else None

    def put(self, name: str, checksum: str, code: CodeType) -> None:
        self._kept[name] = (checksum, marshal.dumps(code))
        self._fresh = True

    def keep(self) -> None:
        """Write what was put, for the next run. Whole or not at all, as other runs read it."""
        if not self._fresh or self._file is None or sys.dont_write_bytecode:
            return
        data = marshal.dumps(self._kept)
        new = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        with suppress(OSError):  # a program installed for all may not be written to
            self._file.parent.mkdir(parents=True, exist_ok=True)
            try:
                new.write_bytes(_seal(self._mark, data) + data)
                new.replace(self._file)
            except OSError:
                new.unlink(missing_ok=True)
                raise
        self._fresh = False


def _file() -> Path | None:
    """Where Python would keep this package's own code, `PYTHONPYCACHEPREFIX` included."""
    try:
        return Path(cache_from_source(str(Path(__file__).with_name("delivered-templates.py"))))
    except NotImplementedError:  # a Python that keeps none
        return None


def _read(file: Path | None, mark: bytes) -> dict[str, tuple[str, bytes]]:
    """All that is kept, if it was written whole and by this program."""
    if file is None:
        return {}
    try:
        whole = file.read_bytes()
    except OSError:
        return {}
    data = whole[_SIZE:]
    if _seal(mark, data) != whole[:_SIZE]:
        return {}
    kept: dict[str, tuple[str, bytes]] = marshal.loads(data)  # noqa: S302 - as it was written
    return kept


def _seal(mark: bytes, data: bytes) -> bytes:
    return digest.of_bytes(mark + data).encode()
