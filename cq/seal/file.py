"""One sealed file: header, then chunks of AES-256-GCM over a padded text (docs/formats/seal-v1.md).

The layout is STREAM's (Hoang et al. 2015, as age has it): a chunk's nonce counts it and says
whether it is the last, so that none can be dropped, moved or added. Bodies come as bytes or as a
file, which is read twice and never held.
"""

import errno
import hashlib
import json
import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from cq.seal import cipher
from cq.seal.cipher import Refused, b64, unb64
from cq.seal.keys import SpaceKey

MAGIC = b"CQE1"
CHUNK = 65_536  # bytes of text; 16 more once encrypted
LEAST = 4_096  # what is smaller looks like this
MOST = 1 << 40  # bytes of a file: more is a mistake, and the chunks' counter would not end
MOST_UNPACKED = 1 << 26  # bytes of a body that gzip made smaller: a telephone holds it whole
_LONGEST_INNER = 4_096
_HEADER = 73  # bytes, exactly: there is one way to write it
_ZEROS = bytes(CHUNK)

# No name, no clock, no system: what Python itself writes here depends on its version.
_GZIP = b"\x1f\x8b\x08" + bytes(6) + b"\xff"
# Types that gzip makes smaller; pictures and PDF files are compressed already.
_TEXTS = ("text/", "application/json", "image/svg+xml")


class Unreadable(Refused):
    """No file of this format, or one of a version that this program does not know."""


class Sealed(NamedTuple):
    """A sealed file. `x` is S: the manifest lists it, which is what betrays an older file."""

    id: str
    x: str
    size: int  # bytes that `chunks` gives
    chunks: Callable[[], Iterator[bytes]]

    @property
    def data(self) -> bytes:
        return b"".join(self.chunks())


class Opened(NamedTuple):
    """What a sealed file held. `size` is that of `body` before gzip, which is undone."""

    type: str
    name: str
    body: bytes
    x: str


def padme(length: int) -> int:
    """The size to which a text of `length` bytes is padded: at most 12 % more, and its last bits
    tell nothing (Nikitin et al. 2019, « PURBs »).
    """
    if length < 2:
        return length
    exponent = length.bit_length() - 1
    step = 1 << (exponent - exponent.bit_length())
    return -(-length // step) * step


def padded(length: int) -> int:
    """The size of the whole padded text."""
    return padme(max(length, LEAST))


def canonical(value: object) -> bytes:
    """JSON in the one spelling that the format knows: sorted keys, no blanks, ASCII."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("ascii")


def read_canonical(data: bytes) -> object:
    """What JSON in that spelling says; `ValueError` for any other: a key that stands twice, NaN
    or a blank more would be read by another program as something else.
    """
    try:
        value: object = json.loads(data)
        if canonical(value) == data:
            return value
    except RecursionError:
        pass
    raise ValueError("not in the one spelling")


def seal(
    key: SpaceKey, identifier: str, body: bytes | Path, *, media: str, name: str = ""
) -> Sealed:  # fmt: skip
    """`body` as a sealed file; the same arguments give the same bytes.

    Raises `OSError` for a file that cannot be read, or that changes meanwhile: what `chunks` gave
    until then must be thrown away, since its key is that of other bytes.
    """
    inner: dict[str, object] = {"t": media}
    if name:
        inner["n"] = name
    if isinstance(body, bytes) and media.startswith(_TEXTS) and len(body) <= MOST_UNPACKED:
        packed = _packed(body)
        if len(packed) < len(body):
            body, inner["z"] = packed, "gzip"
    length = len(body) if isinstance(body, bytes) else body.stat().st_size
    inner["l"] = length
    about = canonical(inner)
    if len(about) > _LONGEST_INNER:
        raise ValueError(f"a name of {len(name)} characters")
    head = struct.pack(">I", len(about)) + about
    total = padded(len(head) + length)
    if total > MOST:
        raise ValueError(f"a file of {length} bytes")
    text = _Text(head, body, length, total)
    context = key.context(identifier)
    digest = text.digest()
    synthetic = key.synthetic(context, digest)
    header = _header(synthetic)
    count = -(-total // CHUNK)
    size = len(header) + total + count * cipher.TAG

    def chunks() -> Iterator[bytes]:
        aead = cipher.aead(key.file_key(synthetic, context))
        seen = hashlib.sha256()
        yield header
        for number, piece in enumerate(text.pieces()):
            seen.update(piece)
            if number == count - 1 and seen.digest() != digest:
                # Under the key of other bytes it would be the reader's one nonce used twice.
                raise _stale("changed")
            yield aead.encrypt(_nonce(number, last=number == count - 1), piece, context + header)

    return Sealed(identifier, b64(synthetic), size, chunks)


def unseal(key: SpaceKey, identifier: str, data: bytes) -> Opened:
    """What `data` holds, if it is the file `identifier` of this very space and epoch.

    Raises `Refused`, and `Unreadable` where it is no file of this version at all.
    """
    synthetic = synthetic_of(data)
    header, rest = data[:_HEADER], memoryview(data)[_HEADER:]
    context = key.context(identifier)
    aead = cipher.aead(key.file_key(synthetic, context))
    step = CHUNK + cipher.TAG
    count = -(-len(rest) // step)
    pieces = [
        cipher.opened(
            aead, _nonce(number, last=number == count - 1),
            bytes(rest[number * step : (number + 1) * step]), context + header,
        )
        for number in range(count)
    ]  # fmt: skip
    text = b"".join(pieces)
    if key.synthetic(context, hashlib.sha256(text).digest()) != synthetic:
        raise Refused
    return _told(text, b64(synthetic))


def synthetic_of(data: bytes) -> bytes:
    """S of a sealed file, read from its header. Raises `Unreadable`."""
    header = data[:_HEADER]
    if header[:4] != MAGIC or len(header) != _HEADER:
        raise Unreadable
    try:
        fields = json.loads(header[6:])
        synthetic = unb64(fields["x"], 32)
    except (ValueError, TypeError, KeyError, RecursionError):
        raise Unreadable from None
    # Read by writing it again: there is one spelling, and so one set of bytes to authenticate.
    if _header(synthetic) != header:
        raise Unreadable
    return synthetic


def is_sealed(head: bytes, size: int) -> bool:
    """Whether a file of `size` bytes that begins with `head` can be one of ours."""
    try:
        synthetic_of(head)
    except Unreadable:
        return False
    rest = size - _HEADER
    count = -(-rest // (CHUNK + cipher.TAG))
    text = rest - count * cipher.TAG
    return LEAST <= text <= MOST and padded(text) == text and -(-text // CHUNK) == count


HEAD = _HEADER  # bytes that `is_sealed` wants to see


class _Text:
    """The padded text of a file: lengths, description, body, zeros."""

    def __init__(self, head: bytes, body: bytes | Path, length: int, total: int) -> None:
        self._head = head
        self._body = body
        self._length = length
        self._total = total

    def digest(self) -> bytes:
        state = hashlib.sha256()
        for piece in self.pieces():
            state.update(piece)
        return state.digest()

    def pieces(self) -> Iterator[bytes]:
        """In chunks of 65,536 bytes; the last may be shorter, none is empty."""
        if isinstance(self._body, bytes):
            text = (self._head + self._body).ljust(self._total, b"\0")
            for start in range(0, self._total, CHUNK):
                yield text[start : start + CHUNK]
            return
        with self._body.open("rb") as stream, closing(stream):
            yield from self._streamed(stream)

    def _streamed(self, stream: BinaryIO) -> Iterator[bytes]:
        waiting, left, read = self._head, self._total, 0
        while left:
            while len(waiting) < min(CHUNK, left):
                more = stream.read(min(CHUNK, self._length - read))
                read += len(more)
                if not more and read != self._length:
                    raise _stale("become shorter")
                waiting += more or _ZEROS
            piece, waiting = waiting[: min(CHUNK, left)], waiting[min(CHUNK, left) :]
            left -= len(piece)
            yield piece
        if stream.read(1):
            raise _stale("become longer")


def _stale(how: str) -> OSError:
    """Without the file's name, which may be private and would stand in a machine's journal."""
    return OSError(errno.ESTALE, f"{how} while it was sealed")


def _header(synthetic: bytes) -> bytes:
    fields = canonical({"c": CHUNK, "v": 1, "x": b64(synthetic)})
    return MAGIC + struct.pack(">H", len(fields)) + fields


def _nonce(number: int, *, last: bool) -> bytes:
    return bytes(7) + struct.pack(">I", number) + (b"\1" if last else b"\0")


def _packed(body: bytes) -> bytes:
    """`body` as gzip: the same bytes of every Python that has the same zlib."""
    press = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    ending = struct.pack("<II", zlib.crc32(body), len(body))
    return _GZIP + press.compress(body) + press.flush() + ending


def _unpacked(body: bytes) -> bytes:
    """Undoes gzip as a browser's DecompressionStream does: one member, and nothing after it."""
    press = zlib.decompressobj(zlib.MAX_WBITS | 16)
    text = press.decompress(body, MOST_UNPACKED + 1)
    if not press.eof or press.unused_data or len(text) > MOST_UNPACKED:
        raise Unreadable
    return text


def _told(text: bytes, x: str) -> Opened:
    """Split the text. Whoever holds the key has written it; it is read with bounds all the same."""
    try:
        (size,) = struct.unpack_from(">I", text)
        about, start = text[4 : 4 + min(size, _LONGEST_INNER)], 4 + size
        inner: Any = json.loads(about)
        length, media, name, packed = inner["l"], inner["t"], inner.get("n"), inner.get("z")
        known = {"l": length, "t": media, **({"n": name} if name else {})}
        # Read by writing it again, as the header is.
        if packed:
            known["z"] = "gzip"
        if canonical(known) != about or type(length) is not int or length < 0:
            raise Unreadable
        body, zeros = text[start : start + length], text[start + length :]
        if len(body) != length or zeros.strip(b"\0") or padded(start + length) != len(text):
            raise Unreadable
        if not isinstance(media, str) or not isinstance(name, str | None):
            raise Unreadable
        return Opened(media, name or "", _unpacked(body) if packed else body, x)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise Unreadable from None
    except (struct.error, zlib.error):
        raise Unreadable from None
