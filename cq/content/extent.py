"""How large a picture is shown, read from its first bytes: a page keeps its place until it comes.

Decodes nothing, and is only a hint: where the bytes do not say, or lie, the browser asks the
picture itself. Every walk is bounded: attachments are hostile.
"""

import re
from collections.abc import Callable
from typing import BinaryIO, NamedTuple


class Extent(NamedTuple):
    """Width and height in CSS pixels; zeros where nobody knows."""

    width: int = 0
    height: int = 0


_UNKNOWN = Extent()
_MOST = 100_000  # a side beyond is no picture's
_MOST_BLOCKS = 10_000
_ORIENTATION = 0x0112
_MOST_TAGS = 1000

# JPEG (ITU-T T.81, table B.1): frames say the size; these markers stand alone.
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_ALONE = frozenset((0x01, *range(0xD0, 0xD9)))
_JPEG_ENDS = frozenset((0xD9, 0xDA))

_VP8_START = b"\x9d\x01\x2a"
_VP8L_START = 0x2F
_SIDE = 0x3FFF  # 14 bits

_MOST_TAG = 4096  # of the first tag of a drawing
_MOST_HEAD = 1 << 16
_SVG_FACT = re.compile(rb"\s(width|height|viewBox)\s*=\s*(?:\"([^\"<]*)\"|'([^'<]*)')")
_LENGTH = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,12})?|\.[0-9]{1,12})(px|mm|cm|in|pt|pc)?")
_UNITS = {"px": 1.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "pt": 96 / 72, "pc": 16.0}
# A drawing without a width of its own fills its column: wider than any.
_COLUMN = 1200


def of_stream(stream: BinaryIO, type_: str) -> Extent:
    """The size of the picture in `stream`, of a type that `sniff` told; upright, as it is shown."""
    read = _READERS.get(type_)
    if read is None:
        return _UNKNOWN
    found = read(stream)
    if not (0 < found.width <= _MOST and 0 < found.height <= _MOST):
        return _UNKNOWN
    return found


def orientation(exif: bytes) -> int:
    """The one thing in Exif that a reader sees; 1, upright, where it cannot be told."""
    orders: dict[bytes, bool] = {b"II*\0": True, b"MM\0*": False}
    little = orders.get(exif[:4])
    if little is None:
        return 1

    def number(at: int, size: int) -> int:
        return int.from_bytes(exif[at : at + size], "little" if little else "big")

    first = number(4, 4)
    for tag in range(min(number(first, 2), _MOST_TAGS)):
        at = first + 2 + 12 * tag
        if number(at, 2) == _ORIENTATION:
            value = number(at + 8, 2)
            return value if 1 <= value <= 8 else 1
    return 1


def _upright(width: int, height: int, exif: bytes) -> Extent:
    lying = orientation(exif) >= 5
    return Extent(height, width) if lying else Extent(width, height)


def _jpeg(stream: BinaryIO) -> Extent:
    at, exif, sides = 2, b"", (0, 0)
    for _ in range(_MOST_BLOCKS):
        stream.seek(at)
        head = stream.read(9)  # marker, length, precision, height, width
        if len(head) < 4 or head[0] != 0xFF or head[1] in _JPEG_ENDS:
            break
        if head[1] in _JPEG_ALONE or head[1] == 0xFF:
            at += 1 if head[1] == 0xFF else 2
            continue
        size = int.from_bytes(head[2:4], "big")
        if head[1] in _JPEG_FRAMES:
            sides = (int.from_bytes(head[7:9], "big"), int.from_bytes(head[5:7], "big"))
        elif head[1] == 0xE1:
            stream.seek(at + 4)
            segment = stream.read(max(0, size - 2))
            if segment.startswith(b"Exif\0\0"):
                exif = segment[6:]
        if size < 2:
            break
        at += 2 + size
    return _upright(*sides, exif)


def _png(stream: BinaryIO) -> Extent:
    at, exif, sides = 8, b"", (0, 0)
    for _ in range(_MOST_BLOCKS):
        stream.seek(at)
        head = stream.read(16)
        size, name = int.from_bytes(head[:4], "big"), head[4:8]
        if len(head) < 8 or name == b"IEND":
            break
        if name == b"IHDR":
            sides = (int.from_bytes(head[8:12], "big"), int.from_bytes(head[12:16], "big"))
        elif name == b"eXIf":
            stream.seek(at + 8)
            exif = stream.read(min(size, _MOST_HEAD))
        at += 12 + size
    return _upright(*sides, exif)


def _webp(stream: BinaryIO) -> Extent:
    at, exif, sides = 12, b"", (0, 0)
    for _ in range(_MOST_BLOCKS):
        stream.seek(at)
        head = stream.read(18)
        if len(head) < 8:
            break
        size, name, facts = int.from_bytes(head[4:8], "little"), head[:4], head[8:]
        if not any(sides):
            sides = _webp_sides(name, facts)
        if name == b"EXIF":
            stream.seek(at + 8)
            exif = stream.read(min(size, _MOST_HEAD)).removeprefix(b"Exif\0\0")
        at += 8 + size + size % 2
    return _upright(*sides, exif)


def _webp_sides(name: bytes, facts: bytes) -> tuple[int, int]:
    def number(at: int, size: int) -> int:
        return int.from_bytes(facts[at : at + size], "little")

    if name == b"VP8X":
        return number(4, 3) + 1, number(7, 3) + 1
    if name == b"VP8 " and facts[3:6] == _VP8_START:
        return number(6, 2) & _SIDE, number(8, 2) & _SIDE
    if name == b"VP8L" and facts[:1] == bytes((_VP8L_START,)):
        bits = number(1, 4)
        return (bits & _SIDE) + 1, (bits >> 14 & _SIDE) + 1
    return 0, 0


def _svg(stream: BinaryIO) -> Extent:
    stream.seek(0)
    head = stream.read(_MOST_HEAD)
    start = head.find(b"<svg")
    if start < 0:
        return _UNKNOWN
    tag = head[start : start + _MOST_TAG].partition(b">")[0]
    facts = {
        found[1]: (found[2] or found[3] or b"").decode("ascii", "replace").strip()
        for found in _SVG_FACT.finditer(tag)
    }
    wide, high = _length(facts.get(b"width", "")), _length(facts.get(b"height", ""))
    box = [_length(one) for one in re.split(r"[\s,]+", facts.get(b"viewBox", ""))[2:]]
    ratio = box[1] / box[0] if len(box) == 2 and all(box) else 0.0
    if wide and high:
        return _whole(wide, high)
    if high and ratio:
        return _whole(high / ratio, high)
    if ratio:
        wide = wide or _COLUMN
        return _whole(wide, wide * ratio)
    return _UNKNOWN


def _whole(width: float, height: float) -> Extent:
    return Extent(max(1, round(width)), max(1, round(height)))


def _length(text: str) -> float:
    """In CSS pixels; 0 for what is none, or depends on the page (`%`, `em`)."""
    found = _LENGTH.fullmatch(text)
    return float(found[1]) * _UNITS[found[2] or "px"] if found else 0.0


_READERS: dict[str, Callable[[BinaryIO], Extent]] = {
    "jpeg": _jpeg,
    "png": _png,
    "webp": _webp,
    "svg": _svg,
}
