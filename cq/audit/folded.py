r"""Text as the audit compares it: whatever a file spells it with, in plain words.

« R&eacute;union », « R%C3%A9union », « R\u00e9union », « reunion » are one word here, and only
letters and digits count. So a text is looked for once, not once for each way to write it. Codings
that hide the letters themselves (base64, UTF-16 inside a binary file) are `cq.audit.coded`.
"""

import codecs
import functools
import html
import re
from collections.abc import Iterator

from cq.french.folding import fold

_MANY = 150
_ROUNDS = 2  # what was escaped twice
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_QUOTED = re.compile(r"(?:=[0-9A-F]{2}){2,}")  # quoted-printable, of letters beyond ASCII
_QUOTED_ONE = re.compile(r"(?:=[0-9A-Fa-f]{2})+")
_QUOTED_FAR = re.compile(r"=[89A-F][0-9A-F]")
_SOFT = re.compile(r"=\r?\n")
_CUT = re.compile(r"\?=\s+=\?[\w-]{1,30}\?[QqBb]\?")  # a long heading of a letter goes on
_CODE = re.compile(
    r"\\(?:u\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|U([0-9A-Fa-f]{8}))"
    r"|%u([0-9A-Fa-f]{4})"
)
_OCTAL = re.compile(r"(?:\\[0-3][0-7]{2})+")
_CSS = re.compile(r"\\([0-9A-Fa-f]{2,6})[ \t\n]?")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_BREAK = re.compile(r"\\[nNrtbf]")
_FOLD = re.compile(rb"\r?\n[ \t]")  # of calendars and cards: a long line goes on, even in a letter
_FOLDED = (b"BEGIN:VC", b"begin:vc", b"Begin:VC")
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"),
          (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"),
          (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
_FAR = re.compile("[^\x00-\x7f]+")  # a letter or two at a time: the rest needs no folding
# Whatever is neither a letter nor a digit is one space.
_TABLE = bytes(
    one if chr(one).isascii() and chr(one).isalnum() else 32 for one in range(256)
).lower()


def read(data: bytes) -> str:
    """What these bytes say, as far as they are text."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def readings(data: bytes) -> Iterator[str]:
    """All that these bytes may say: a picture's comments are in UTF-8 or not, whatever stands
    around them.
    """
    if any(one in data for one in _FOLDED):
        data = _FOLD.sub(b"", data)
    text = read(data)
    yield text
    if not text.isascii() and not data.startswith(tuple(mark for mark, _ in _MARKS)):
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            yield data.decode("utf-8", "replace")


def plain(text: str) -> str:
    """`text` with its escapes undone: of HTML, addresses, JSON, styles, mail."""
    for _ in range(_ROUNDS):
        before = text
        if "&" in text:
            text = html.unescape(text)
        if "\\" in text or "%u" in text:
            text = _CSS.sub(_character, _BREAK.sub(" ", _CODE.sub(_character, text)))
            text = _PAIR.sub(_paired, text)
        if "%" in text:
            text = _PERCENT.sub(_octets, text)
        if "=" in text:
            if "?=" in text:
                text = _CUT.sub("", text)
            if "=\n" in text or "=\r" in text:
                text = _SOFT.sub("", text)
            text = _QUOTED.sub(_octets, text)
        if text == before:
            break
    return text


def plains(data: bytes) -> Iterator[str]:
    """Each reading without its escapes; twice where some of them could mean something else."""
    for text in readings(data):
        yield plain(text)
        if "\\" in text and _OCTAL.search(text):
            yield plain(_OCTAL.sub(_octal, text))
        if "=" in text and _QUOTED_FAR.search(text):
            yield plain(_QUOTED_ONE.sub(_octets, _SOFT.sub("", _CUT.sub("", text))))


# What stands inside a word or a sentence; any other mark parts words.
_INLINE = re.compile(
    r"<(?:!--|/?(?:a|abbr|b|bdi|bdo|big|cite|code|del|dfn|em|font|i|ins|kbd|mark|s|samp|small|"
    r"strike|strong|sub|sup|tt|u|var|wbr)[\s/>])",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[/!?A-Za-z][^<>]{0,8000}>")


def views(data: bytes) -> Iterator[bytes]:
    """The words of these bytes: as a page shows them, then those of its marks (addresses, texts of
    pictures), which would part the others.
    """
    for text in plains(data):
        yield from shown(text)


def shown(text: str) -> Iterator[bytes]:
    """The words of a text without escapes, and of its marks."""
    if "<" not in text or ">" not in text:
        yield words(text)
        return
    marks = dict.fromkeys(_TAG.findall(text))
    inline = [mark for mark in marks if _INLINE.match(mark)]
    if len(inline) < _MANY:
        for mark in inline:
            text = text.replace(mark, "")
    else:
        text = _TAG.sub(lambda found: "" if _INLINE.match(found[0]) else found[0], text)
    yield words(_TAG.sub(" ", text))
    yield words(" ".join(marks))


def words(text: str) -> bytes:
    """The letters and digits of `text`, without accents or capitals, one space between words and
    at both ends: so that a word is found whole or not at all.
    """
    if not text.isascii():
        runs = set(_FAR.findall(text))
        if len(runs) < _MANY:  # quicker than one by one; longer ones first, which hold others
            for run in sorted(runs, key=len, reverse=True):
                text = text.replace(run, _fold(run))
        else:
            text = _FAR.sub(_folded, text)
    parts = text.encode("ascii", "replace").translate(_TABLE).split()
    return b" %b " % b" ".join(parts) if parts else b""


@functools.lru_cache(maxsize=1 << 14)
def _fold(run: str) -> str:
    return fold(run)


def _folded(found: re.Match[str]) -> str:
    return _fold(found[0])


def _octets(found: re.Match[str]) -> str:
    return _said(bytes.fromhex(found[0].replace(found[0][0], "")))


def _octal(found: re.Match[str]) -> str:
    return _said(bytes(int(one, 8) for one in found[0].split("\\")[1:]))


def _said(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _character(found: re.Match[str]) -> str:
    code = int(next(filter(None, found.groups())), 16)
    return chr(code) if code < 0x110000 else found[0]


def _paired(found: re.Match[str]) -> str:
    return found[0].encode("utf-16", "surrogatepass").decode("utf-16")
