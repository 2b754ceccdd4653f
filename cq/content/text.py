r"""Bytes to text: the first look at a file, whatever program wrote it.

The text of a file keeps its lines and columns; what must not reach a page leaves it in `visible`.
Lines end at `\n` alone: never ask `str.splitlines`, which knows eight more.
"""

import re
from collections import Counter
from collections.abc import Iterator

from cq.content.characters import columns, unseen, visible
from cq.content.conflict import conflicts
from cq.content.scan import Source
from cq.diagnostic import Diagnostic, Edit, Outcome, Span, error, has_errors, note

__all__ = ["columns", "decode", "encode", "recode", "visible"]

_BOM = b"\xef\xbb\xbf"
_ENDS = re.compile("\r\n|\r|\n")
_NOT_ASCII = re.compile("[^\x00-\x7f]")
_HARD_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
# Letters and signs that French prose is made of, and those of its neighbours.
_USUAL = frozenset(
    "àâäæçéèêëîïôöœùûüÿÀÂÄÆÇÉÈÊËÎÏÔÖŒÙÛÜŸ«»’‘“”–—…•·€°²³ºª§½¼¾±×\xa0\u202fñáíóúãõß¿¡ÑÁÍÓÚ©®"
)
_CODINGS = (("cp1252", "Windows-1252 (Latin-1)"), ("mac_roman", "Mac Roman"), ("cp850", "DOS 850"))
_SIGNATURES = (
    (b"%PDF-", "un document PDF"),
    (b"PK\x03\x04", "un document Word ou LibreOffice, ou une archive ZIP"),
    (b"\xd0\xcf\x11\xe0", "un ancien document Word"),
    (b"{\\rtf", "un document RTF"),
    (b"\x89PNG", "une image PNG"),
    (b"\xff\xd8\xff", "une image JPEG"),
    (b"GIF8", "une image GIF"),
)


def decode(source: Source) -> Outcome[str | None]:
    r"""The file's text, its line ends all `\n`, without byte order mark; and what is odd in it.

    None when the file cannot be read at all: another encoding, another kind of file, or a merge
    conflict, in which no line can be trusted. Invisible characters stay in the text, for places
    to be places in the file: `visible` takes them out of what goes to a page.
    """
    data = source.data
    try:
        written = data.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError:
        return Outcome(None, (_not_utf8(source),))
    if _signature(data) or _wide(data):
        return Outcome(None, (_not_utf8(source),))
    found: list[Diagnostic] = []
    text = written
    if "\r" in written:
        text = written.replace("\r\n", "\n").replace("\r", "\n")
        found.extend(_mixed_ends(written, text, source))
    found.extend(unseen(text, source.path))
    fights = tuple(conflicts(text, source.path))
    return Outcome(None if has_errors(fights) else text, (*found, *fights))


def recode(data: bytes) -> str | None:
    """The text of a file in another encoding, for `--fix`; None when none is likely enough.

    UTF-8 with some bytes pasted from another encoding is mended as well.
    """
    return _guess(data)[1]


def encode(text: str, like: bytes) -> bytes:
    """`text` as UTF-8, with the byte order mark of the file `like`, and with its line ends when
    these are all of one kind.
    """
    ends = set(_ENDS.findall(like.decode("utf-8", "replace")))
    if len(ends) == 1:
        text = text.replace("\n", ends.pop())
    mark = _BOM if like.startswith(_BOM) else b""
    return mark + text.encode("utf-8", "replace")


def _mixed_ends(written: str, text: str, source: Source) -> Iterator[Diagnostic]:
    ends = _ENDS.findall(written)
    counted = Counter(ends)
    if len(counted) == 1:
        return
    usual = counted.most_common(1)[0][0]
    line = next(number for number, end in enumerate(ends, 1) if end != usual)
    odd = len(ends) - counted[usual]
    column = len(text.split("\n", line)[line - 1]) + 1
    yield note(
        "mixed-newlines",
        f"{odd} fin de ligne diffère des autres"
        if odd == 1
        else f"{odd} fins de ligne diffèrent des autres",
        Span(source.path, line, column),
        "le fichier a sans doute été assemblé sur deux ordinateurs ; il est lu normalement",
        "rien à écrire : cq validate --fix met partout la même fin de ligne",
        # The text stays; writing it again gives all lines one end.
        fixes=(Edit(line, column, line + 1, 1, "\n"),),
    )


def _signature(data: bytes) -> str | None:
    return next((name for start, name in _SIGNATURES if data.startswith(start)), None)


def _wide(data: bytes) -> str | None:
    """UTF-16, with its mark or by its zeros."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    half = len(data) // 2
    if b"\x00" not in data or half < 8:  # so short, zeros prove nothing
        return None
    if data[1::2].count(0) > 0.6 * half and data[::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if data[::2].count(0) > 0.6 * half and data[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return None


def _guess(data: bytes) -> tuple[str, str | None]:
    """The name of the likeliest encoding, and the text in it; "" and None where none is likely."""
    if _signature(data):
        return "", None
    wide = _wide(data)
    if wide:
        try:
            return "UTF-16", data.decode(wide).removeprefix("\ufeff")
        except UnicodeDecodeError:
            return "", None
    if _HARD_CONTROLS.search(data.decode("latin-1")):
        return "", None
    best: tuple[int, str, str | None] = (0, "", None)
    # Bytes that are no UTF-8 become halves of surrogate pairs, one for one.
    halves = data.removeprefix(_BOM).decode("utf-8", "surrogateescape")
    for coding, name in _CODINGS:
        table = {
            0xDC00 + byte: bytes((byte,)).decode(coding, "replace") for byte in range(128, 256)
        }
        mixed = halves.translate(table)
        whole = data.decode(coding, "replace")
        for text, said in ((whole, name), (mixed, f"UTF-8 mêlé de {name}")):
            score = _likely(text)
            if score > best[0]:
                best = (score, name if text == whole else said, text)
    return best[1], best[2]


def _likely(text: str) -> int:
    """How many characters speak for a French text; 0 when too many speak against it."""
    counted = Counter(_NOT_ASCII.findall(text))
    usual = sum(count for character, count in counted.items() if character in _USUAL)
    odd = sum(counted.values()) - usual
    return max(0, usual - 4 * odd)


def _not_utf8(source: Source) -> Diagnostic:
    data, path = source.data, source.path
    consequence = "tel quel, il ne peut pas être lu, et la page n’est pas construite"
    kind = _signature(data)
    if kind:
        return error(
            "not-utf8",
            f"ce fichier n’est pas un texte : c’est {kind}",
            Span(path),
            consequence,
            "déposez-le comme pièce jointe, et écrivez la page dans un fichier texte",
        )
    name, text = _guess(data)
    span, sample = _first_odd(source, text)
    if text is None:
        return error(
            "not-utf8",
            "ce fichier n’est pas un texte en UTF-8, et son encodage est inconnu",
            span,
            consequence,
            "ouvrez-le dans l’éditeur où il a été écrit, et enregistrez-le en « UTF-8 »",
        )
    return error(
        "not-utf8",
        f"ce fichier n’est pas en UTF-8 : il semble être en {name}",
        span,
        consequence,
        f"lue ainsi, la ligne {span.line} dit : {sample}",
        "enregistrez-le en « UTF-8 », ou lancez : cq validate --fix",
    )


def _first_odd(source: Source, text: str | None) -> tuple[Span, str]:
    """The first byte that is no UTF-8, and its line in the likeliest reading."""
    data = source.data.removeprefix(_BOM)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as failure:
        if not _wide(data):
            before = _ENDS.sub("\n", data[: failure.start].decode("utf-8", "replace"))
            line = before.count("\n") + 1
            column = len(before) - before.rfind("\n")
            return Span(source.path, line, column, 1), _line(text, line)
    return Span(source.path), _line(text, 1)


def _line(text: str | None, number: int) -> str:
    lines = _ENDS.sub("\n", text or "").split("\n")
    line = visible(lines[number - 1]).strip() if number <= len(lines) else ""
    return line if len(line) <= 120 else f"{line[:120]}…"
