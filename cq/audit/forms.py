"""The codings in which a text hides its letters: base64, hexadecimal, UTF-16 in a binary file.

What only escapes some letters is undone by `cq.audit.folded`; these are looked for as they stand,
in the raw bytes, which are compared in lower case.
"""

import base64
import unicodedata
from collections.abc import Iterator

_LEAST = 8  # bytes of a form: fewer come by chance


def forms(text: str) -> Iterator[tuple[str, bytes]]:
    """(what the coding is called, its bytes in lower case), each once."""
    seen: set[bytes] = set()
    for name, data in _all(text):
        low = data.lower()
        if len(low) >= _LEAST and low not in seen:
            seen.add(low)
            yield name, low


def _all(text: str) -> Iterator[tuple[str, bytes]]:
    for spelt in dict.fromkeys((text, text.lower(), text.replace("’", "'"))):
        data = spelt.encode("utf-8", "replace")
        yield "UTF-16", spelt.encode("utf-16-le", "replace")
        yield "UTF-16", spelt.encode("utf-16-be", "replace")
        yield "hexadécimal", data.hex().encode()
        yield "hexadécimal", spelt.encode("utf-16-be", "replace").hex().encode()
        for coded in _base64(data):
            yield "base64", coded
            yield "base64", coded.translate(_FOR_ADDRESSES)
    letters = "".join(one for one in unicodedata.normalize("NFC", text) if one.isalnum())
    if len(letters) >= 12:
        yield "sans espaces", letters.encode("utf-8", "replace")
    if not text.isascii() and any(ord(one) > 0x24F and one.isalpha() for one in text):
        # Letters that folding does not know: a word or two of theirs.
        yield "UTF-8", max(text.split(), key=len).encode("utf-8", "replace")


_FOR_ADDRESSES = bytes.maketrans(b"+/", b"-_")


def _base64(data: bytes) -> Iterator[bytes]:
    """In the three ways in which `data` may lie in something longer, without its edges."""
    for shift in range(3):
        coded = base64.b64encode(bytes(shift) + data)
        first = (shift * 8 + 5) // 6  # the first digit that no bit of what stands before is in
        last = (shift + len(data)) * 8 // 6
        yield coded[first:last]
