r"""Text as the audit compares it: whatever a file spells it with, in plain words.

« R&eacute;union », « R%C3%A9union », « R\u00e9union », « reunion » are one word here, and only
letters and digits count. So a text is looked for once, not once for each way to write it. The few
codings that hide the letters themselves (base64, UTF-16 inside a binary file) are `cq.audit.forms`.
"""

import codecs
import functools
import html
import re
from collections.abc import Iterator

from cq.french.folding import fold

_ROUNDS = 2  # what was escaped twice
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_QUOTED = re.compile(r"(?:=[0-9A-F]{2}){2,}")  # quoted-printable, of letters beyond ASCII
_SOFT = re.compile(r"=\r?\n")
_CODE = re.compile(r"\\(?:u\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2}))")
_CSS = re.compile(r"\\([0-9A-Fa-f]{2,6})[ \t\n]?")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_BREAK = re.compile(r"\\[nrtbf]")
_FOLD = re.compile(r"\r?\n[ \t]")  # of calendars and cards: a long line goes on
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"),
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


def plain(text: str) -> str:
    """`text` with its escapes undone: of HTML, addresses, JSON, styles, mail, calendars."""
    if text.startswith("BEGIN:V"):
        text = _FOLD.sub("", text)
    for _ in range(_ROUNDS):
        before = text
        if "&" in text:
            text = html.unescape(text)
        if "%" in text:
            text = _PERCENT.sub(_octets, text)
        if "\\" in text:
            text = _CSS.sub(_character, _BREAK.sub(" ", _CODE.sub(_character, text)))
            text = _PAIR.sub(_paired, text)
        if "=" in text:
            text = _QUOTED.sub(_octets, _SOFT.sub("", text))
        if text == before:
            break
    return text


# What stands inside a word or a sentence; any other mark parts words.
_INLINE = re.compile(
    r"</?(?:a|abbr|b|code|em|i|mark|s|small|strong|sub|sup|u|wbr)[\s/>]", re.IGNORECASE
)
_TAG = re.compile(r"(<[/!?A-Za-z][^<>]{0,8000}>)")


def views(data: bytes) -> Iterator[bytes]:
    """The words of these bytes: as a page shows them, then those of its marks (addresses, texts of
    pictures), which would part the others.
    """
    text = plain(read(data))
    if "<" not in text or ">" not in text:
        yield words(text)
        return
    parts = _TAG.split(text)
    marks = parts[1::2]
    parts[1::2] = ["" if _INLINE.match(mark) else " " for mark in marks]
    yield words("".join(parts))
    yield words(" ".join(marks))


def words(text: str) -> bytes:
    """The letters and digits of `text`, without accents or capitals, one space between words and
    at both ends: so that a word is found whole or not at all.
    """
    if not text.isascii():
        text = _FAR.sub(_folded, text)
    parts = text.encode("ascii", "replace").translate(_TABLE).split()
    return b" %b " % b" ".join(parts) if parts else b""


@functools.lru_cache(maxsize=1 << 14)
def _fold(run: str) -> str:
    return fold(run)


def _folded(found: re.Match[str]) -> str:
    return _fold(found[0])


def _octets(found: re.Match[str]) -> str:
    data = bytes.fromhex(found[0].replace(found[0][0], ""))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return found[0]


def _character(found: re.Match[str]) -> str:
    code = int(next(filter(None, found.groups())), 16)
    return chr(code) if code < 0x110000 else found[0]


def _paired(found: re.Match[str]) -> str:
    return found[0].encode("utf-16", "surrogatepass").decode("utf-16")
