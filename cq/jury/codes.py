"""QR codes by the thousand: one is drawn by segno, the others of its size as it would have.

Codes of one version and one mask differ in their data alone: where each bit stands is worked out
once, and a letter costs a tenth of what it does otherwise. Source: ISO/IEC 18004:2015, 7.3 to 7.8;
`tests/unit/jury/test_codes.py` compares all forty versions with segno's.
"""

import functools
import itertools
from collections.abc import Iterator
from operator import itemgetter
from typing import Any, NamedTuple

_SIDE = 17  # modules of version 0, were there one; each version has four more
_LIGHT = 4  # modules around the code
_MOST = 1_000  # bytes: on the 40 mm of a letter, modules of 0.35 mm
# Of level L, by version from 1: redundant codewords in a block, and how many blocks.
_REDUNDANT = (
    7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30,
    26, 28, *(30,) * 14,
)  # fmt: skip
_BLOCKS = (
    1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13, 14, 15,
    16, 17, 18, 19, 19, 20, 21, 22, 24, 25,
)  # fmt: skip
_BYTES = 0b0100  # the mode
_POLYNOMIAL = 0x11D
_LONG = 10  # the first version whose lengths have two bytes
_NAMED = 7  # the first that says its version


def fits(text: str) -> bool:
    """Whether a telephone would read it, printed on a letter."""
    return len(text.encode()) <= _MOST


def drawing(text: str) -> str:
    """`text`, which `fits` and has a small letter in it, as SVG: 7 % of it may be stained, since a
    whole line makes it dense. Its mask is not chosen among the eight: any can be read.
    """
    data = text.encode()
    size = _size(len(data))
    return size.head + _path(size, _modules(size, data)) + '"/></svg>'


class _Size(NamedTuple):
    """What all codes of one version share. `pick` takes each module of a row of whole bytes from
    the bits of the message, followed by those that no message changes.
    """

    version: int
    blocks: tuple[int, ...]  # data codewords of each
    redundant: int
    fixed: str
    mask: int  # over the bits of the message
    bits: int
    pick: "itemgetter[Any]"
    side: int
    head: str


@functools.cache
def _size(length: int) -> _Size:
    import segno

    # Any text of so many bytes that no shorter mode can hold.
    sample = segno.make("a" * length, error="l", micro=False, boost_error=False, mask=0)
    return _of_version(int(sample.version), tuple(bytes(row) for row in sample.matrix))


@functools.cache
def _of_version(version: int, sample: tuple[bytes, ...]) -> _Size:
    side = _SIDE + 4 * version
    set_apart = _functional(version, side)
    places = list(_zigzag(side, set_apart))
    count, redundant = _BLOCKS[version - 1], _REDUNDANT[version - 1]
    whole = len(places) // 8
    short, longer = divmod(whole, count)
    blocks = tuple(short + (number >= count - longer) - redundant for number in range(count))
    bits = 8 * whole
    mask = int("".join("01"[(x + y) % 2 == 0] for y, x in places[:bits]), 2)
    fixed = "".join(str(sample[y][x]) for y, x in sorted(set_apart))
    at = {place: number for number, place in enumerate(places[:bits])}
    at.update((place, bits + number) for number, place in enumerate(sorted(set_apart)))
    after = bits + len(set_apart)  # « 0 », then « 1 »
    # The few bits that remain are no message's: the mask alone colours them.
    at.update(((y, x), after + ((x + y) % 2 == 0)) for y, x in places[bits:])
    wide = -(-side // 8) * 8
    pick = itemgetter(*(at.get((y, x), after) for y in range(side) for x in range(wide)))
    edge = side + 2 * _LIGHT
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {edge} {edge}" class="segno" '
        'role="img" aria-label="Votre ligne, en code QR"><path class="qrline" fill="none" '
        'stroke="#000" d="'
    )
    return _Size(version, blocks, redundant, f"{fixed}01", mask, bits, pick, side, head)


def _functional(version: int, side: int) -> set[tuple[int, int]]:
    """The modules (row, column) that are no data's."""
    found = {(6, one) for one in range(side)} | {(one, 6) for one in range(side)}
    for top, left, high, wide in ((0, 0, 9, 9), (0, side - 8, 9, 8), (side - 8, 0, 8, 9)):
        found |= {(top + y, left + x) for y in range(high) for x in range(wide)}
    if version >= _NAMED:
        found |= {(y, side - 11 + x) for y in range(6) for x in range(3)}
        found |= {(side - 11 + y, x) for y in range(3) for x in range(6)}
    centres = _centres(version, side)
    corners = {(6, 6), (6, side - 7), (side - 7, 6)}
    for centre in ((y, x) for y in centres for x in centres if (y, x) not in corners):
        found |= {(centre[0] + y, centre[1] + x) for y in range(-2, 3) for x in range(-2, 3)}
    return found


def _centres(version: int, side: int) -> list[int]:
    """Where alignment patterns stand, on both axes (annex E)."""
    if version == 1:
        return []
    many = version // 7 + 2
    step = 26 if version == 32 else (version * 4 + many * 2 + 1) // (many * 2 - 2) * 2
    return sorted([6, *(side - 7 - step * one for one in range(many - 1))])


def _zigzag(side: int, set_apart: set[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The modules of the message, in its order (7.7.3)."""
    columns = [*range(side - 1, 6, -2), 5, 3, 1]
    for number, right in enumerate(columns):
        for y in range(side) if number % 2 else range(side - 1, -1, -1):
            yield from ((y, x) for x in (right, right - 1) if (y, x) not in set_apart)


def _modules(size: _Size, data: bytes) -> bytes:
    """Eight modules a byte, row by row, each filled up with light ones."""
    bits = f"{int.from_bytes(_message(size, data), 'big') ^ size.mask:0{size.bits}b}"
    flat = "".join(size.pick(bits + size.fixed))
    return int(flat, 2).to_bytes(len(flat) // 8, "big")


def _message(size: _Size, data: bytes) -> bytes:
    """All codewords, those of the blocks by turns (7.6)."""
    room = sum(size.blocks)
    counter = 16 if size.version >= _LONG else 8
    number = (_BYTES << counter | len(data)) << 8 * len(data) | int.from_bytes(data, "big")
    begun = (number << 4).to_bytes((8 + counter) // 8 + len(data), "big")
    whole = (begun + b"\xec\x11" * room)[:room]
    blocks, start = [], 0
    for many in size.blocks:
        blocks.append(whole[start : start + many])
        start += many
    table = _table(size.redundant)
    message = bytearray()
    for at in range(size.blocks[-1]):
        message += bytes(block[at] for block in blocks if at < len(block))
    ends = [_remainder(block, size.redundant, table) for block in blocks]
    for together in zip(*ends, strict=True):
        message += bytes(together)
    return bytes(message)


def _remainder(block: bytes, many: int, table: tuple[int, ...]) -> bytes:
    """The redundant codewords of a block, as one long division in whole bytes (7.5)."""
    top, below, left = 8 * many - 8, (1 << 8 * many) - 1, 0
    for byte in block:
        left = (left << 8 & below) ^ table[left >> top ^ byte]
    return left.to_bytes(many, "big")


@functools.cache
def _table(many: int) -> tuple[int, ...]:
    """Each byte times the generator of `many` codewords, without its first coefficient."""
    generator = [1]
    root = 1
    for _ in range(many):
        generator = [
            one ^ _times(before, root)
            for one, before in zip([*generator, 0], [0, *generator], strict=True)
        ]
        root = _times(root, 2)
    return tuple(
        int.from_bytes(bytes(_times(byte, one) for one in generator[1:]), "big")
        for byte in range(256)
    )


def _times(one: int, other: int) -> int:
    """Their product in the field of 256 elements."""
    product = 0
    while other:
        product ^= one * (other & 1)
        one <<= 1
        one ^= _POLYNOMIAL * (one >> 8)
        other >>= 1
    return product


def _path(size: _Size, modules: bytes) -> str:
    """Dark modules as lines, one path for all; a byte's piece begins where the last one ended."""
    wide = len(modules) // size.side
    pieces = _pieces()
    return "".join(
        f"M{_LIGHT} {_LIGHT + row}.5"
        + "".join([pieces[byte] for byte in modules[row * wide : (row + 1) * wide]])
        for row in range(size.side)
    )


@functools.cache
def _pieces() -> tuple[str, ...]:
    return tuple("".join(_strokes(f"{byte:08b}")) for byte in range(256))


def _strokes(bits: str) -> Iterator[str]:
    for shade, run in itertools.groupby(bits):
        many = len(list(run))
        yield f"h{many}" if shade == "1" else f"m{many} 0"
