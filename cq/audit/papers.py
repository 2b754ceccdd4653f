"""Attachments of every type that a site may have, as small as they get, with a word in each: in
their text where they have one, and beside it where programs write who made them.
"""

import base64
import io
import struct
import zipfile
import zlib

_PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGPg5OQEAAA6ABztCJuOAAAAAElFTkSuQmCC"
)
_JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAP////////////////////////////////////////////////////////////"
    "//////////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAAAAAA"
    "AAAAAAD/2gAIAQEAAD8AN//Z"
)
_WEBP = base64.b64decode("UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEADMDOJaQAA3AA/uuEAAA=")
_HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"  # bytes that are no letters: so is what follows
_OPEN = {
    ".odt": ("text", "<office:text><text:p>{}</text:p></office:text>"),
    ".ods": ("spreadsheet", "<office:spreadsheet><text:p>{}</text:p></office:spreadsheet>"),
    ".odp": ("presentation", "<office:presentation><text:p>{}</text:p></office:presentation>"),
}
_OFFICE = {
    ".docx": "word/document.xml",
    ".xlsx": "xl/workbook.xml",
    ".pptx": "ppt/presentation.xml",
}
_TEXTS = {
    ".csv": "nom,note\n{0},{0}\n",
    ".ics": "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:{0}\r\nEND:VCALENDAR\r\n",
    ".geojson": '{{"type": "FeatureCollection", "features": [], "name": "{0}"}}\n',
    ".svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" viewBox="0 0 9 9">'
    "<title>{0}</title><desc>{0}</desc></svg>\n",
}


def paper(suffix: str, word: str) -> bytes:
    """A file of this type that says `word`. Raises KeyError for a type that no site has."""
    if suffix == ".pdf":
        return pdf(word)
    if suffix in _TEXTS:
        return _TEXTS[suffix].format(word).encode()
    if suffix == ".png":
        return _chunked(word)
    if suffix in {".jpg", ".jpeg"}:
        said = word.encode()
        return _JPEG[:2] + b"\xff\xfe" + struct.pack(">H", len(said) + 2) + said + _JPEG[2:]
    if suffix == ".webp":
        return _riff(word)
    return _archive(suffix, word)


def pdf(word: str) -> bytes:
    """One page, whose text is packed, as most are; its author stands beside."""
    shown = zlib.compress(f"BT /F 12 Tf 40 800 Td ({word}) Tj ET".encode("ascii"))
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 5 0 R/Resources 7 0 R>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (len(shown), shown),
        b"<</Author<%b>>>" % (b"\xfe\xff" + word.encode("utf-16-be")).hex().encode(),
        b"<</Font<</F 3 0 R>>>>",
    )
    return assembled(*objects, trailer=b"/Info 6 0 R")


def assembled(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF file of the objects 1, 2, 3 … with their table; the first is the catalogue."""
    parts, places, at = [_HEAD], [], len(_HEAD)
    for number, held in enumerate(objects, 1):
        part = b"%d 0 obj\n%b\nendobj\n" % (number, held)
        places.append(at)
        parts.append(part)
        at += len(part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    return b"".join(parts) + (
        b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<</Size %d/Root 1 0 R%b>>\nstartxref\n%d\n"
        b"%%%%EOF\n" % (count, table, count, trailer, at)
    )


def _chunked(word: str) -> bytes:
    """A PNG with a comment in clear and another one packed."""
    said = word.encode()
    chunks = b"".join(
        _chunk(*one)
        for one in ((b"tEXt", b"Author\0" + said), (b"zTXt", b"Note\0\0" + zlib.compress(said)))
    )
    return _PNG[:33] + chunks + _PNG[33:]


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _riff(word: str) -> bytes:
    said = word.encode()
    said += b"\0" * (len(said) % 2)
    body = _WEBP[8:] + b"XMP " + struct.pack("<I", len(said)) + said
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _archive(suffix: str, word: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        if suffix in _OPEN:
            kind, text = _OPEN[suffix]
            name = f"application/vnd.oasis.opendocument.{kind}"
            archive.writestr("mimetype", name, zipfile.ZIP_STORED)
            archive.writestr("content.xml", text.format(word))
            archive.writestr("meta.xml", f"<dc:creator>{word}</dc:creator>")
        else:
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr(_OFFICE[suffix], f"<w:p><w:t>{word}</w:t></w:p>")
            archive.writestr("docProps/core.xml", f"<dc:creator>{word}</dc:creator>")
    return held.getvalue()
