"""PDF files made by hand, small and true: what a test reads back, and what it breaks."""

import zlib
from collections.abc import Sequence

from cq.audit.papers import assembled


def pdf(*pages: str, picture: bool = False) -> bytes:
    """One page a text (Latin-1), one line a line; `picture` puts an image on each page."""
    return assembled(*_objects(pages, picture=picture))


def _objects(pages: Sequence[str], *, picture: bool) -> list[bytes]:
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        stream(
            b"\x00", b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray"
            b"/BitsPerComponent 8",
        ),
    ]  # fmt: skip
    for number, text in enumerate(pages):
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources"
            b"<</Font<</F 3 0 R>>/XObject<</I 4 0 R>>>>>>" % (6 + 2 * number),
            stream(_shown(text) + (b" q 500 0 0 700 0 0 cm /I Do Q" if picture else b"")),
        ]
    return objects


def _shown(text: str) -> bytes:
    lines = []
    for line in text.split("\n"):
        held = line.encode("cp1252")
        for sign in (b"\\", b"(", b")"):
            held = held.replace(sign, b"\\" + sign)
        lines.append(b"(" + held + b") Tj T*")
    return b"BT /F 12 Tf 14 TL 40 800 Td " + b" ".join(lines) + b" ET"


def stream(data: bytes, keys: bytes = b"", *, packed: bool = False) -> bytes:
    """A stream object; `packed` compresses it."""
    if packed:
        data, keys = zlib.compress(data, 9), keys + b"/Filter/FlateDecode"
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (keys, len(data), data)
