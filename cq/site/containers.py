"""JPEG, PNG and WebP as their containers: the same picture without what it should not tell.

A photograph carries its place, its day, its camera and often its owner's name in blocks beside the
pixels. Here those blocks are left out and the pixels stay as they are, to the byte: nothing is
decoded, so no picture is too large. What is kept is listed; anything else goes, also what nobody
has invented yet. Pure: bytes in, bytes out.
"""

import re
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from cq.content.extent import orientation as orientation_of

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"

# JPEG (ITU-T T.81, table B.1): frames, tables, scans, and what they need.
_JPEG_KEPT = frozenset((*range(0xC0, 0xD0), *range(0xDA, 0xE0)))
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
# Between scans, FF 00 is a byte of the picture and FF D0 to FF D7 are its bookmarks.
_JPEG_MARKER = re.compile(rb"\xff([\x01-\xcf\xd8-\xfe])")
_JPEG_ALONE = 0x01

# PNG, third edition: what changes how the picture looks, and its animation.
_PNG_NAMES = b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD pHYs"
_PNG_KEPT = frozenset((_PNG_NAMES + b" acTL fcTL fdAT").split())
_WEBP_KEPT = frozenset((b"VP8X", b"ICCP", b"ANIM", b"ANMF", b"ALPH", b"VP8 ", b"VP8L"))
_WEBP_PIXELS = frozenset((b"ANMF", b"VP8 ", b"VP8L"))
_WEBP_FLAGS = 0x32  # ICC profile, transparency, animation; not Exif, not XMP
_ANMF_HEAD = 16

_MOST_BLOCKS = 100_000  # a thousand times what cameras write


class Broken(Exception):
    """A picture or a drawing that cannot be published; the argument is the reason, in French."""


class Stripped(NamedTuple):
    """A picture without its metadata; `data` is the very object given where there was none.

    `orientation` is what Exif said, 1 to 8: how the picture must be turned to be shown upright.
    """

    data: bytes
    orientation: int = 1


def strip(data: bytes) -> Stripped:
    """The same picture, bare. Raises `Broken`."""
    if data.startswith(PNG):
        bare = _png(data)
    elif data.startswith(JPEG):
        bare = _jpeg(data)
    elif data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        bare = _webp(data)
    else:
        raise Broken("ce n’est ni une image JPEG, ni PNG, ni WebP")
    return bare._replace(data=data) if bare.data == data else bare


def _cut() -> Broken:
    return Broken("l’image s’arrête avant sa fin")


def _empty() -> Broken:
    return Broken("le fichier ne contient pas d’image")


def _crumbs() -> Broken:
    return Broken("le fichier est fait de trop de morceaux pour être une image")


def _jpeg(data: bytes) -> Stripped:
    parts = [b"\xff\xd8"]
    at, orientation = 2, 1
    markers = set()
    for _ in range(_MOST_BLOCKS):
        marker, at = _jpeg_marker(data, at)
        if marker == 0xD9:
            break
        if marker == _JPEG_ALONE:
            continue
        size = int.from_bytes(data[at : at + 2], "big")
        segment = data[at : at + size]
        if size < 2 or len(segment) < size or marker == 0xD8:
            raise _cut()
        at += size
        if marker == 0xE1 and segment[2:8] == b"Exif\0\0":
            orientation = orientation_of(segment[8:])
        kept = segment if marker in _JPEG_KEPT else _jpeg_application(marker, segment)
        if kept:
            parts += (bytes((0xFF, marker)), kept)
            markers.add(marker)
        if marker == 0xDA:
            end = _jpeg_marker(data, at)[1] - 2
            parts.append(data[at:end])
            at = end
    else:
        raise _crumbs()
    if 0xDA not in markers or not markers & _JPEG_FRAMES:
        raise _empty()
    return Stripped(b"".join((*parts, b"\xff\xd9")), orientation)


def _jpeg_marker(data: bytes, at: int) -> tuple[int, int]:
    """The next marker from `at`, and the place after it."""
    found = _JPEG_MARKER.search(data, at)
    if found is None:
        raise _cut()
    return found[1][0], found.end()


def _jpeg_application(marker: int, segment: bytes) -> bytes:
    """What must stay of an application's segment, its length included."""
    if marker == 0xE0 and segment[2:7] == b"JFIF\0" and len(segment) >= 16:
        return b"\0\x10" + segment[2:14] + b"\0\0"  # without its thumbnail
    if marker == 0xE2 and segment[2:14] == b"ICC_PROFILE\0":
        return segment
    if marker == 0xEE and segment[2:7] == b"Adobe" and len(segment) >= 14:
        return b"\0\x0e" + segment[2:14]  # how its colours are coded
    return b""


def _png(data: bytes) -> Stripped:
    parts = [PNG]
    at, orientation = len(PNG), 1
    names = set()
    for _ in range(_MOST_BLOCKS):
        size = int.from_bytes(data[at : at + 4], "big")
        name = data[at + 4 : at + 8]
        chunk = data[at : at + size + 12]
        if len(chunk) < size + 12:
            raise _cut()
        at += len(chunk)
        if name == b"eXIf":
            orientation = orientation_of(chunk[8:-4])
        if name in _PNG_KEPT:
            if zlib.crc32(memoryview(chunk)[4:-4]) != int.from_bytes(chunk[-4:], "big"):
                raise Broken("une partie de l’image est abîmée")
            names.add(name)
            parts.append(chunk)
        elif not name.isalpha() or name[:1].isupper():
            raise Broken("ce n’est pas un PNG que tout le monde sait lire")
        if name == b"IEND":
            break
    else:
        raise _crumbs()
    if not names >= {b"IHDR", b"IDAT"} or parts[1][4:8] != b"IHDR":
        raise _empty()
    return Stripped(b"".join(parts), orientation)


def _webp(data: bytes) -> Stripped:
    size = int.from_bytes(data[4:8], "little")
    if size + 8 > len(data):
        raise _cut()
    parts = []
    orientation, seen = 1, False
    for name, chunk in _riff(data[12 : size + 8]):
        if name == b"EXIF":
            orientation = orientation_of(chunk.removeprefix(b"Exif\0\0"))
        if name not in _WEBP_KEPT:
            continue
        seen = seen or name in _WEBP_PIXELS
        kept = chunk
        if name == b"VP8X":
            kept = bytes((chunk[0] & _WEBP_FLAGS,)) + chunk[1:] if chunk else b""
        elif name == b"ANMF":
            frame = (_chunk(*one) for one in _riff(chunk[_ANMF_HEAD:]) if one[0] in _WEBP_KEPT)
            kept = chunk[:_ANMF_HEAD] + b"".join(frame)
        parts.append(_chunk(name, kept))
    if not seen:
        raise _empty()
    body = b"".join(parts)
    return Stripped(b"RIFF" + (len(body) + 4).to_bytes(4, "little") + b"WEBP" + body, orientation)


def _riff(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and content of each chunk."""
    at = blocks = 0
    while at < len(data):
        blocks += 1
        if blocks > _MOST_BLOCKS:
            raise _crumbs()
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        content = data[at + 8 : at + 8 + size]
        if len(content) < size or at + 8 > len(data):
            raise _cut()
        yield data[at : at + 4], content
        at += 8 + size + size % 2


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + len(content).to_bytes(4, "little") + content + b"\0" * (len(content) % 2)
