"""What kind of file some bytes are, whatever the name says.

Looks at the first and the last bytes only and unpacks nothing: attachments are hostile. Where the
bytes say nothing sure the answer is "", and nobody complains.
"""

import re

MOST = 1 << 16  # bytes from either end that are looked at

# What each extension's file must be.
EXPECTED = {
    ".pdf": "pdf",
    ".odt": "odt",
    ".ods": "ods",
    ".odp": "odp",
    ".docx": "docx",
    ".xlsx": "xlsx",
    ".pptx": "pptx",
    ".csv": "text",
    ".png": "png",
    ".jpg": "jpeg",
    ".jpeg": "jpeg",
    ".webp": "webp",
    ".svg": "svg",
    ".ics": "ics",
    ".geojson": "json",
}

NAMES = {
    "pdf": "un PDF",
    "odt": "un texte LibreOffice (.odt)",
    "ods": "un tableau LibreOffice (.ods)",
    "odp": "une présentation LibreOffice (.odp)",
    "docx": "un texte Word (.docx)",
    "xlsx": "un tableau Excel (.xlsx)",
    "pptx": "une présentation PowerPoint (.pptx)",
    "png": "une image PNG",
    "jpeg": "une image JPEG",
    "webp": "une image WebP",
    "gif": "une image GIF",
    "heic": "une image HEIC de téléphone",
    "svg": "un dessin SVG",
    "ics": "un calendrier (.ics)",
    "json": "des données JSON",
    "text": "du texte",
    "html": "une page web enregistrée",
    "office": "un ancien document Office",
    "rtf": "un texte RTF",
    "zip": "une archive ZIP",
    "program": "un programme",
    "empty": "vide",
    "binary": "des données binaires",
}

_STARTS = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"{\\rtf", "rtf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"),
    (b"\x7fELF", "program"),
    (b"MZ\x90\x00", "program"),
)
_OPEN_DOCUMENT = re.compile(
    rb"mimetypeapplication/vnd\.oasis\.opendocument\.(text|spreadsheet|presentation)"
)
_OPEN = {b"text": "odt", b"spreadsheet": "ods", b"presentation": "odp"}
_OOXML = ((b"word/document", "docx"), (b"xl/workbook", "xlsx"), (b"ppt/presentation", "pptx"))
_HEIC = frozenset((b"heic", b"heix", b"mif1", b"msf1"))
_TAG = re.compile(rb"<(svg|html|!doctype html)[\s>]", re.IGNORECASE)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def type_of(head: bytes, tail: bytes) -> str:
    """A name of NAMES, or "" where the bytes tell nothing sure; `tail` may overlap `head`."""
    if not head:
        return "empty"
    # Readers of PDF accept some bytes before its mark.
    if b"%PDF-" in head[:1024]:
        return "pdf"
    known = next((name for start, name in _STARTS if head.startswith(start)), "")
    if head.startswith(b"PK\x03\x04"):
        return _zip(head, tail)
    return known or _picture(head) or _text(head)


def _picture(head: bytes) -> str:
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    return "heic" if head[4:8] == b"ftyp" and head[8:12] in _HEIC else ""


def _zip(head: bytes, tail: bytes) -> str:
    found = _OPEN_DOCUMENT.match(head, 30)
    if found:
        return _OPEN[found[1]]
    if b"[Content_Types].xml" in head or b"[Content_Types].xml" in tail:
        for name, kind in _OOXML:
            if name in head or name in tail:
                return kind
        return ""
    # An archive whose list of contents is longer than what was looked at says nothing sure.
    whole = b"PK\x05\x06" in tail and (b"PK\x01\x02" in tail or b"PK\x01\x02" in head)
    return "zip" if whole and b"mimetype" not in head[:64] else ""


def _text(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "text"
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if _CONTROLS.search(head):
        return "binary"
    if text[:15].upper() == b"BEGIN:VCALENDAR":
        return "ics"
    if text.startswith(b"<"):
        tag = _TAG.search(text)
        if tag is None:
            return ""
        return "svg" if tag[1].lower() == b"svg" else "html"
    return "json" if text.startswith((b"{", b"[")) else "text"


def disagrees(suffix: str, type_: str) -> bool:
    """Whether a file named `.suffix` surely is something else."""
    wanted = EXPECTED.get(suffix.lower())
    if wanted is None or not type_ or wanted == type_:
        return False
    # A table may begin with a bracket.
    return not (wanted == "text" and type_ == "json")
