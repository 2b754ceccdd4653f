"""What bytes say of their type, whatever the name."""

import io
import zipfile

import pytest

from cq.content import layout, sniff


def archive(*names: str, first: str = "", padding: int = 0) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        if first:
            file.writestr(zipfile.ZipInfo("mimetype"), first)
        for name in names:
            file.writestr(name, "x" * 10)
        if padding:
            file.writestr(zipfile.ZipInfo("big"), b"\1" * padding)
    return made.getvalue()


def type_of(data: bytes) -> str:
    return sniff.type_of(data[: sniff.MOST], data[-sniff.MOST :])


ODT = "application/vnd.oasis.opendocument."


@pytest.mark.parametrize(
    ("data", "type_"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"\n\n%PDF-1.7\n", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"\xff\xd8\xff\xe1", "jpeg"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "webp"),
        (b"GIF89a", "gif"),
        (b"\0\0\0\x18ftypheic", "heic"),
        (b"<svg xmlns='x'/>", "svg"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- a -->\n<svg>", "svg"),
        (b"<!DOCTYPE html><html><body><svg>", "html"),
        (b"<?xml version='1.0'?><kml/>", ""),
        (b"BEGIN:VCALENDAR\r\n", "ics"),
        (b'{"type": "FeatureCollection"}', "json"),
        ("voie;côté\n".encode("cp1252"), "text"),
        ("voie;côté\n".encode("utf-16"), "text"),
        (b"", "empty"),
        (b"\0\1\2\3", "binary"),
        (b"\x7fELF\2", "program"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"),
        (archive(first=f"{ODT}text"), "odt"),
        (archive(first=f"{ODT}spreadsheet"), "ods"),
        (archive("content.xml", first=f"{ODT}presentation"), "odp"),
        (archive("[Content_Types].xml", "word/document.xml"), "docx"),
        (archive("[Content_Types].xml", "xl/workbook.xml", padding=300_000), "xlsx"),
        (archive("a.txt", "[Content_Types].xml", "ppt/presentation.xml"), "pptx"),
        (archive("a.txt"), "zip"),
        (b"PK\x03\x04" + b"\1" * 200, ""),
    ],
)
def test_types(data: bytes, type_: str) -> None:
    assert type_of(data) == type_
    assert type_ == "" or type_ in sniff.NAMES


def test_every_attachment_has_an_expected_type() -> None:
    assert set(sniff.EXPECTED) == set(layout.ATTACHMENTS)
    assert set(sniff.EXPECTED.values()) <= set(sniff.NAMES)


@pytest.mark.parametrize(
    ("suffix", "type_", "wrong"),
    [
        (".pdf", "pdf", False),
        (".PDF", "html", True),
        (".jpg", "jpeg", False),
        (".jpeg", "png", True),
        (".docx", "", False),
        (".docx", "zip", True),
        (".csv", "json", False),
        (".csv", "odt", True),
        (".geojson", "text", True),
        (".md", "pdf", False),
    ],
)
def test_disagreements(suffix: str, type_: str, wrong: bool) -> None:  # noqa: FBT001
    assert sniff.disagrees(suffix, type_) is wrong
