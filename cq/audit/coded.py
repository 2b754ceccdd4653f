"""The codings in which a text hides its letters: base64, hexadecimal, UTF-16 in a binary file.

What only escapes some letters is undone by `cq.audit.folded`. Here whatever has the look of such a
coding is decoded, wherever it stands: so the text in it is found in any spelling, and what it packs
is opened.
"""

import functools
import re
from binascii import Error, a2b_base64, unhexlify
from collections.abc import Iterator

_MARKED = re.compile(rb";base64,([A-Za-z0-9+/=_%-]{8,})")
_LINES = re.compile(rb"(?:[A-Za-z0-9+/_-]{40,}\r?\n[ \t]?)+[A-Za-z0-9+/_-]{2,}")  # of a letter
_BREAKS = re.compile(rb"\s+")
_LINE = 40
UNREAD = _SIX, _FOUR = "base64", "hexadécimal"
_LEAST = 8  # signs: fewer come by chance
_SIXES = bytes(
    32 if not chr(one).isascii() or not (chr(one).isalnum() or one in b"+/-_")
    else 65 if chr(one).isupper() else 49 if chr(one).isdigit() else 97
    for one in range(256)
)  # fmt: skip
_MIXED = (b"aA", b"1A", b"a1a")  # what few words and no address have
_FOURS = bytes(97 if one in b"0123456789abcdefABCDEF" else 32 for one in range(256))
_TEN = (b"a" * 10,)
_DAY = re.compile(rb"\d{4}-\d\d-\d\d")
_WIDE = (
    ("utf-16-le", re.compile(rb"(?:[^\x00-\x08][\x00\x01\x20]){4,}")),
    ("utf-16-be", re.compile(rb"(?:[\x00\x01\x20][^\x00-\x08]){4,}")),
)
_FOR_ADDRESSES = bytes.maketrans(b"-_", b"+/")
# What may stand in a text, whatever its coding; chance gives three of four.
_ODD = bytes(one for one in range(256) if (one < 32 and one not in b"\t\n\r") or 127 <= one < 160)
_PACKED = (b"\x1f\x8b\x08", b"PK\x03\x04", b"BZh", b"\xfd7zXZ\0", b"\x89PNG", b"%PDF-")


def decoded(data: bytes) -> Iterator[tuple[str, bytes]]:
    """(what the coding is called, what it says); what is no text and packs nothing is left out."""
    for number, found in enumerate(_MARKED.finditer(data), 1):
        if made := _of_sixes(found[1].replace(b"%3D", b"").replace(b"%2B", b"+").replace(
            b"%2F", b"/")):  # fmt: skip
            yield f"données {number}", made
    runs = _around(data, _SIXES, _MIXED)
    runs.update(_LINES.findall(data) if len(max(runs, key=len, default=b"")) >= _LINE else ())
    texts: list[bytes] = []
    for run in runs:
        if _DAY.match(run):
            continue
        packed, plain = (_short if len(run) < _LONG else _sixes)(run)
        yield from ((_SIX, made) for made in packed)
        texts += plain
    if texts:
        yield _SIX, b"\n".join(sorted(texts))
    fours = (one for one in _around(data, _FOURS, _TEN) if not len(one) % 2)
    if texts := [one for run in fours if _is_text(one := unhexlify(run))]:
        yield _FOUR, b"\n".join(sorted(texts))
    if data.count(b"\0") > 3:
        for coding, pattern in _WIDE:
            wide = [run.decode(coding, "replace") for run in pattern.findall(data)]
            if wide:
                yield "UTF-16", "\n".join(wide).encode("utf-8", "replace")


def _around(data: bytes, kinds: bytes, marks: tuple[bytes, ...]) -> set[bytes]:
    """The runs of signs in which one of `marks` stands; " " is no sign."""
    found = set()
    signs = data.translate(kinds)
    for mark in marks:
        at = signs.find(mark)
        while at >= 0:
            start, end = signs.rfind(b" ", 0, at) + 1, signs.find(b" ", at)
            end = end if end >= 0 else len(signs)
            if end - start >= _LEAST:
                found.add(data[start:end])
            at = signs.find(mark, end)
    return found


_Found = tuple[tuple[bytes, ...], tuple[bytes, ...]]


def _sixes(run: bytes) -> _Found:
    """What a run of such signs packs, and what it says; something may stand before it, as a folder
    does in an address.
    """
    bare = _BREAKS.sub(b"", run)
    found = [_of_sixes(bare[shift:]) for shift in range(4)]
    packed = tuple(one for one in found if one.startswith(_PACKED))
    return packed, tuple(one for one in found if one not in packed and _is_text(one))


_LONG = 200
_short = functools.lru_cache(maxsize=1 << 12)(_sixes)  # the same on each page


def _of_sixes(coded: bytes) -> bytes:
    bare = coded.rstrip(b"=").translate(_FOR_ADDRESSES)
    bare = bare[: len(bare) - (len(bare) % 4 == 1)]
    try:
        return a2b_base64(bare + b"=" * (-len(bare) % 4))
    except Error:
        return b""


def _is_text(data: bytes) -> bool:
    """Whether this is no chance: few signs that no text has, but those of UTF-16."""
    bare = data.replace(b"\0", b"")
    if not bare:
        return False
    try:
        bare.decode("utf-8")
    except UnicodeDecodeError:
        return len(bare.translate(None, _ODD)) * 8 > len(bare) * 7
    return len(bare.translate(None, _ODD)) * 2 > len(bare)
