"""What lies inside a file: archives, office documents, compressed streams, data in an address.

The files are those to publish, and some came from a pull request: sizes, depth and number are
bounded, and what goes beyond is said, never passed over. Of a PDF file the streams are given: what
its pages say is read by `cq.content.pdf`, and only of the sources.
"""

import base64
import bz2
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import NamedTuple

from cq.audit.coded import decoded

MOST = 64 << 20  # bytes of one piece
WHOLE = 256 << 20  # bytes of all that one file holds
_DEEPEST = 4
_MANY = 20_000  # pieces of one file

_PNG = b"\x89PNG\r\n\x1a\n"
_GZIP = b"\x1f\x8b\x08"
_LOCAL = re.compile(rb"PK\x03\x04.{4}(..).{16}(..)(..)", re.DOTALL)
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
# What a page of a PDF shows: (letters), <in sixteens>, a move between two, what ends a piece.
_SHOWN = re.compile(
    rb"\(((?:[^()\\]|\\.){0,4000})\)|<([0-9A-Fa-f\s]{2,8000})>"
    rb"|(-\d{1,6}(?:\.\d{1,6})?)(?=\s*[(<])|\b(?:T[dDmJj]|ET)\b|T\*|'",
    re.DOTALL,
)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|\r?\n|.)", re.DOTALL)
_GAP = 150  # thousandths of the size of letters
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
    if _GZIP in data:
        yield _gzip
    if data[:3] == b"BZh" or data[:6] == b"\xfd7zXZ\0":
        yield _other
    if data.startswith(_PNG):
        yield _png
    if b"%PDF-" in data[:1024]:
        yield _pdf
    if b"PK\x03\x04" in data or b"PK\x05\x06" in data[-66_000:]:
        yield _zip  # an archive may begin with anything
    yield _coded


def _gzip(data: bytes, place: str) -> Iterator[tuple[str, bytes]]:
    """Each, wherever it begins: they may follow each other, or a picture."""
    at = data.find(_GZIP)
    while at >= 0:
        made = _inflated(data[at:], place, 31)
        if made:
            yield "gzip", made
        at = data.find(_GZIP, at + 1)


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


def _coded(data: bytes, place: str) -> Iterator[tuple[str, bytes]]:
    del place
    return decoded(data)


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
    listed: set[int] = set()
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OverflowError, OSError):
        yield from _unlisted(data, place, listed)
        return
    with archive:
        yield "commentaire", archive.comment
        for info in archive.infolist()[: _MANY + 1]:
            listed.add(info.header_offset)
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
    yield from _unlisted(data, place, listed)


def _unlisted(data: bytes, place: str, listed: set[int]) -> Iterator[tuple[str, bytes]]:
    """What lies in an archive although its list does not say so, or was cut off."""
    for found in _LOCAL.finditer(data):
        if found.start() in listed or found[1] != b"\x08\0":
            continue  # what is not packed is read in the archive itself
        start = found.end() + sum(int.from_bytes(one, "little") for one in (found[2], found[3]))
        made = _inflated(data[start:], place, -15)
        if made:
            yield "hors liste", made


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
        held = data[start : end if end > 0 else None]
        made = _inflated(held, place, 15) or _inflated(_of_fives(held), place, 15)
        made = made or _of_fives(held) or held
        yield f"flux {number}", made
        if said := _said(made):
            yield f"flux {number} (texte)", said


def _of_fives(data: bytes) -> bytes:
    """Bytes that were written in ASCII, as older programs do; b"" where they were not."""
    bare, end, _ = data.partition(b"~>")
    try:
        return base64.a85decode(bare.strip()) if end else b""
    except ValueError:
        return b""


def _said(stream: bytes) -> bytes:
    """What a page of a PDF shows, where its letters are their own numbers: « [(Ré) 8 (union)] TJ »
    is one word, and moves between words are spaces.
    """
    told: list[bytes] = []
    for found in _SHOWN.finditer(stream):
        letters, sixteens, move = found.groups()
        if letters is not None:
            told.append(_ESCAPED.sub(_letter, letters))
        elif sixteens is not None:
            bare = b"".join(sixteens.split())
            told.append(bytes.fromhex((bare + b"0" * (len(bare) % 2)).decode("ascii")))
        elif move is None or float(move) < -_GAP:
            told.append(b" ")
    return b"".join(told).strip()


def _letter(found: re.Match[bytes]) -> bytes:
    one = found[1]
    if one.isdigit():
        return bytes((int(one, 8) & 255,))
    return b" " if one in b"nrtbf" else b"" if one in b"\r\n" else one


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
