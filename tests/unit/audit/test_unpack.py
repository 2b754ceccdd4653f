"""What lies inside files is seen, and what never ends is said."""

import base64
import bz2
import gzip
import io
import lzma
import struct
import zipfile
import zlib

import pytest

from cq.audit import unpack
from cq.audit.papers import paper
from cq.audit.unpack import TooMuch, pieces
from cq.content import sniff
from cq.content.layout import ATTACHMENTS
from tests.unit.audit.test_folded import sieve

WORD = "zqmotplante42"


def zipped(**files: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/"), data)
    return held.getvalue()


def seen(data: bytes) -> set[str]:
    """Where the word is seen."""
    return {place for _, place in sieve(WORD).file("x", data).terms}


@pytest.mark.parametrize("suffix", sorted(ATTACHMENTS))
def test_a_word_in_an_attachment_of_every_type_is_seen(suffix: str) -> None:
    data = paper(suffix, WORD)
    assert not sniff.disagrees(suffix, sniff.type_of(data[: sniff.MOST], data[-sniff.MOST :]))
    assert seen(data)


PACKED = {
    "gzip": gzip.compress(WORD.encode()),
    "bzip2": bz2.compress(WORD.encode()),
    "xz": lzma.compress(WORD.encode()),
    "zip": zipped(a=WORD.encode()),
    "name in a zip": zipped(**{WORD: b""}),
    "zip in a zip": zipped(a=zipped(b=WORD.encode())),
    "gzip in a zip": zipped(a=gzip.compress(WORD.encode())),
    "zip after other bytes": b"#!/bin/sh\n" + zipped(a=WORD.encode()),
    "a word cut by marks": zipped(
        word__document_xml=b"", **{"word/document.xml": b"<w:p><w:t>zqmot</w:t><w:t>plante42</w:t>"}
    ),
    "data in an address": b'<img src="data:image/png;base64,'
    + base64.b64encode(gzip.compress(WORD.encode())) + b'">',
    "packed text of a picture": b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 40) + b"iTXt"
    + (b"k\0\1\0\0\0" + zlib.compress(WORD.encode())).ljust(40, b"\0") + b"crc.",
    "second gzip": gzip.compress(b"x") + gzip.compress(WORD.encode()),
    "gzip after a picture": paper(".png", "rien") + gzip.compress(WORD.encode()),
    "zip after a picture": paper(".png", "rien") + zipped(a=WORD.encode()),
    "zip after a paper": paper(".pdf", "rien") + zipped(a=WORD.encode()),
    "zip without its list": zipped(a=WORD.encode() + bytes(99)).partition(b"PK\x01\x02")[0],
    "gzip in an address in a page in a zip": zipped(
        a=b'<img src="data:;base64,' + base64.b64encode(gzip.compress(WORD.encode())) + b'">'
    ),
    "line by line in a pdf": b"%PDF-1.7\n1 0 obj<<>>stream\n"
    + zlib.compress(b"BT (rien) ' [(zqmotplan) 3 (te42)] TJ T* ET") + b"\nendstream",
    "kerned in a pdf": b"%PDF-1.7\n1 0 obj<<>>stream\n"
    + zlib.compress(b"BT [(zqmot) 12 (plan) -20 <7465> (\\0642)] TJ ET") + b"\nendstream",
    "old stream of a pdf": b"%PDF-1.3\n1 0 obj<<>>stream\n"
    + base64.a85encode(zlib.compress(WORD.encode())) + b"~>\nendstream",
    "stream of a pdf": b"%PDF-1.7\n1 0 obj<<>>stream\r\n" + zlib.compress(WORD.encode())
    + b"\nendstream",
}  # fmt: skip


@pytest.mark.parametrize("data", PACKED.values(), ids=PACKED)
def test_what_is_packed_is_seen(data: bytes) -> None:
    assert seen(data)


def test_where_it_lies_is_told() -> None:
    assert seen(zipped(dossier__note=gzip.compress(WORD.encode()))) == {"dossier/note › gzip"}


def test_what_never_ends_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack, "MOST", 1000)
    monkeypatch.setattr(unpack, "WHOLE", 5000)
    for bomb in (
        gzip.compress(bytes(2000)),
        zipped(a=bytes(2000)),
        zipped(**{f"f{number}": bytes(900) for number in range(9)}),
        bz2.compress(bytes(2000)),
    ):
        with pytest.raises(TooMuch):
            list(pieces("x", bomb))
        assert sieve(WORD).file("x", bomb).beyond


def test_what_is_too_deep_is_said() -> None:
    data = WORD.encode()
    for _ in range(8):
        data = zipped(a=data)
    assert sieve(WORD).file("x", data).beyond


BROKEN = (b"\x1f\x8b", b"BZh9", b"PK\x05\x06", b"\x89PNG\r\n\x1a\n" + b"\xff" * 4,
          b"%PDF-stream\nstream\n", b";base64,", b"\xfd7zXZ\0")  # fmt: skip


@pytest.mark.parametrize("data", BROKEN)
def test_what_is_broken_is_passed_over(data: bytes) -> None:
    assert next(pieces("x", data)).data == data
    list(pieces("x", data))


def test_a_pdf_of_many_streams_is_read_in_a_moment() -> None:
    one = b"stream\n" + zlib.compress(b"x" * 100) + b"\nendstream\n"
    assert len(list(pieces("x", b"%PDF-1.7\n" + one * 5000))) == 5001
