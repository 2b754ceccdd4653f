"""What lies inside a file: archives, office documents, compressed streams, data in an address.

The files are those to publish, and some came from a pull request: sizes, depth and number are
bounded, and what goes beyond is said, never passed over. Of a PDF file the streams are given: what
its pages say is read by `cq.content.pdf`, and only of the sources.
"""

import base64
import binascii
import bz2
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import NamedTuple

MOST = 64 << 20  # bytes of one piece
WHOLE = 256 << 20  # bytes of all that one file holds
_DEEPEST = 4
_MANY = 20_000  # pieces of one file

_PNG = b"\x89PNG\r\n\x1a\n"
_STREAM = re.compile(rb"stream\r?\n")
_DATA = re.compile(
    rb"data:[^,;\s\"'<>]{0,100}(?:;[^,;\s\"'<>]{0,100}){0,4};base64,([A-Za-z0-9+/=_%-]{16,})"
)
# Chunks of a PNG that may be text under zlib: keyword, a zero byte or more, then the stream.
_PACKED = re.compile(rb"[^\x00]{1,79}\x00\x00|[^\x00]{1,79}\x00\x01\x00[^\x00]*\x00[^\x00]*\x00")


class Piece(NamedTuple):
    """Bytes to look into. `place` leads there: « plan.docx › word/document.xml »."""

    place: str
    data: bytes


class TooMuch(Exception):
    """A file that unfolds beyond what is looked at; the argument is where."""


class _Room:
    """What is left of the bounds of one file."""

    def __init__(self) -> None:
        self.bytes, self.pieces = WHOLE, _MANY

    def take(self, place: str, size: int) -> None:
        self.bytes -= size
        self.pieces -= 1
        if self.bytes < 0 or self.pieces < 0 or size > MOST:
            raise TooMuch(place)


def pieces(place: str, data: bytes) -> Iterator[Piece]:
    """The file itself, then all that it holds. Raises `TooMuch`, after what could be given."""
    yield Piece(place, data)
    yield from _within(place, data, _Room(), _DEEPEST)


def _within(place: str, data: bytes, room: _Room, depth: int) -> Iterator[Piece]:
    for open_ in _openers(data):
        for name, content in open_(data, place):
            inner = f"{place} › {name}" if name else place
            if not depth:
                raise TooMuch(inner)
            room.take(inner, len(content))
            yield Piece(inner, content)
            yield from _within(inner, content, room, depth - 1)


_Opener = Callable[[bytes, str], Iterator[tuple[str, bytes]]]


def _openers(data: bytes) -> Iterator[_Opener]:
    if data[:2] == b"\x1f\x8b":
        yield _gzip
    elif data[:3] == b"BZh" or data[:6] == b"\xfd7zXZ\0":
        yield _other
    elif data.startswith(_PNG):
        yield _png
    elif b"%PDF-" in data[:1024]:
        yield _pdf
    elif b"PK\x05\x06" in data[-66_000:]:  # an archive may begin with anything
        yield _zip
    if b";base64," in data:
        yield _address


def _gzip(data: bytes, place: str) -> Iterator[tuple[str, bytes]]:
    yield "gzip", _inflated(data, place, 31)


def _inflated(data: bytes, place: str, window: int) -> bytes:
    """All that the stream at the start of `data` gives, whatever follows it, even cut."""
    stream = zlib.decompressobj(window)
    try:
        made = stream.decompress(data, MOST)
    except zlib.error:
        return b""
    if stream.unconsumed_tail:
        raise TooMuch(place)
    return made


def _other(data: bytes, place: str) -> Iterator[tuple[str, bytes]]:
    kind: bz2.BZ2Decompressor | lzma.LZMADecompressor
    kind = bz2.BZ2Decompressor() if data[:3] == b"BZh" else lzma.LZMADecompressor()
    try:
        made = kind.decompress(data, MOST + 1)
    except (OSError, lzma.LZMAError, EOFError, ValueError):
        return
    if len(made) > MOST:
        raise TooMuch(place)
    yield "archive", made


def _zip(data: bytes, place: str) -> Iterator[tuple[str, bytes]]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OverflowError, OSError):
        return
    with archive:
        yield "commentaire", archive.comment
        for info in archive.infolist()[: _MANY + 1]:
            yield "noms", f"{info.filename}\n".encode("utf-8", "replace") + info.comment
            if info.file_size > MOST:
                raise TooMuch(f"{place} › {info.filename}")
            try:
                with archive.open(info) as stream:
                    content = stream.read(MOST + 1)
            except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError,
                    ValueError, RuntimeError, NotImplementedError):  # fmt: skip
                continue  # locked or broken: nobody reads it either
            if len(content) > MOST:
                raise TooMuch(f"{place} › {info.filename}")
            yield info.filename, content
            if info.filename.endswith((".xml", ".rels", ".html")):
                yield f"{info.filename} (texte)", _untagged(content)


_PARTS = re.compile(
    rb"</(?:w:p|text:p|text:h|a:p|t|si|c|row)>|<(?:w:tab|w:br|text:s|text:tab)[^>]*>"
)
_MARK = re.compile(rb"<[^>]*>")


def _untagged(data: bytes) -> bytes:
    """Marks may cut a word: « Réu</w:t><w:t>nion ». Ends of paragraphs still part words."""
    return _MARK.sub(b"", _PARTS.sub(b" ", data))


def _pdf(data: bytes, place: str) -> Iterator[tuple[str, bytes]]:
    for number, found in enumerate(_STREAM.finditer(data), 1):
        start = found.end()
        end = data.find(b"endstream", start)  # else each stream would be copied with all others
        made = _inflated(data[start : end if end > 0 else None], place, 15)
        if made:
            yield f"flux {number}", made


def _png(data: bytes, place: str) -> Iterator[tuple[str, bytes]]:
    at = len(_PNG)
    while at + 12 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        name, content = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        if name in {b"zTXt", b"iTXt", b"iCCP"}:
            head = _PACKED.match(content)
            made = _inflated(content[head.end() :], place, 15) if head else b""
            if made:
                yield name.decode("ascii"), made
        at += size + 12


def _address(data: bytes, place: str) -> Iterator[tuple[str, bytes]]:
    del place
    for number, found in enumerate(_DATA.finditer(data), 1):
        coded = found[1].replace(b"%3D", b"=").replace(b"%2B", b"+").replace(b"%2F", b"/")
        coded = coded.replace(b"-", b"+").replace(b"_", b"/").rstrip(b"=")
        try:
            yield f"données {number}", base64.b64decode(coded + b"=" * (-len(coded) % 4))
        except binascii.Error:
            continue
